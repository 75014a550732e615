import { conflict, missing } from "@headway/kernel/domain-error";
import type { DepotId, EmployeeId, Version } from "@headway/kernel/ids";
import { lostRace, mustStandAt } from "@headway/kernel/lost-race";
import { type PlainDate, Temporal } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { onViolation } from "@headway/postgres/failure";
import { instantOf } from "@headway/postgres/instants";
import { type Page, type PageWanted, toPage } from "@headway/postgres/keyset";
import { execute, rows } from "@headway/postgres/transaction";
import type { Absence, AbsenceId } from "../model/absence.ts";

/** An absence with its person's depot; wants a where-clause. */
const absenceSql = `
  select absence.id, employee_id, employee.depot_id, kind, state, absence.first_day, absence.last_day, part, lower(away) as starts, upper(away) as ends, absence.version
  from absence join employee on employee.id = employee_id`;

export const absenceRepository = {
  /** Refused with `absence.unknown` or `absence.changed`. */
  async lock(tx: Tx, id: AbsenceId, expected: Version): Promise<Absence> {
    const [record] = await rows<AbsenceRecord>(tx, `${absenceSql} where absence.id = $1 for update of absence`, [id]);
    if (!record) throw missing("absence.unknown", "There is no such absence.");
    mustStandAt(expected, "absence", record);
    return toModel(record);
  },

  /** Refused with `absence.overlaps`; a no-show may lie within another absence. */
  async add(tx: Tx, absence: Absence): Promise<void> {
    const { id, employee, kind, state, firstDay, lastDay, part, away, version } = absence;
    await execute(
      tx,
      `insert into absence (id, employee_id, kind, state, first_day, last_day, part, away, version)
       values ($1, $2, $3, $4, $5, $6, $7, tstzrange($8, $9), $10)`,
      [
        id,
        employee,
        kind,
        state,
        firstDay.toString(),
        lastDay.toString(),
        part,
        away.starts.toString(),
        away.ends.toString(),
        version,
      ],
    ).catch(
      onViolation({
        absence_no_overlap: () =>
          conflict("absence.overlaps", "There is an absence in this time already.", { field: "firstDay" }),
      }),
    );
  },

  async save(tx: Tx, { id, state, version }: Absence): Promise<void> {
    const saved = await execute(tx, "update absence set state = $2, version = $3 where id = $1 and version = $3 - 1", [
      id,
      state,
      version,
    ]);
    if (saved === 0) throw lostRace("absence");
  },
};

export type AbsencesWanted = {
  readonly depots: readonly DepotId[] | null;
  readonly employee: EmployeeId | null;
  readonly firstDay: PlainDate;
  readonly lastDay: PlainDate;
  readonly page: PageWanted;
};

export const absenceQueries = (db: Database) => ({
  /** Refused with `absence.unknown`. */
  async get(id: AbsenceId): Promise<Absence> {
    const [record] = await db.rows<AbsenceRecord>(`${absenceSql} where absence.id = $1`, [id]);
    if (!record) throw missing("absence.unknown", "There is no such absence.");
    return toModel(record);
  },

  /** By start. */
  async list({ depots, employee, firstDay, lastDay, page }: AbsencesWanted): Promise<Page<Absence>> {
    const records = await db.rows<AbsenceRecord>(
      `${absenceSql}
       where ($1::uuid[] is null or depot_id = any($1)) and ($2::uuid is null or employee_id = $2)
         and absence.last_day >= $3 and absence.first_day <= $4 and ($5::timestamptz is null or (lower(away), absence.id) > ($5, $6::uuid))
       order by lower(away), absence.id limit $7`,
      [
        depots,
        employee,
        firstDay.toString(),
        lastDay.toString(),
        page.after?.[0] ?? null,
        page.after?.[1] ?? null,
        page.size + 1,
      ],
    );
    return toPage(records.map(toModel), page.size, ({ away, id }) => [away.starts.toString(), id]);
  },
});

type AbsenceRecord = Pick<Absence, "id" | "kind" | "state" | "part" | "version"> & {
  employee_id: EmployeeId;
  depot_id: DepotId;
  first_day: string;
  last_day: string;
  starts: string;
  ends: string;
};

const toModel = (record: AbsenceRecord): Absence => ({
  id: record.id,
  employee: record.employee_id,
  depot: record.depot_id,
  kind: record.kind,
  state: record.state,
  firstDay: Temporal.PlainDate.from(record.first_day),
  lastDay: Temporal.PlainDate.from(record.last_day),
  part: record.part,
  away: { starts: instantOf(record.starts), ends: instantOf(record.ends) },
  version: record.version,
});
