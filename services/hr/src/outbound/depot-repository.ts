import { conflict, missing } from "@headway/kernel/domain-error";
import type { DepotId, EmployeeId } from "@headway/kernel/ids";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { onViolation } from "@headway/postgres/failure";
import { execute, rows } from "@headway/postgres/transaction";
import type { Depot } from "../model/depot.ts";

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

  async byCode(tx: Tx): Promise<ReadonlyMap<string, DepotId>> {
    const records = await rows<{ code: string; id: DepotId }>(tx, "select code, id from depot order by code");
    return new Map(records.map(({ code, id }) => [code, id]));
  },
};

export const depotQueries = ({ rows }: Database) => ({
  /** By code. */
  async list(): Promise<readonly Depot[]> {
    const records = await rows<DepotRecord>("select id, code, name, time_zone, version from depot order by code");
    return records.map(toModel);
  },

  /** Where somebody reports. Refused with `employee.unknown`. */
  async ofEmployee(id: EmployeeId): Promise<Depot> {
    const [record] = await rows<DepotRecord>(
      "select depot.id, depot.code, depot.name, depot.time_zone, depot.version from depot join employee on employee.depot_id = depot.id where employee.id = $1",
      [id],
    );
    if (!record) throw missing("employee.unknown", "There is no such employee.");
    return toModel(record);
  },
});

type DepotRecord = Pick<Depot, "id" | "code" | "name" | "version"> & { time_zone: string };

const toModel = ({ id, code, name, time_zone, version }: DepotRecord): Depot => ({
  id,
  code,
  name,
  zone: time_zone,
  version,
});
