import { missing } from "@headway/kernel/domain-error";
import type { DepotId, EmployeeId } from "@headway/kernel/ids";
import type { Database } from "@headway/postgres/database";
import { type Page, type PageWanted, toPage } from "@headway/postgres/keyset";
import type { PayPeriodId, PayPeriodState } from "../model/pay-period.ts";
import type { PayrollLine, PayrollLineId } from "../model/payroll-line.ts";
import { type LineRecord, lineColumns, toLine } from "./payroll-line-record.ts";

export type LinesWanted = {
  readonly period: PayPeriodId | null;
  readonly employee: EmployeeId | null;
  /** Null for all. */
  readonly depots: readonly DepotId[] | null;
  readonly states: readonly PayPeriodState[];
  readonly page: PageWanted;
};

/** A line and where its period stands. */
export type LineInPeriod = {
  readonly line: PayrollLine;
  readonly period: PayPeriodId;
  readonly state: PayPeriodState;
};

/** A line and the lines of later periods that name it. */
export type ExplainedLine = LineInPeriod & { readonly correctedBy: readonly LineInPeriod[] };

export const payrollLineQueries = ({ rows }: Database) => ({
  /** By person, day and code. */
  async list({ period, employee, depots, states, page }: LinesWanted): Promise<Page<PayrollLine>> {
    const records = await rows<LineRecord>(
      `select ${lineColumns} from pay_line
       where ($1::uuid is null or pay_period_id = $1) and ($2::uuid is null or driver_id = $2)
         and ($3::uuid[] is null or depot_id = any($3))
         and pay_period_id in (select id from pay_period where state = any($4::text[]))
         and ($5::text is null or (employee_no, work_date, code, id) > ($5, $6::date, $7, $8::uuid))
       order by employee_no, work_date, code, id limit $9`,
      [period, employee, depots, states, ...keyOf(page), page.size + 1],
    );
    const key = ({ employeeNumber, date, code, id }: PayrollLine) => [employeeNumber, date.toString(), code, id];
    return toPage(records.map(toLine), page.size, key);
  },

  /** Refused with `line.unknown`. */
  async explain(id: PayrollLineId): Promise<ExplainedLine> {
    const [record] = await rows<LineInPeriodRecord>(`${inPeriod} where id = $1`, [id]);
    if (!record) throw missing("line.unknown", "There is no such line of pay.");
    const later = await rows<LineInPeriodRecord>(`${inPeriod} where corrects = $1 order by id`, [id]);
    return { ...toLineInPeriod(record), correctedBy: later.map(toLineInPeriod) };
  },
});

const inPeriod = `
  select ${lineColumns}, pay_period_id as period,
    (select state from pay_period where pay_period.id = pay_period_id) as state
  from pay_line`;

type LineInPeriodRecord = LineRecord & { period: PayPeriodId; state: PayPeriodState };

const toLineInPeriod = ({ period, state, ...record }: LineInPeriodRecord): LineInPeriod => ({
  line: toLine(record),
  period,
  state,
});

const keyOf = ({ after }: PageWanted): (string | null)[] => [0, 1, 2, 3].map((index) => after?.[index] ?? null);
