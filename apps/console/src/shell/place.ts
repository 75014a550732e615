import type { Depot } from "../day/model/duty.ts";

/** The depots that a screen is about; they share a time zone. */
export type Place =
  | { readonly kind: "depots"; readonly depots: readonly [Depot, ...Depot[]]; readonly all: boolean }
  | { readonly kind: "none" }
  | { readonly kind: "unknown"; readonly code: string };

export const allDepots = "*";

/** Finds the depots wanted by code or `*` (all in one zone); without a wish the remembered one, or the first. */
export const placeOf = (depots: readonly Depot[], wanted: string | null, remembered: string | null): Place => {
  const [first] = depots;
  if (first === undefined) return { kind: "none" };
  const usual = depots.find(({ code }) => code === remembered) ?? first;
  if (wanted === allDepots || (wanted === null && remembered === allDepots)) {
    const [head = usual, ...rest] = inZone(depots, usual.timeZone);
    return { kind: "depots", depots: [head, ...rest], all: true };
  }
  if (wanted === null) return { kind: "depots", depots: [usual], all: false };
  const found = depots.find(({ code }) => code === wanted);
  return found === undefined ? { kind: "unknown", code: wanted } : { kind: "depots", depots: [found], all: false };
};

const inZone = (depots: readonly Depot[], zone: string): readonly Depot[] =>
  depots.filter(({ timeZone }) => timeZone === zone);
