import { conflict, missing } from "@headway/kernel/domain-error";
import type { EmployeeId } from "@headway/kernel/ids";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { onViolation } from "@headway/postgres/failure";
import { execute, rows } from "@headway/postgres/transaction";
import type { Depot } from "../model/depot.ts";

const depotSql = "select depot.id, depot.code, depot.name, depot.time_zone, depot.version from depot";
const ofEmployeeSql = `${depotSql} join employee on employee.depot_id = depot.id where employee.id = $1`;

export const depotRepository = {
  /** Refused with `depot.code-taken`. */
  async add(tx: Tx, { id, code, name, zone, version }: Depot): Promise<void> {
    await execute(tx, "insert into depot (id, code, name, time_zone, version) values ($1, $2, $3, $4, $5)", [
      id,
      code,
      name,
      zone,
      version,
    ]).catch(
      onViolation({
        depot_code_taken: () => conflict("depot.code-taken", `There is a depot ${code} already.`, { field: "code" }),
      }),
    );
  },

  async byCode(tx: Tx): Promise<ReadonlyMap<string, Depot>> {
    const records = await rows<DepotRecord>(tx, `${depotSql} order by code`);
    return new Map(records.map((record) => [record.code, toModel(record)]));
  },

  /** Where somebody reports. Refused with `employee.unknown`. */
  async ofEmployee(tx: Tx, id: EmployeeId): Promise<Depot> {
    return theOnly(await rows<DepotRecord>(tx, ofEmployeeSql, [id]));
  },
};

export const depotQueries = ({ rows }: Database) => ({
  /** By code. */
  async list(): Promise<readonly Depot[]> {
    const records = await rows<DepotRecord>(`${depotSql} order by code`);
    return records.map(toModel);
  },

  /** Where somebody reports. Refused with `employee.unknown`. */
  async ofEmployee(id: EmployeeId): Promise<Depot> {
    return theOnly(await rows<DepotRecord>(ofEmployeeSql, [id]));
  },
});

type DepotRecord = Pick<Depot, "id" | "code" | "name" | "version"> & { time_zone: string };

const theOnly = ([record]: readonly DepotRecord[]): Depot => {
  if (!record) throw missing("employee.unknown", "There is no such employee.");
  return toModel(record);
};

const toModel = ({ id, code, name, time_zone, version }: DepotRecord): Depot => ({
  id,
  code,
  name,
  zone: time_zone,
  version,
});
