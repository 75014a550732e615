import { missing } from "@headway/kernel/domain-error";
import type { DepotId, DriverId, RosterId } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";
import type { Database } from "@headway/postgres/database";
import { type Page, type PageWanted, toPage } from "@headway/postgres/keyset";
import type { Assignment } from "../model/assignment.ts";
import type { Duty } from "../model/duty.ts";
import type { Roster, RosterVersion } from "../model/roster.ts";
import {
  type AssignmentRecord,
  assignmentColumns,
  type DutyRecord,
  dutyColumns,
  toAssignment,
  toDuty,
} from "./held-records.ts";
import { type RosterRecord, rosterColumns, toRoster } from "./roster-repository.ts";

export type CountedRoster = { readonly roster: Roster; readonly assigned: number; readonly open: number };

/** A duty with who works it; null while it is open. */
export type RosterLine = { readonly duty: Duty; readonly assignment: Assignment | null };

export const rosterQueries = (db: Database) => ({
  /** Refused with `roster.unknown`. */
  async get(id: RosterId): Promise<CountedRoster> {
    const [record] = await db.rows<CountedRecord>(`${counted} where roster.id = $1`, [id]);
    if (!record) throw missing("roster.unknown", "There is no such roster.", { field: "rosterId" });
    return toCounted(record);
  },

  /** Newest period first; `depots` null means all. */
  async list(depots: readonly DepotId[] | null, page: PageWanted): Promise<Page<CountedRoster>> {
    const [day, id] = page.after ?? [null, null];
    const records = await db.rows<CountedRecord>(
      `${counted} where ($1::uuid[] is null or depot_id = any($1)) and ($2::date is null or (lower(period), id) < ($2, $3::uuid))
       order by lower(period) desc, id desc limit $4`,
      [depots, day, id, page.size + 1],
    );
    return toPage(records.map(toCounted), page.size, ({ roster }) => [roster.from.toString(), roster.id]);
  },

  /** The roster as it was at a version, by start: everything that held then, and what is open. */
  async lines({ id, depot, from, to }: Roster, version: RosterVersion, page: PageWanted): Promise<Page<RosterLine>> {
    const [start, duty] = page.after ?? [null, null];
    const records = await db.rows<LineRecord>(
      `select ${assignmentColumns}, ${dutyColumns}
       from duty left join assignment on assignment.duty_id = duty.id and assignment.roster_id = $1
         and assignment.from_version <= $2 and (assignment.to_version is null or assignment.to_version > $2)
       where duty.depot_id = $3 and duty.service_date between $4 and $5 and (assignment.id is not null or ${takesPlace})
         and ($6::timestamptz is null or (${beginsAt}, duty.id) > ($6, $7::uuid))
       order by ${beginsAt}, duty.id limit $8`,
      [id, version, depot, from.toString(), to.toString(), start, duty, page.size + 1],
    );
    return toPage(records.map(toLine), page.size, ({ duty, assignment }) => [
      (assignment?.worked ?? duty.worked).starts.toString(),
      duty.id,
    ]);
  },

  /** Who holds which duty of a depot's day in its published roster, by start. */
  async ofDay(depot: DepotId, date: PlainDate): Promise<readonly RosterLine[]> {
    const records = await db.rows<LineRecord>(
      `${published} and duty.depot_id = $1 and duty.service_date = $2 order by lower(assignment.worked), duty.id`,
      [depot, date.toString()],
    );
    return records.map(toLine);
  },

  /** What a driver holds in published rosters, by start. */
  async ofDriver(driver: DriverId, from: PlainDate, to: PlainDate): Promise<readonly RosterLine[]> {
    const records = await db.rows<LineRecord>(
      `${published} and assignment.driver_id = $1 and ${mayBeOf("$2", "$3")} and duty.service_date between $2 and $3
       order by lower(assignment.worked)`,
      [driver, from.toString(), to.toString()],
    );
    return records.map(toLine);
  },
});

// The roster is looked up: a join reads all rosters of the metro for one driver.
const published = `
  select ${assignmentColumns}, ${dutyColumns}
  from assignment join duty on duty.id = assignment.duty_id
  where assignment.to_version is null
    and (select current_version from roster where roster.id = assignment.roster_id) > 0`;

// Years of a driver's work are passed over by the index. A duty may start 99 hours after its service date begins, in any zone.
const mayBeOf = (from: string, to: string): string =>
  `assignment.worked && tstzrange(${from}::date - 1, ${to}::date + 6)`;

const takesPlace = `
  (not duty.withdrawn and not exists (select from cancelled_duty where cancelled_duty.duty_id = duty.id))`;

const beginsAt = "coalesce(lower(assignment.worked), duty.starts_at)";

const counted = `
  select ${rosterColumns},
    (select count(*) from assignment where assignment.roster_id = roster.id and assignment.to_version is null) as assigned,
    (select count(*) from duty
     where duty.depot_id = roster.depot_id and roster.period @> duty.service_date and ${takesPlace}
       and not exists (select from assignment where assignment.duty_id = duty.id and assignment.to_version is null)) as open
  from roster`;

type CountedRecord = RosterRecord & { assigned: number; open: number };
type LineRecord = DutyRecord & (AssignmentRecord | { id: null });

const toCounted = (record: CountedRecord): CountedRoster => ({
  roster: toRoster(record),
  assigned: record.assigned,
  open: record.open,
});

const toLine = (record: LineRecord): RosterLine => ({
  duty: toDuty(record),
  assignment: record.id === null ? null : toAssignment(record),
});
