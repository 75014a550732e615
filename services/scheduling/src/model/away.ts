import type { Id } from "@headway/kernel/ids";
import { type Interval, overlaps } from "@headway/kernel/interval";
import { type PlainDate, Temporal } from "@headway/kernel/time";
import type { Held } from "./assignment.ts";

export type AbsenceId = Id<"Absence">;

/** Why a driver cannot work for a time, or ever again. */
export type Away =
  | { readonly cause: "absence"; readonly absence: AbsenceId; readonly time: Interval }
  | { readonly cause: "terminated"; readonly lastDay: PlainDate };

/** Half a day away costs only the duties of that half; the last day of work ends with its service day. */
export const forbids = (away: Away, { assignment, duty }: Held): boolean =>
  away.cause === "absence"
    ? overlaps(away.time, assignment.worked)
    : Temporal.PlainDate.compare(duty.date, away.lastDay) > 0;
