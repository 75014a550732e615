import type { components } from "@headway/contracts/gen/openapi/dispatcher";
import { queryOptions } from "@tanstack/react-query";
import { answered, api, done } from "../api/client.ts";

export type Me = components["schemas"]["Me"];

/** Who is logged in. Throws a `Refusal` with status 401 when nobody is. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => answered(api.GET("/session", { signal })),
  staleTime: 5 * 60_000,
  retry: false,
});

export const logIn = (credentials: { userName: string; password: string }): Promise<Me> =>
  answered(api.POST("/session", { body: credentials }));

export const logOut = (): Promise<void> => done(api.DELETE("/session"));
