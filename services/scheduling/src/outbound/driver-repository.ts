import type { DepotId, DriverId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import { Temporal } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { unheard } from "@headway/kernel/unheard";
import { execute, rows } from "@headway/postgres/transaction";
import type { Driver, RosteredDriver } from "../model/driver.ts";
import { assignmentRepository } from "./assignment-repository.ts";

/** A driver's row is locked by whoever gives the driver a duty, so that all others who mean to see it first. */
export const driverRepository = {
  async lock(tx: Tx, ids: readonly DriverId[]): Promise<void> {
    await execute(tx, "select id from driver where id = any($1) order by id for update", [ids]);
  },

  async lockOfDepot(tx: Tx, depot: DepotId): Promise<void> {
    await execute(tx, "select id from driver where depot_id = $1 order by id for update", [depot]);
  },

  /** Refused with `driver.unknown`. */
  async find(tx: Tx, id: DriverId, time: Interval): Promise<RosteredDriver> {
    const [[driver], held] = await Promise.all([
      findAll(tx, "driver.id = $1", id, time),
      assignmentRepository.heldAround(tx, [id], time),
    ]);
    if (!driver) throw unheard("driver");
    return { driver, held };
  },

  async findOfDepot(tx: Tx, depot: DepotId, time: Interval): Promise<RosteredDriver[]> {
    const drivers = await findAll(tx, "driver.depot_id = $1", depot, time);
    const held = await assignmentRepository.heldAround(
      tx,
      drivers.map(({ id }) => id),
      time,
    );
    const byDriver = Map.groupBy(held, ({ assignment }) => assignment.driver);
    return drivers.map((driver) => ({ driver, held: byDriver.get(driver.id) ?? [] }));
  },
};

const findAll = async (tx: Tx, which: string, key: string, time: Interval): Promise<Driver[]> => {
  const records = await rows<DriverRecord>(tx, `${select} where ${which} order by number, id`, [
    key,
    time.starts.toString(),
    time.ends.toString(),
  ]);
  return records.map(toDriver);
};

const select = `
  select driver.id, driver.number, driver.depot_id, driver.employed_from, driver.employed_to,
    (select coalesce(json_agg(dated order by dated.valid_from), '[]') from (
      select agreement, weekly_minutes, valid_from, lead(valid_from) over (order by valid_from) - 1 as valid_until
      from contract where contract.driver_id = driver.id) dated) as contracts,
    (select coalesce(json_agg(dated order by dated.code, dated.valid_from), '[]') from (
      select code, valid_from, valid_until
      from qualification where qualification.driver_id = driver.id) dated) as qualifications,
    (select coalesce(json_agg(dated order by dated.starts_at), '[]') from (
      select starts_at, ends_at
      from absence where absence.driver_id = driver.id and ends_at > $2 and starts_at < $3) dated) as absences
  from driver`;

type DatedRecord = { valid_from: string; valid_until: string | null };

type DriverRecord = {
  id: DriverId;
  number: string;
  depot_id: DepotId;
  employed_from: string;
  employed_to: string | null;
  contracts: (DatedRecord & { agreement: string; weekly_minutes: number })[];
  qualifications: (DatedRecord & { code: string })[];
  absences: { starts_at: string; ends_at: string }[];
};

const toDriver = (record: DriverRecord): Driver => ({
  id: record.id,
  number: record.number,
  depot: record.depot_id,
  employed: toDays({ valid_from: record.employed_from, valid_until: record.employed_to }),
  contracts: record.contracts.map((contract) => ({
    ...toDays(contract),
    agreement: contract.agreement,
    weeklyMinutes: contract.weekly_minutes,
  })),
  qualifications: record.qualifications.map((held) => ({ ...toDays(held), code: held.code })),
  absences: record.absences.map(({ starts_at, ends_at }) => ({
    starts: Temporal.Instant.from(starts_at),
    ends: Temporal.Instant.from(ends_at),
  })),
});

const toDays = ({ valid_from, valid_until }: DatedRecord) => ({
  from: Temporal.PlainDate.from(valid_from),
  to: valid_until === null ? null : Temporal.PlainDate.from(valid_until),
});
