import type { Instant } from "@headway/kernel/clock";
import { missing } from "@headway/kernel/domain-error";
import type { AssignmentId, DepotId, DriverId, DutyId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import type { PlainDate } from "@headway/kernel/time";

/** A driver's place in a published roster, as scheduling tells it. */
type Assigned = {
  readonly assignment: AssignmentId;
  readonly duty: DutyId;
  readonly driver: DriverId;
  readonly depot: DepotId;
  readonly serviceDate: PlainDate;
  readonly worked: Interval;
  readonly rosterVersion: number;
};

/** When something was known: from its first instant, up to but without its end; null while it still is. */
type Known = { readonly from: Instant; readonly to: Instant | null };

/** Who held a duty, and when that was known. */
export type Holding = Assigned & { readonly known: Known };

export type RosterFact = { readonly at: Instant } & (
  | ({ readonly type: "assigned" } & Assigned)
  | { readonly type: "released"; readonly assignment: AssignmentId }
);

/** The holdings of a duty after one more fact, the newest last. A release that nothing was heard of before is refused with `assignment.unknown`. */
export const hearRoster = (holdings: readonly Holding[], fact: RosterFact): readonly Holding[] => {
  const heard = holdings.some(({ assignment }) => assignment === fact.assignment);
  if (fact.type === "assigned") {
    const { type: _, at, ...assigned } = fact;
    return heard ? holdings : [...holdings, { ...assigned, known: { from: at, to: null } }];
  }
  if (!heard)
    throw missing("assignment.unknown", `Nothing was heard of assignment ${fact.assignment} before its release.`);
  return holdings.map((holding) =>
    holding.assignment === fact.assignment ? { ...holding, known: endedAt(holding.known, fact.at) } : holding,
  );
};

/** What ended before stays as it is. */
const endedAt = ({ from, to }: Known, at: Instant): Known => ({ from, to: to ?? at });
