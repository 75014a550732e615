import type { Tx } from "@headway/kernel/tx";
import { execute, rows } from "@headway/postgres/transaction";
import { type BatchId, batchOf, type PayPeriod, type PayPeriodId } from "../model/pay-period.ts";
import type { ControlTotals, PayrollRow } from "../model/payroll-file.ts";
import type { PayrollLine } from "../model/payroll-line.ts";
import { type LineRecord, lineColumns, toRecord } from "./payroll-line-record.ts";

/** Lines in one statement. */
const stretch = 5000;

export const payrollLineRepository = {
  async add(tx: Tx, period: PayPeriodId, lines: readonly PayrollLine[]): Promise<void> {
    for (let start = 0; start < lines.length; start += stretch) {
      const records = lines.slice(start, start + stretch).map(toRecord);
      await execute(
        tx,
        `insert into pay_line (pay_period_id, ${lineColumns})
         select $1, ${lineColumns} from jsonb_to_recordset($2) as line (${lineForm})`,
        [period, JSON.stringify(records)],
      );
    }
  },

  async remove(tx: Tx, period: PayPeriodId): Promise<void> {
    await execute(tx, "delete from pay_line where pay_period_id = $1", [period]);
  },

  async rows(tx: Tx, period: PayPeriod): Promise<readonly PayrollRow[]> {
    const records = await rows<LineRecord>(
      tx,
      `select ${lineColumns} from pay_line where pay_period_id = $1 order by employee_no, work_date, code, id`,
      [period.id],
    );
    const batch = batchOf(period);
    return records.map((record) => toRow(record, batch));
  },

  /** Summed by the database, so that the file is checked against something that did not go through its own writer. */
  async totals(tx: Tx, id: PayPeriodId): Promise<ControlTotals> {
    const [sums] = await rows<Omit<ControlTotals, "amounts">>(
      tx,
      `select count(*)::integer as lines, count(distinct employee_no)::integer as drivers,
         coalesce(sum(minutes), 0)::bigint as minutes from pay_line where pay_period_id = $1`,
      [id],
    );
    const amounts = await rows<ControlTotals["amounts"][number]>(
      tx,
      `select currency, sum(amount_minor)::bigint as minor from pay_line where pay_period_id = $1
       group by currency order by currency collate "C"`,
      [id],
    );
    return { lines: sums?.lines ?? 0, drivers: sums?.drivers ?? 0, minutes: sums?.minutes ?? 0, amounts };
  },
};

const lineForm = `id uuid, driver_id uuid, employee_no text, work_date date, depot_id uuid, cost_centre text,
  component text, revision integer, kind text, code text, minutes integer, factor integer, rate_minor bigint,
  amount_minor bigint, currency text, duty_id uuid, rule text, rule_version integer, sentence text, intervals jsonb,
  corrects uuid`;

const toRow = (record: LineRecord, batchId: BatchId): PayrollRow => ({
  batchId,
  employeeNo: record.employee_no,
  workDate: record.work_date,
  payCode: record.code,
  minutes: record.minutes,
  factor: record.factor,
  rateMinor: record.rate_minor,
  amountMinor: record.amount_minor,
  currency: record.currency,
  costCentre: record.cost_centre,
  dutyId: record.duty_id ?? "",
  ruleId: record.rule,
  ruleVersion: record.rule_version,
  lineId: record.id,
});
