import { missing } from "@headway/kernel/domain-error";
import type { DepotId } from "@headway/kernel/ids";
import type { Database } from "@headway/postgres/database";
import { type Page, type PageWanted, toPage } from "@headway/postgres/keyset";
import type { PayPeriod, PayPeriodId } from "../model/pay-period.ts";
import { baseCode } from "../model/payroll-line.ts";
import { type PayPeriodRecord, payPeriodColumns, toPayPeriod } from "./pay-period-repository.ts";

/** A period with what its lines come to in some depots, or in all of them. */
export type SummedPeriod = {
  readonly period: PayPeriod;
  readonly lines: number;
  readonly baseMinutes: number;
  /** In minor units, by currency. */
  readonly amounts: Readonly<Record<string, number>>;
};

const select = `
  select ${payPeriodColumns}, coalesce(sums.lines, 0) as lines, coalesce(sums.base_minutes, 0) as base_minutes,
    coalesce(sums.amounts, '{}') as amounts
  from pay_period left join lateral (
    select sum(lines)::integer as lines, sum(base_minutes)::bigint as base_minutes,
      jsonb_object_agg(currency, amount) as amounts
    from (
      select currency, count(*) as lines, sum(amount_minor) as amount,
        sum(minutes) filter (where code = '${baseCode}') as base_minutes
      from pay_line
      where pay_period_id = pay_period.id and ($1::uuid[] is null or depot_id = any($1))
      group by currency
    ) as by_currency
  ) as sums on true`;

export const payPeriodQueries = ({ rows }: Database) => ({
  /** Summed over these depots; null for all. Refused with `period.unknown`. */
  async get(id: PayPeriodId, depots: readonly DepotId[] | null): Promise<SummedPeriod> {
    const [record] = await rows<SummedRecord>(`${select} where pay_period.id = $2`, [depots, id]);
    if (!record) throw unknown();
    return toSummed(record);
  },

  /** Refused with `period.unknown`. */
  async mustExist(id: PayPeriodId): Promise<void> {
    const found = await rows("select from pay_period where id = $1", [id]);
    if (found.length === 0) throw unknown();
  },

  /** Newest first, each summed over these depots; null for all. */
  async list({ size, after }: PageWanted, depots: readonly DepotId[] | null): Promise<Page<SummedPeriod>> {
    const records = await rows<SummedRecord>(
      `${select} where $2::date is null or first_day < $2 order by first_day desc limit $3`,
      [depots, after?.[0] ?? null, size + 1],
    );
    return toPage(records.map(toSummed), size, ({ period }) => [period.from.toString()]);
  },
});

const unknown = () => missing("period.unknown", "There is no such pay period.");

type SummedRecord = PayPeriodRecord & { lines: number; base_minutes: number; amounts: Record<string, number> };

const toSummed = ({ lines, base_minutes, amounts, ...period }: SummedRecord): SummedPeriod => ({
  period: toPayPeriod(period),
  lines,
  baseMinutes: base_minutes,
  amounts,
});
