import type { EmployeeId } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { execute, rows } from "@headway/postgres/transaction";

/** Employees whose last day is set, until it is over. hr's events of one person come in their order, so the newest is right. */
export const leaverRepository = {
  async note(tx: Tx, employee: EmployeeId, lastDay: PlainDate): Promise<void> {
    await execute(
      tx,
      "insert into leaver (employee_id, last_day) values ($1, $2) on conflict (employee_id) do update set last_day = excluded.last_day",
      [employee, lastDay.toString()],
    );
  },

  async whoLeftBefore(tx: Tx, day: PlainDate): Promise<readonly EmployeeId[]> {
    const records = await rows<{ employee_id: EmployeeId }>(
      tx,
      "select employee_id from leaver where last_day < $1 order by employee_id limit 500 for update skip locked",
      [day.toString()],
    );
    return records.map(({ employee_id }) => employee_id);
  },

  async settle(tx: Tx, employee: EmployeeId): Promise<void> {
    await execute(tx, "delete from leaver where employee_id = $1", [employee]);
  },
};
