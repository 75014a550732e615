import type { DepotId, DriverId } from "@headway/kernel/ids";
import { remembered } from "@headway/kernel/remembered";
import { type PlainDate, Temporal } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { execute, rows } from "@headway/postgres/transaction";
import type { RuleSet } from "../model/rule-set.ts";
import type { WeekProblem } from "../model/value-week.ts";
import { type DriverWeek, type Half, type Week, weekOf } from "../model/week.ts";
import { loadWeeks } from "./week-in-hand.ts";

/** Which weeks there are, which of them are final, stale or cannot be calculated. */
export const weekRepository = {
  load: loadWeeks,

  from: (tx: Tx, driver: DriverId, monday: PlainDate): Promise<readonly DriverWeek[]> =>
    weeksOf(tx, "where driver_id = $1 and first_day >= $2", [driver, monday.toString()]),

  /** The halves are told apart by the last byte of the driver's id, which is random in a UUIDv7. */
  stale: (tx: Tx, half: Half, most: number): Promise<readonly DriverWeek[]> =>
    weeksOf(tx, "where stale and get_byte(uuid_send(driver_id), 15) % 2 = $1 order by first_day, driver_id limit $2", [
      half,
      most,
    ]),

  async markStaleAt(tx: Tx, depot: DepotId): Promise<void> {
    await waitForWriters(tx);
    await execute(
      tx,
      `update driver_week set stale = true from worked_time
       where worked_time.depot_id = $1 and worked_time.driver_id = driver_week.driver_id
         and worked_time.first_day = driver_week.first_day`,
      [depot],
    );
  },

  async markStaleUnder(tx: Tx, { agreement, from }: RuleSet): Promise<void> {
    await waitForWriters(tx);
    await execute(
      tx,
      `update driver_week set stale = true
       where first_day >= $2 and driver_id in (select driver_id from contract where agreement = $1)`,
      [agreement, from.toString()],
    );
  },

  async finalise(tx: Tx, weeks: readonly Week[]): Promise<void> {
    const finalised = await rows<{ first_day: string }>(
      tx,
      `insert into week (first_day, final)
       select monday, true from unnest($1::date[]) as monday order by monday
       on conflict (first_day) do update set final = true where not week.final
       returning first_day`,
      [weeks.map(({ from }) => from.toString())],
    );
    // A statement of its own, so that it sees the weeks of those whom the first one waited for.
    await execute(tx, "update driver_week set stale = true where first_day = any($1::date[])", [
      finalised.map(({ first_day }) => first_day),
    ]);
  },

  async unmark(tx: Tx, weeks: readonly DriverWeek[]): Promise<void> {
    const mondays = weeks.map(({ from }) => from.toString());
    await Promise.all([
      // As `finalise` does: weeks in their order, and before their drivers'.
      execute(tx, "select from week where first_day = any($1::date[]) order by first_day for share", [mondays]),
      execute(
        tx,
        `update driver_week set stale = false
         where (driver_id, first_day) in (select said.driver_id, said.first_day from unnest($1::uuid[], $2::date[]) as said (driver_id, first_day))`,
        [weeks.map(({ driver }) => driver), mondays],
      ),
    ]);
  },

  async noteProblems(tx: Tx, problems: readonly WeekProblem[]): Promise<void> {
    await execute(
      tx,
      `update driver_week set problem = noted.problem
       from unnest($1::uuid[], $2::date[], $3::text[]) as noted (driver_id, first_day, problem)
       where driver_week.driver_id = noted.driver_id and driver_week.first_day = noted.first_day`,
      [
        problems.map(({ week }) => week.driver),
        problems.map(({ week }) => week.from.toString()),
        problems.map(({ problem }) => problem),
      ],
    );
  },
};

/** Work and contracts that are just being told would miss the mark: others do not see them yet. */
const waitForWriters = async (tx: Tx): Promise<void> => {
  await execute(tx, "lock table worked_time, contract in share mode");
};

const weeksOf = async (tx: Tx, which: string, values: readonly unknown[]): Promise<readonly DriverWeek[]> => {
  const records = await rows<WeekRecord>(tx, `select driver_id, first_day from driver_week ${which}`, values);
  const toWeek = remembered((firstDay: string) => weekOf(Temporal.PlainDate.from(firstDay)));
  return records.map(({ driver_id, first_day }) => ({ driver: driver_id, ...toWeek(first_day) }));
};

type WeekRecord = { driver_id: DriverId; first_day: string };
