import type { Instant } from "@headway/kernel/clock";
import { conflict, invalid } from "@headway/kernel/domain-error";
import { type DepotId, nextVersion, type RosterId, type Version } from "@headway/kernel/ids";
import { type PlainDate, Temporal } from "@headway/kernel/time";

/** What counts the states of a roster that people know: 0 is the draft, 1 the publication, then one for each change. */
export type RosterVersion = number;

/** A depot's service dates, both included. */
export type Period = { readonly depot: DepotId; readonly from: PlainDate; readonly to: PlainDate };

/** Who works what at a depot in a period. */
export type Roster = Period & {
  readonly id: RosterId;
  readonly current: RosterVersion;
  readonly publishedAt: Instant | null;
  readonly version: Version;
};

const longest = 92;

/** Opens a period. Refused with `roster.period-backwards` or `roster.period-too-long` (92 days). */
export const judgePeriod = (from: PlainDate, to: PlainDate): void => {
  const days = from.until(to).total("days") + 1;
  if (days < 1)
    throw invalid("roster.period-backwards", `The period ends on ${to}, before it begins on ${from}.`, { field: "to" });
  if (days > longest)
    throw invalid("roster.period-too-long", `A roster covers at most ${longest} days, not ${days}.`, { field: "to" });
};

export const isPublished = ({ current }: Roster): boolean => current > 0;

/** Whether a duty belongs to the roster. */
export const covers = (
  { depot, from, to }: Period,
  duty: { readonly depot: DepotId; readonly date: PlainDate },
): boolean =>
  depot === duty.depot &&
  Temporal.PlainDate.compare(from, duty.date) <= 0 &&
  Temporal.PlainDate.compare(duty.date, to) <= 0;

/** The draft becomes version 1. Refused with `roster.already-published`. */
export const publish = (roster: Roster, at: Instant): Roster => {
  if (isPublished(roster))
    throw conflict("roster.already-published", `The roster is at version ${roster.current} already.`);
  return { ...roster, current: 1, publishedAt: at, version: nextVersion(roster.version) };
};

/** One more change: a published roster gets its next version, a draft stays the draft. */
export const change = (roster: Roster): Roster => ({
  ...roster,
  current: isPublished(roster) ? roster.current + 1 : 0,
  version: nextVersion(roster.version),
});

/** The versions in which something holds: from the first, up to but without the end. */
export type Reign = { readonly from: RosterVersion; readonly to: RosterVersion | null };

/** The roster at version k is everything that holds at k. What came and went in the draft holds nowhere. */
export const holdsAt = ({ from, to }: Reign, version: RosterVersion): boolean =>
  from <= version && (to === null || version < to);
