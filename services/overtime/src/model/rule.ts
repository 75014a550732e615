import type { Factor } from "@headway/kernel/money";
import type { PlainDate, Temporal } from "@headway/kernel/time";

/** What `minutes` earn on top of the hourly rate once `over` minutes are passed; 500 thousandths is "and a half". */
export type Tier<Over = number> = { readonly over: Over; readonly premium: Factor };

/** A number of minutes, or the weekly minutes of the driver's own contract. */
export type WeeklyMinutes = number | "contract";

/** `minute-up` turns a premium into whole minutes at the plain rate: 33 minutes of half-time become 17. */
export type Rounding = "exact" | "minute-up";

/** The pay code of every base rule, and of no other: the minutes paid under it are the minutes worked. */
export const baseCode = "BASE";

type Of<Kind extends string, Fields> = {
  readonly kind: Kind;
  readonly id: string;
  readonly code: string;
} & Readonly<Fields>;
type Premium<Kind extends string, Fields> = Of<Kind, Fields & { readonly round: Rounding }>;

/** Every minute of work at the hourly rate. Each rule set has exactly one. */
type Base = Of<"base", object>;
/** Work of one service day beyond so many minutes. */
type DailyOvertime = Premium<"daily-overtime", { tiers: readonly Tier[] }>;
/** Work of one week beyond so many minutes, of those minutes that no other overtime rule pays for already. */
type WeeklyOvertime = Premium<"weekly-overtime", { tiers: readonly Tier<WeeklyMinutes>[] }>;
/** Work on the `day`th day running within one week, and on those that follow it there. */
type ConsecutiveDay = Premium<"consecutive-day", { day: number; tiers: readonly Tier[] }>;
/** What lies later than `over` minutes after the day's first sign-on: the work in it, or all the time until the last sign-off. */
type Spread = Premium<"spread", { over: number; premium: Factor; pays: "work" | "time" }>;
/** Work between two times of the clock in the depot's zone, across midnight where `until` is not later than `from`. */
type Night = Premium<"night", { from: Temporal.PlainTime; until: Temporal.PlainTime; premium: Factor }>;
/** Work on given calendar days in the depot's zone, from midnight to midnight. */
type Holiday = Premium<"holiday", { dates: readonly PlainDate[]; premium: Factor }>;
/** A service day with work is paid at least so many minutes at the hourly rate. */
type DailyGuarantee = Of<"daily-guarantee", { minutes: number }>;
/** A week with work on at least `days` service days is paid at least so many minutes, once the week is final. */
export type WeeklyGuarantee = Of<"weekly-guarantee", { minutes: WeeklyMinutes; days: number }>;

export type PremiumRule = DailyOvertime | WeeklyOvertime | ConsecutiveDay | Spread | Night | Holiday;
export type Rule = Base | PremiumRule | DailyGuarantee | WeeklyGuarantee;

/** The rules of one kind, in their order. */
export const rulesOf = <Kind extends Rule["kind"]>(
  rules: readonly Rule[],
  ...kinds: readonly Kind[]
): Extract<Rule, { kind: Kind }>[] =>
  rules.filter((rule): rule is Extract<Rule, { kind: Kind }> => kinds.some((kind) => kind === rule.kind));
