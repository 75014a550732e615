import type { Instant } from "@headway/kernel/clock";
import { conflict, invalid } from "@headway/kernel/domain-error";
import { firstVersion, type Id, newId, nextVersion, type Version } from "@headway/kernel/ids";
import { type Moves, mover } from "@headway/kernel/move";
import { isBefore, type PlainDate } from "@headway/kernel/time";
import type { Decision } from "@headway/kernel/tx";

export type PayPeriodId = Id<"PayPeriod">;
export type BatchId = Id<"PayrollBatch">;

export const payPeriodStates = ["open", "frozen", "calculated", "exported", "closed"] as const;
export type PayPeriodState = (typeof payPeriodStates)[number];

/** The service days, both included, that are paid together. */
export type PayPeriod = {
  readonly id: PayPeriodId;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly state: PayPeriodState;
  /** What its closing waits for or stumbled over; empty for nothing. */
  readonly waitingFor: string;
  /** The payroll that it became; null before it is calculated. */
  readonly batch: BatchId | null;
  readonly version: Version;
};

export type PayPeriodEvent =
  | {
      readonly type: "PayPeriodOpened" | "PayPeriodFrozen" | "PayPeriodThawed" | "PayPeriodClosed";
      readonly period: PayPeriod;
    }
  | {
      readonly type: "PayrollCalculated";
      readonly period: PayPeriod;
      readonly lines: number;
      readonly baseMinutes: number;
    }
  | { readonly type: "PayrollExported"; readonly period: PayPeriod; readonly lines: number; readonly sha256: string };

type Decided = Decision<PayPeriod, PayPeriodEvent>;

export const payPeriodOrders = ["Freeze", "Calculate", "Export", "Close", "Reopen"] as const;
export type PayPeriodOrder = (typeof payPeriodOrders)[number];

/** Once the file is out, nothing is undone: what was wrong is corrected in a later period. */
const moves: Moves<PayPeriodState, PayPeriodOrder> = {
  open: { Freeze: "frozen" },
  frozen: { Calculate: "calculated", Reopen: "open" },
  calculated: { Export: "exported", Reopen: "open" },
  exported: { Close: "closed" },
  closed: {},
};

const moveState = mover("period", moves);

/** Refused with `period.<state>`, like `period.exported`. */
export const move = (period: PayPeriod, order: PayPeriodOrder): PayPeriod => ({
  ...period,
  state: moveState(period.state, order),
  waitingFor: "",
  version: nextVersion(period.version),
});

const longest = 366;

/** Refused with `period.dates` if it ends before it starts or is longer than a year. */
export const openPeriod = (from: PlainDate, to: PlainDate): Decided => {
  const days = from.until(to).days + 1;
  if (days < 1 || days > longest)
    throw invalid("period.dates", `A pay period has 1 to ${longest} days, not ${days}.`, { field: "lastDay" });
  const period: PayPeriod = {
    id: newId(),
    from,
    to,
    state: "open",
    waitingFor: "",
    batch: null,
    version: firstVersion,
  };
  return { next: period, event: { type: "PayPeriodOpened", period } };
};

/** Its days are paid as they are now. Refused as `move`, or with `period.not-over` while their work still goes on. */
export const freeze = (period: PayPeriod, now: Instant, workEnds: Instant): Decided => {
  const next = move(period, "Freeze");
  if (isBefore(now, workEnds))
    throw conflict(
      "period.not-over",
      `The work of the pay period from ${period.from} to ${period.to} is not over yet: it can be closed from ${workEnds} on.`,
    );
  return { next, event: { type: "PayPeriodFrozen", period: next } };
};

/** The lines are there. */
export const calculated = (
  period: PayPeriod,
  batch: BatchId,
  sums: { lines: number; baseMinutes: number },
): Decided => {
  const next = { ...move(period, "Calculate"), batch };
  return { next, event: { type: "PayrollCalculated", period: next, ...sums } };
};

/** The file is out. */
export const exported = (period: PayPeriod, file: { lines: number; sha256: string }): Decided => {
  const next = move(period, "Export");
  return { next, event: { type: "PayrollExported", period: next, ...file } };
};

/** Payroll has taken the file. */
export const close = (period: PayPeriod): Decided => {
  const next = move(period, "Close");
  return { next, event: { type: "PayPeriodClosed", period: next } };
};

/** The payroll of a period that was calculated. */
export const batchOf = ({ id, batch }: PayPeriod): BatchId => {
  if (!batch) throw new Error(`Pay period ${id} was not calculated.`);
  return batch;
};

/** Back to open, by order or because the closing stumbled over `reason`. */
export const reopen = (period: PayPeriod, reason: string): Decided => {
  const next = { ...move(period, "Reopen"), batch: null, waitingFor: reason };
  return { next, event: { type: "PayPeriodThawed", period: next } };
};
