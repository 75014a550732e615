import { invalid } from "@headway/kernel/domain-error";
import { daysBetween, type PlainDate, parseDate, Temporal } from "@headway/kernel/time";

export type DaySpan = { readonly from: PlainDate; readonly to: PlainDate };

/** Days that one command may be about. */
const most = 100;

/** Reads two days, both included. Refused with `days.backwards`. */
export const parseSpan = (said: { readonly firstDay: string; readonly lastDay: string }): DaySpan => {
  const from = parseDate(said.firstDay, "firstDay");
  const to = parseDate(said.lastDay, "lastDay");
  if (Temporal.PlainDate.compare(from, to) > 0)
    throw invalid("days.backwards", `The last day, ${to}, lies before the first, ${from}.`, { field: "lastDay" });
  return { from, to };
};

/** The days of a span. Refused with `days.backwards` or `days.too-many`. */
export const parseDays = (said: { readonly firstDay: string; readonly lastDay: string }): PlainDate[] => {
  const { from, to } = parseSpan(said);
  if (from.until(to).days >= most)
    throw invalid("days.too-many", `At most ${most} days at once, not ${from.until(to).days + 1}.`, {
      field: "lastDay",
    });
  return daysBetween(from, to);
};
