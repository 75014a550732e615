import { conflict, missing } from "@headway/kernel/domain-error";
import type { DepotId, RosterId, Version } from "@headway/kernel/ids";
import { lostRace, mustStandAt } from "@headway/kernel/lost-race";
import { Temporal } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { onViolation } from "@headway/postgres/failure";
import { instantOrNull } from "@headway/postgres/instants";
import { execute, rows } from "@headway/postgres/transaction";
import type { Assignment } from "../model/assignment.ts";
import type { Duty } from "../model/duty.ts";
import { busy } from "../model/finding.ts";
import type { Roster } from "../model/roster.ts";
import type { RosterChange } from "../model/roster-change.ts";

export const rosterRepository = {
  /** Refused with `roster.overlaps`. */
  async add(tx: Tx, { id, depot, from, to, current, publishedAt, version }: Roster): Promise<void> {
    const overlaps = () =>
      conflict("roster.overlaps", "The depot has a roster for some of these days.", { field: "firstDay" });
    await execute(
      tx,
      `insert into roster (id, depot_id, period, current_version, published_at, version)
       values ($1, $2, daterange($3, $4, '[]'), $5, $6, $7)`,
      [id, depot, from.toString(), to.toString(), current, publishedAt?.toString() ?? null, version],
    ).catch(onViolation({ roster_no_overlap: overlaps }));
  },

  /** Refused with `roster.unknown`. */
  find: (tx: Tx, id: RosterId): Promise<Roster> => one(tx, `${select} where id = $1`, [id]),

  /** Refused with `roster.unknown`. */
  lock: (tx: Tx, id: RosterId): Promise<Roster> => one(tx, `${select} where id = $1 for update`, [id]),

  /** Refused with `roster.unknown` or `roster.changed`. */
  async lockAt(tx: Tx, id: RosterId, expected: Version): Promise<Roster> {
    const roster = await rosterRepository.lock(tx, id);
    mustStandAt(expected, "roster", roster);
    return roster;
  },

  async lockAll(tx: Tx, ids: readonly RosterId[]): Promise<Roster[]> {
    const records = await rows<RosterRecord>(tx, `${select} where id = any($1) order by id for update`, [ids]);
    return records.map(toRoster);
  },

  /** The roster that a duty belongs to. Refused with `duty.no-roster`. */
  async lockFor(tx: Tx, { depot, date, run }: Duty): Promise<Roster> {
    const [record] = await rows<RosterRecord>(tx, `${select} where depot_id = $1 and period @> $2::date for update`, [
      depot,
      date.toString(),
    ]);
    if (!record)
      throw conflict("duty.no-roster", `No roster has been opened for run ${run} on ${date}.`, { field: "dutyId" });
    return toRoster(record);
  },

  /** Refused with `roster.changed`, `duty.taken` or `driver.busy` where somebody was faster. */
  async save(tx: Tx, { roster, released, assigned, events }: RosterChange): Promise<void> {
    const [saved] = await Promise.all([
      execute(
        tx,
        "update roster set current_version = $2, published_at = $3, version = $4 where id = $1 and version = $4 - 1",
        [roster.id, roster.current, roster.publishedAt?.toString() ?? null, roster.version],
      ),
      takeOff(tx, released),
      putOn(tx, assigned),
      noteTold(tx, events),
    ]);
    if (saved === 0) throw lostRace("roster");
  },
};

const noteTold = async (tx: Tx, events: RosterChange["events"]): Promise<void> => {
  const told = new Map(
    events.flatMap((event) => (event.type === "RosterPublished" ? [] : [[event.duty.id, event.told] as const])),
  );
  if (told.size === 0) return;
  await execute(
    tx,
    "update duty set told = fact.told from unnest($1::uuid[], $2::integer[]) as fact (duty_id, told) where duty.id = fact.duty_id",
    [[...told.keys()], [...told.values()]],
  );
};

const takeOff = async (tx: Tx, released: readonly Assignment[]): Promise<void> => {
  if (released.length === 0) return;
  const saved = await execute(
    tx,
    `update assignment set state = 'released', to_version = next.to_version, version = next.version
     from unnest($1::uuid[], $2::integer[], $3::integer[]) as next (id, to_version, version)
     where assignment.id = next.id and assignment.version = next.version - 1`,
    [released.map(({ id }) => id), released.map(({ reign }) => reign.to), released.map(({ version }) => version)],
  );
  if (saved !== released.length) throw lostRace("assignment");
};

const putOn = async (tx: Tx, assigned: readonly Assignment[]): Promise<void> => {
  if (assigned.length === 0) return;
  await execute(
    tx,
    // By driver: what a roster gives one of them lies together, and is read together ever after.
    `insert into assignment (id, roster_id, duty_id, driver_id, worked, work_minutes, state, from_version, version)
     select id, roster_id, duty_id, driver_id, tstzrange(starts_at, ends_at), work_minutes, state, from_version, version
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::timestamptz[], $7::integer[],
       $8::text[], $9::integer[], $10::integer[])
       as given (id, roster_id, duty_id, driver_id, starts_at, ends_at, work_minutes, state, from_version, version)
     order by driver_id, starts_at`,
    [
      assigned.map(({ id }) => id),
      assigned.map(({ roster }) => roster),
      assigned.map(({ duty }) => duty),
      assigned.map(({ driver }) => driver),
      assigned.map(({ worked }) => worked.starts.toString()),
      assigned.map(({ worked }) => worked.ends.toString()),
      assigned.map(({ work }) => work),
      assigned.map(({ state }) => state),
      assigned.map(({ reign }) => reign.from),
      assigned.map(({ version }) => version),
    ],
  ).catch(
    onViolation({
      assignment_one_driver: () => conflict("duty.taken", "The duty has a driver.", { field: "dutyId" }),
      assignment_no_overlap: () => busy("driverId"),
    }),
  );
};

export const rosterColumns = `roster.id, roster.depot_id, lower(roster.period) as first_day, upper(roster.period) - 1 as last_day,
  roster.current_version, roster.published_at, roster.version`;

const select = `select ${rosterColumns} from roster`;

export type RosterRecord = {
  id: RosterId;
  depot_id: DepotId;
  first_day: string;
  last_day: string;
  current_version: number;
  published_at: string | null;
  version: Version;
};

const one = async (tx: Tx, sql: string, values: readonly unknown[]): Promise<Roster> => {
  const [record] = await rows<RosterRecord>(tx, sql, values);
  if (!record) throw missing("roster.unknown", "There is no such roster.", { field: "rosterId" });
  return toRoster(record);
};

export const toRoster = (record: RosterRecord): Roster => ({
  id: record.id,
  depot: record.depot_id,
  from: Temporal.PlainDate.from(record.first_day),
  to: Temporal.PlainDate.from(record.last_day),
  current: record.current_version,
  publishedAt: instantOrNull(record.published_at),
  version: record.version,
});
