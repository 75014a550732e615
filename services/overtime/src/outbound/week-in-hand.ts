import type { DriverId } from "@headway/kernel/ids";
import { remembered } from "@headway/kernel/remembered";
import type { Tx } from "@headway/kernel/tx";
import { rows } from "@headway/postgres/transaction";
import type { RuleSet } from "../model/rule-set.ts";
import type { Problem, WeekInHand, WorkedFact } from "../model/value-week.ts";
import { type Contract, type DriverWeek, weekOf } from "../model/week.ts";
import { ruleSetRepository } from "./rule-set-repository.ts";
import { type DayRecord, type IntervalRecord, recordReader } from "./worked-week-record.ts";

/**
 * All that the weeks depend on, asked at once. The drivers are locked, so nothing of theirs changes meanwhile; the
 * share of the weeks, in their order, waits for a period that is just being made final, and sees it.
 */
export const loadWeeks = async (tx: Tx, weeks: readonly DriverWeek[]): Promise<readonly WeekInHand[]> => {
  const drivers = weeks.map(({ driver }) => driver);
  const asked = rows<WeekRecord>(
    tx,
    `select driver_week.driver_id, driver_week.first_day, driver_week.problem, week.final,
       (select coalesce(json_agg(worked), '[]') from (
         select assignment_id, duty_id, service_date, depot_id, zone, work
         from worked_time left join depot on depot.id = depot_id
         where worked_time.driver_id = driver_week.driver_id and worked_time.first_day = driver_week.first_day
       ) as worked) as work,
       (select days from worked_week
         where worked_week.driver_id = driver_week.driver_id and worked_week.first_day = driver_week.first_day) as known,
       (select coalesce(json_agg(terms), '[]') from (
         select agreement, weekly_minutes, valid_from from contract where contract.driver_id = driver_week.driver_id
       ) as terms) as contracts
     from unnest($1::uuid[], $2::date[]) as wanted (driver_id, first_day)
       join driver_week using (driver_id, first_day) join week using (first_day)
     order by first_day
     for share of week`,
    [drivers, weeks.map(({ from }) => from.toString())],
  );
  const [records, ruleSets] = await Promise.all([asked, ruleSetRepository.under(tx, drivers)]);
  return toModels(records, ruleSets);
};

type WeekRecord = {
  driver_id: DriverId;
  first_day: string;
  problem: Problem | null;
  final: boolean;
  work: WorkRecord[];
  /** None before the week is calculated for the first time. */
  known: DayRecord[] | null;
  contracts: ContractRecord[];
};

type WorkRecord = {
  assignment_id: WorkedFact["assignment"];
  duty_id: WorkedFact["duty"];
  service_date: string;
  depot_id: WorkedFact["depot"];
  zone: string | null;
  work: IntervalRecord[];
};

type ContractRecord = { agreement: string; weekly_minutes: number; valid_from: string };

const toModels = (records: readonly WeekRecord[], ruleSets: readonly RuleSet[]): WeekInHand[] => {
  const { toDate, toInterval, toValuedDay } = recordReader();
  const toWeek = remembered((firstDay: string) => weekOf(toDate(firstDay)));
  const toWork = ({ assignment_id, duty_id, service_date, depot_id, zone, work }: WorkRecord): WorkedFact => ({
    assignment: assignment_id,
    duty: duty_id,
    date: toDate(service_date),
    depot: depot_id,
    zone,
    work: work.map(toInterval),
  });
  const toContract = ({ agreement, weekly_minutes, valid_from }: ContractRecord): Contract => ({
    agreement,
    weeklyMinutes: weekly_minutes,
    from: toDate(valid_from),
  });
  return records.map((record) => ({
    week: { driver: record.driver_id, ...toWeek(record.first_day) },
    problem: record.problem,
    final: record.final,
    work: record.work.map(toWork),
    known: (record.known ?? []).map((day) => toValuedDay(record.driver_id, day)),
    contracts: record.contracts.map(toContract),
    ruleSets,
  }));
};
