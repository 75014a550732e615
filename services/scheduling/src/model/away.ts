import type { Instant } from "@headway/kernel/clock";
import type { DepotId, Id } from "@headway/kernel/ids";
import { type Interval, overlaps } from "@headway/kernel/interval";
import { isBefore, type PlainDate, Temporal } from "@headway/kernel/time";
import type { Held } from "./assignment.ts";

export type AbsenceId = Id<"Absence">;

/** Why a driver cannot work for a time, in other depots than one, or ever again. */
export type Away =
  | { readonly cause: "absence"; readonly absence: AbsenceId; readonly time: Interval }
  | { readonly cause: "moved"; readonly depot: DepotId; readonly at: Instant }
  | { readonly cause: "terminated"; readonly lastDay: PlainDate };

/**
 * Half a day away costs only the duties of that half; who moves to another depot keeps what has begun by then; the last
 * day of work ends with its service day.
 */
export const forbids = (away: Away, { assignment, duty }: Held): boolean => {
  switch (away.cause) {
    case "absence":
      return overlaps(away.time, assignment.worked);
    case "moved":
      return duty.depot !== away.depot && !isBefore(assignment.worked.starts, away.at);
    case "terminated":
      return Temporal.PlainDate.compare(duty.date, away.lastDay) > 0;
  }
};
