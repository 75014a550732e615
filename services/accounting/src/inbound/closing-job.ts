import { conflict, DomainError } from "@headway/kernel/domain-error";
import type { EmployeeId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import type { Job } from "@headway/service/jobs";
import { type Closing, type ClosingStep, type FinalDays, tellUnpayable, type UnpayableDay } from "../model/closing.ts";
import type { PayPeriod, PayPeriodId } from "../model/pay-period.ts";
import type { Rate } from "../model/rate.ts";
import type { CalculatePayrollInput } from "../usecases/calculate-payroll.ts";
import type { ExportPayrollInput } from "../usecases/export-payroll.ts";
import type { ReopenPayPeriodInput } from "../usecases/reopen-pay-period.ts";
import type { SettleDaysInput } from "../usecases/settle-days.ts";

export type ClosingJobNeeds = {
  readonly inTx: Database["inTx"];
  readonly underWay: {
    find(): Promise<Closing | null>;
    drivers(period: PayPeriodId): Promise<readonly EmployeeId[]>;
  };
  readonly closings: { wait(tx: Tx, period: PayPeriodId, reason: string): Promise<void> };
  readonly overtime: {
    finalise(period: PayPeriod): Promise<FinalDays & { readonly unpayable: UnpayableDay[] }>;
  };
  readonly hr: { rates(drivers: readonly EmployeeId[]): Promise<Rate[]> };
  readonly settleDays: Command<SettleDaysInput, boolean>;
  readonly calculatePayroll: Command<CalculatePayrollInput, boolean>;
  readonly exportPayroll: Command<ExportPayrollInput, boolean>;
  readonly reopenPayPeriod: Command<ReopenPayPeriodInput, PayPeriod>;
};

export const closingJob = "close-pay-periods";

/**
 * Leads the closing from step to step until the file is out. Killed at any point, it goes on at the step that the
 * table says; what refuses a step takes the period back to open, with the reason; what is away is waited for.
 */
export const makeClosingJob = (needs: ClosingJobNeeds): Job => {
  const { inTx, underWay, closings, overtime, hr, settleDays, calculatePayroll, exportPayroll, reopenPayPeriod } =
    needs;

  const steps: Record<ClosingStep, (period: PayPeriod) => Promise<boolean>> = {
    async settle(period) {
      const { unpayable, ...final } = await overtime.finalise(period);
      const [first, ...others] = unpayable;
      if (first) {
        const [known] = await hr.rates([first.driver]);
        const number = known?.employeeNumber ?? first.driver;
        throw conflict("period.unpayable", tellUnpayable(first, number, others.length));
      }
      return inTx((tx) => settleDays(tx, { period: period.id, ...final }));
    },
    async calculate({ id }) {
      const rates = await hr.rates(await underWay.drivers(id));
      return inTx((tx) => calculatePayroll(tx, { period: id, rates }));
    },
    export: ({ id }) => inTx((tx) => exportPayroll(tx, { period: id })),
  };

  const goOn = async ({ period, step }: Closing): Promise<boolean> => {
    try {
      return await steps[step](period);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { id, version: expected } = period;
      if (error.kind === "unavailable") await inTx((tx) => closings.wait(tx, id, error.message));
      else await inTx((tx) => reopenPayPeriod(tx, { period: id, expected, reason: error.message }));
      return false;
    }
  };

  return {
    name: closingJob,
    everyMs: 1000,
    async run(_now, stopping) {
      for (let moved = true; moved && !stopping.aborted; ) {
        const closing = await underWay.find();
        moved = closing !== null && (await goOn(closing));
      }
    },
  };
};
