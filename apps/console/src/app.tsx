import { MantineProvider } from "@mantine/core";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { isSessionOver, Refusal } from "./api/refusal.ts";
import { colourSchemeManager } from "./look/colour-scheme.ts";
import { cssVariables, theme } from "./look/theme.ts";
import { makeRouter } from "./routes.tsx";
import { meQuery } from "./session/session-query.ts";

/** A refusal stays one however often one asks; what is broken or away may come back. */
const mayRecover = (failures: number, error: Error): boolean =>
  failures < 2 && !(error instanceof Refusal && error.status < 500);

/** Wherever the session turns out to be over, the login follows, and after it the same place. */
const leaveWhenOver = (error: Error): void => {
  const { pathname, href } = router.state.location;
  if (!isSessionOver(error) || pathname === "/login") return;
  const wasIn = client.getQueryData(meQuery.queryKey) !== undefined;
  client.clear();
  void router.navigate({ to: "/login", search: { from: href, ...(wasIn ? { ended: true as const } : {}) } });
};

const client = new QueryClient({
  queryCache: new QueryCache({ onError: leaveWhenOver }),
  // "always": the board says by itself how it is offline, and asks again.
  defaultOptions: { queries: { retry: mayRecover, networkMode: "always" }, mutations: { networkMode: "always" } },
});

const router = makeRouter(client);

export const App = () => (
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariables}
    colorSchemeManager={colourSchemeManager}
    defaultColorScheme="auto"
  >
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </MantineProvider>
);
