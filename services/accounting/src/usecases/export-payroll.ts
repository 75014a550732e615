import { conflict } from "@headway/kernel/domain-error";
import type { Command, Tx } from "@headway/kernel/tx";
import type { ClosingStep } from "../model/closing.ts";
import { exported, type PayPeriod, type PayPeriodEvent, type PayPeriodId } from "../model/pay-period.ts";
import {
  type ControlTotals,
  checkPayrollFile,
  type PayrollRow,
  readPayrollFile,
  writePayrollFile,
} from "../model/payroll-file.ts";

export type ExportPayrollInput = { readonly period: PayPeriodId };

export type ExportPayrollNeeds = {
  readonly closings: {
    lock(tx: Tx, period: PayPeriodId, step: ClosingStep): Promise<PayPeriod | null>;
    end(tx: Tx, period: PayPeriodId): Promise<void>;
  };
  readonly lines: {
    /** By employee number, day, code and id. */
    rows(tx: Tx, period: PayPeriod): Promise<readonly PayrollRow[]>;
    totals(tx: Tx, period: PayPeriodId): Promise<ControlTotals>;
  };
  readonly files: {
    /** Answers the SHA-256 of the content, in hex. */
    add(tx: Tx, period: PayPeriodId, content: string): Promise<string>;
  };
  readonly periods: { save(tx: Tx, period: PayPeriod): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly PayPeriodEvent[]): Promise<void> };
};

/** Writes the payroll file and reads it back: nothing leaves that does not add up. Refused with `payroll-file.wrong`. */
export const exportPayroll =
  ({ closings, lines, files, periods, events }: ExportPayrollNeeds): Command<ExportPayrollInput, boolean> =>
  async (tx, { period: id }) => {
    const period = await closings.lock(tx, id, "export");
    if (!period) return false;
    const content = writePayrollFile(await lines.rows(tx, period));
    const totals = await lines.totals(tx, id);
    const findings = checkPayrollFile(readPayrollFile(content), totals);
    if (findings.length > 0) throw conflict("payroll-file.wrong", "The payroll file does not add up.", { findings });
    const sha256 = await files.add(tx, id, content);
    const { next, event } = exported(period, { lines: totals.lines, sha256 });
    await periods.save(tx, next);
    await closings.end(tx, id);
    await events.record(tx, [event]);
    return true;
  };
