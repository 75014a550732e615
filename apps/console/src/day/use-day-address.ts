import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import type { DayAddress } from "./day-address.ts";

/** A change of place: null takes a part out of the address. */
type DayChange = { readonly [K in keyof DayAddress]?: DayAddress[K] | null };
export type ChangeDay = (change: DayChange, step?: "step") => void;

/** Nothing lies open beside the board. */
export const closed = { open: null, ask: null, signing: null } as const;

const route = getRouteApi("/shell/day");

/** The place in the address, and how to change it. Only a `step` can be gone back from. */
export const useDayAddress = (): readonly [DayAddress, ChangeDay] => {
  const address = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback<ChangeDay>(
    (wanted, step) =>
      void navigate({ search: (held) => merge(held, wanted), replace: step === undefined, resetScroll: false }),
    [navigate],
  );
  return [address, change];
};

const merge = (held: DayAddress, wanted: DayChange): DayAddress =>
  Object.fromEntries(Object.entries({ ...held, ...wanted }).filter(([, value]) => value !== null));
