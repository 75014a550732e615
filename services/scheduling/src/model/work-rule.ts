import { type Day, dayOf } from "./day.ts";

/** An error forbids the assignment, a warning asks for a reason. */
export type Level = "error" | "warning";

/**
 * What a rule measures, in whole minutes:
 * `rest` elapsed time off before a duty, also after another of the same service date (at least the limit);
 * `daily-work` work on one service date, `weekly-work` in its week from Monday to Sunday (at most the limit);
 * `spread` elapsed time from the first report to the last clear on one service date (at most the limit).
 */
type Measure = "rest" | "daily-work" | "weekly-work" | "spread";

/** One version of one work rule. A change is a new version with its own dates, never an edit. */
export type WorkRule = {
  readonly id: string;
  readonly version: number;
  /** The service dates it holds on, both included; null means without beginning or end. */
  readonly from: string | null;
  readonly to: string | null;
  readonly level: Level;
  readonly measure: Measure;
  /** Minutes. */
  readonly limit: number;
};

/** A rule with its dates counted, for the loops. */
export type CountedRule = WorkRule & { readonly firstDay: Day; readonly lastDay: Day };

export const countRule = (rule: WorkRule): CountedRule => ({
  ...rule,
  firstDay: rule.from === null ? Number.NEGATIVE_INFINITY : dayOf(rule.from),
  lastDay: rule.to === null ? Number.POSITIVE_INFINITY : dayOf(rule.to),
});
