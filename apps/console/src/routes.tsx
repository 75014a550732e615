import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  parseSearchWith,
  redirect,
  stringifySearchWith,
} from "@tanstack/react-router";
import { isSessionOver } from "./api/refusal.ts";
import { readDayAddress } from "./day/day-address.ts";
import { boardRoles, hasRole } from "./session/rights.ts";
import { meQuery } from "./session/session-query.ts";
import { Lost } from "./shell/lost.tsx";
import { Shell } from "./shell/shell.tsx";

type Context = { readonly client: QueryClient };

const root = createRootRouteWithContext<Context>()({ notFoundComponent: Lost });

type LogInSearch = { readonly from?: string; readonly ended?: true };

const logIn = createRoute({
  getParentRoute: () => root,
  path: "/login",
  component: lazyRouteComponent(() => import("./session/log-in-route.tsx"), "LogInRoute"),
  validateSearch: ({ from, ended }: Record<string, unknown>): LogInSearch => ({
    // Only places of this console: a link must not lead elsewhere through the login.
    ...(typeof from === "string" && /^\/(?![/\\])/.test(from) ? { from } : {}),
    ...(ended === "true" || ended === true ? { ended: true } : {}),
  }),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(meQuery);
    } catch (error) {
      if (isSessionOver(error)) throw redirect({ to: "/login", search: { from: location.href } });
      // Headway does not answer: the screen itself says so, and tries again.
    }
  },
});

/** The first page is the board for those who may see it. */
const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: ({ context }) => {
    const me = context.client.getQueryData(meQuery.queryKey);
    throw redirect({ to: me === undefined || hasRole(me, boardRoles) ? "/day" : "/start", replace: true });
  },
});

const start = createRoute({
  getParentRoute: () => shell,
  path: "start",
  component: lazyRouteComponent(() => import("./start/start-page.tsx"), "StartPage"),
});

const day = createRoute({
  getParentRoute: () => shell,
  path: "day",
  component: lazyRouteComponent(() => import("./day/day-page.tsx"), "DayPage"),
  validateSearch: readDayAddress,
});

const tree = root.addChildren([logIn, shell.addChildren([home, start, day])]);

/** The addresses of the console. Search parameters are plain text, so that people can read and share them. */
export const makeRouter = (client: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { client },
    parseSearch: parseSearchWith((text) => text),
    stringifySearch: stringifySearchWith(String),
  });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
