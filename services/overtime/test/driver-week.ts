import type { AssignmentId, DepotId, DutyId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import { Temporal } from "@headway/kernel/time";
import type { CalculatedDay } from "../src/model/calculate-week.ts";
import { nextRuleSet, type RuleSet } from "../src/model/rule-set.ts";
import type { WorkedDuty } from "../src/model/worked-day.ts";

/** The facts of one week: `{ "2026-03-02": ["06:00-10:00", "22:00-30:00"] }`, by the clock on the wall. */
export const worked = (week: Readonly<Record<string, readonly string[]>>, zone = "UTC"): WorkedDuty[] =>
  Object.entries(week).map(([date, spans], index) => ({
    assignment: `assignment-${index}` as AssignmentId,
    duty: `duty-${index}` as DutyId,
    date: Temporal.PlainDate.from(date),
    depot: "depot" as DepotId,
    zone,
    work: spans.map((span) => wallClock(date, span, zone)),
  }));

/** 30:00 is 06:00 on the next day. */
const wallClock = (date: string, span: string, zone: string): Interval => {
  const [starts, ends] = span.split("-").map((time) => {
    const [hour = 0, minute = 0] = time.split(":").map(Number);
    const day = Temporal.PlainDate.from(date).add({ days: Math.floor(hour / 24) });
    return day.toZonedDateTime({ timeZone: zone, plainTime: { hour: hour % 24, minute } }).toInstant();
  });
  if (!starts || !ends) throw new Error(`"${span}" is not a span like 06:00-14:00.`);
  return { starts, ends };
};

/** A rule set with a base rule and the given ones. */
export const rules = (given: Readonly<Record<string, object>> = {}): RuleSet =>
  nextRuleSet([], {
    agreement: "test",
    from: Temporal.PlainDate.from("2026-01-05"),
    document: JSON.stringify({ base: { kind: "base" }, ...given }),
  });

/** What the days are worth in hours of the hourly rate. */
export const rateHours = (days: readonly CalculatedDay[]): number =>
  days.flatMap(({ components }) => components).reduce((sum, { minutes, factor: share }) => sum + minutes * share, 0) /
  60_000;

/** Minutes of every component with this pay code. */
export const minutesOf = (days: readonly CalculatedDay[], code: string): number =>
  days
    .flatMap(({ components }) => components)
    .reduce((sum, component) => sum + (component.code === code ? component.minutes : 0), 0);
