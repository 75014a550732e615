import type { Instant } from "@headway/kernel/clock";
import type { AssignmentId, DriverId, DutyId, RosterId } from "@headway/kernel/ids";
import { isBefore, type PlainDate } from "@headway/kernel/time";
import type { News, NewsKey } from "./notice.ts";

export type ReleaseCause = "unassigned" | "absence" | "missed" | "swap" | "cancelled-duty" | "terminated" | "moved";

/** What scheduling tells of a duty. All that one change of a roster does has one roster version. */
type RosterFact = {
  readonly duty: DutyId;
  readonly assignment: AssignmentId;
  readonly driver: DriverId;
  readonly serviceDate: PlainDate;
  readonly rosterVersion: number;
  readonly at: Instant;
};

/** A driver holds a duty. */
export type DutyAssigned = RosterFact & { readonly roster: RosterId; readonly byPublication: boolean };

/** A driver holds a duty no longer. */
export type DutyReleased = RosterFact & { readonly cause: ReleaseCause };

/** A duty has other times or pieces, says planning. */
export type DutyChanged = PlanChange & { readonly duty: DutyId };

/** What makes a duty another; `version` is planning's. */
export type PlanChange = { readonly version: number; readonly serviceDate: PlainDate; readonly at: Instant };

/** What must be remembered of a duty to know who has to hear of the next thing. */
export type DutyWatch = {
  readonly duty: DutyId;
  /** Who holds it since when; null while it is open. */
  readonly holder: { readonly driver: DriverId; readonly since: Instant } | null;
  /** The release that scheduling told last, unless somebody got the duty since. */
  readonly released: Release | null;
  /** What planning changed last. */
  readonly change: PlanChange | null;
};

export type Release = {
  readonly driver: DriverId;
  readonly assignment: AssignmentId;
  readonly cause: ReleaseCause;
  readonly rosterVersion: number;
};

/** News to deliver, and news that turns out to be none: it is taken back where it still waits. */
export type Tidings = {
  readonly watch: DutyWatch;
  readonly deliver: readonly News[];
  readonly takeBack: readonly NewsKey[];
};

/** A driver holds a duty: news for them, unless the roster or the swap that it came with is the news. */
export const hearAssigned = (before: DutyWatch, fact: DutyAssigned): Tidings => {
  const { driver, at: since } = fact;
  const watch = { ...before, holder: { driver, since }, released: null };
  const inOneChange = before.released?.rosterVersion === fact.rosterVersion ? before.released : null;
  // Who gets a duty back in the change that took it never lost it.
  const kept = inOneChange?.driver === driver ? inOneChange : null;
  // Planning's change may have been heard before the assignment that it came after.
  const deliver = [...newsOfAssigned(fact, inOneChange), ...newsOfChange(watch)];
  return tidings(watch, deliver, kept ? [keyOfReleased(before.duty, kept)] : []);
};

const newsOfAssigned = (fact: DutyAssigned, released: Release | null): News[] => {
  // The publication of a roster is told once, however many duties it gives.
  if (fact.byPublication)
    return [{ ...newsOf(fact, "roster-published", fact.roster), occasion: "", serviceDate: null }];
  // Who swapped hears of the swap.
  if (released?.cause === "swap") return [];
  return [newsOf(fact, released?.driver === fact.driver ? "duty-changed" : "duty-assigned", fact.duty)];
};

/** A driver holds a duty no longer: news for them, unless a swap is. The assignment that follows may take it back. */
export const hearReleased = (before: DutyWatch, fact: DutyReleased): Tidings => {
  const { driver, assignment, cause, rosterVersion } = fact;
  const released = { driver, assignment, cause, rosterVersion };
  const deliver = cause === "swap" ? [] : [newsOf(fact, keyOfReleased(before.duty, released).kind, before.duty)];
  return tidings({ ...before, holder: null, released }, deliver);
};

/** A duty has other times or pieces: news for its driver. An older change than the last one heard is none. */
export const hearChanged = (before: DutyWatch, { version, serviceDate, at }: DutyChanged): Tidings => {
  if (before.change && before.change.version > version) return { watch: before, deliver: [], takeBack: [] };
  const watch = { ...before, change: { version, serviceDate, at } };
  return tidings(watch, newsOfChange(watch));
};

const keyOfReleased = (duty: DutyId, { driver, assignment, cause }: Release): NewsKey => ({
  employee: driver,
  kind: cause === "cancelled-duty" ? "duty-cancelled" : "duty-released",
  subject: duty,
  occasion: assignment,
});

/** Whoever holds a duty hears of a change since they were given it. Scheduling may give it anew because of it, and then tells once more. */
const newsOfChange = ({ duty, holder, change }: DutyWatch): News[] => {
  if (!holder || !change || !isBefore(holder.since, change.at)) return [];
  const { version, serviceDate, at } = change;
  return [
    { employee: holder.driver, kind: "duty-changed", subject: duty, occasion: `plan ${version}`, serviceDate, at },
  ];
};

/** The news of a change takes the place of the one before, unless that was seen. */
const tidings = (watch: DutyWatch, deliver: readonly News[], takeBack: readonly NewsKey[] = []): Tidings => {
  const before = deliver
    .filter(({ kind }) => kind === "duty-changed")
    .map(({ employee, kind, subject }) => ({ employee, kind, subject, occasion: null }));
  return { watch, deliver, takeBack: [...takeBack, ...before] };
};

const newsOf = ({ driver, assignment, serviceDate, at }: RosterFact, kind: News["kind"], subject: string): News => ({
  employee: driver,
  kind,
  subject,
  occasion: assignment,
  serviceDate,
  at,
});
