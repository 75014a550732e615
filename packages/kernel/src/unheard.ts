import { type DomainError, missing } from "./domain-error.ts";

/** What another service owns is not there, or its news has not arrived yet. Refused with `depot.unknown` and so on. */
export const unheard = (what: "depot" | "driver" | "duty"): DomainError =>
  missing(`${what}.unknown`, `There is no such ${what} here; a new one is known in a moment.`, { field: `${what}Id` });
