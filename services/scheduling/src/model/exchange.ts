import { type Held, move } from "./assignment.ts";
import { findings } from "./check.ts";
import { countDriver, countDuty } from "./counted.ts";
import type { RosteredDriver } from "./driver.ts";
import { mustBeLegal } from "./finding.ts";

/** A driver with the duty that would change hands. */
export type Side = { readonly driver: RosteredDriver; readonly gives: Held };

/**
 * Both sides must still hold what they give, and be allowed what they get. Refused with `assignment.released`,
 * `assignment.under-way` and so on, `driver.busy` or `swap.illegal`; the field says which of the swap's two drivers may not have what
 * they would get.
 */
export const mustBeLegalExchange = (offered: Side, wanted: Side): void => {
  for (const { gives } of [offered, wanted]) move(gives.assignment, "Release");
  mustBeLegal(findingsOf(wanted, offered.gives), "swap.illegal", "requestedOf");
  mustBeLegal(findingsOf(offered, wanted.gives), "swap.illegal", "requestedBy");
};

const findingsOf = ({ driver, gives }: Side, gets: Held) => {
  const held = driver.held.filter(({ assignment }) => assignment.id !== gives.assignment.id);
  return findings(countDriver({ ...driver, held }), countDuty(gets.duty));
};
