import { getRouteApi, useRouter } from "@tanstack/react-router";
import { LogInPage } from "./log-in-page.tsx";

const route = getRouteApi("/login");

/** The login at its address; afterwards one is where one wanted to be. */
export const LogInRoute = () => {
  const { from, ended } = route.useSearch();
  const router = useRouter();
  return <LogInPage ended={ended === true} onLoggedIn={() => router.history.replace(from ?? "/")} />;
};
