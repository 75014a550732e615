import { missing } from "@headway/kernel/domain-error";
import type { AssignmentId, DriverId, DutyId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import { lostRace } from "@headway/kernel/lost-race";
import type { Tx } from "@headway/kernel/tx";
import { execute, rows } from "@headway/postgres/transaction";
import type { Assignment, Held } from "../model/assignment.ts";
import type { Duty } from "../model/duty.ts";
import {
  type AssignmentRecord,
  assignmentColumns,
  type DutyRecord,
  dutyColumns,
  toAssignment,
  toHeld,
} from "./held-records.ts";

const held = `select ${assignmentColumns}, ${dutyColumns} from assignment join duty on duty.id = assignment.duty_id`;

/** Reads see what the locks of the drivers, the duties and the roster keep still; only a roster's change writes, but for the state of the day. */
export const assignmentRepository = {
  /** Refused with `assignment.unknown`. */
  async find(tx: Tx, id: AssignmentId): Promise<Held> {
    const [record] = await rows<AssignmentRecord & DutyRecord>(tx, `${held} where assignment.id = $1`, [id]);
    if (!record) throw missing("assignment.unknown", "There is no such assignment.");
    return toHeld(record);
  },

  async holderOf(tx: Tx, duty: DutyId): Promise<Assignment | null> {
    const [record] = await rows<AssignmentRecord>(
      tx,
      `select ${assignmentColumns} from assignment where duty_id = $1 and to_version is null`,
      [duty],
    );
    return record ? toAssignment(record) : null;
  },

  async standingIn(tx: Tx, duties: readonly Duty[]): Promise<Held[]> {
    const ids = duties.map(({ id }) => id);
    const records = await rows<AssignmentRecord & DutyRecord>(
      tx,
      `${held} where assignment.duty_id = any($1) and assignment.to_version is null order by assignment.duty_id`,
      [ids],
    );
    return records.map(toHeld);
  },

  /** What the driver has before them: nothing that has been signed on. */
  async heldBy(tx: Tx, driver: DriverId): Promise<Held[]> {
    const records = await rows<AssignmentRecord & DutyRecord>(
      tx,
      `${held} where assignment.driver_id = $1 and assignment.to_version is null and assignment.state = 'assigned'`,
      [driver],
    );
    return records.map(toHeld);
  },

  async heldAround(tx: Tx, drivers: readonly DriverId[], { starts, ends }: Interval): Promise<Held[]> {
    const records = await rows<AssignmentRecord & DutyRecord>(
      tx,
      `${held} where assignment.driver_id = any($1) and assignment.to_version is null and assignment.worked && tstzrange($2, $3)`,
      [drivers, starts.toString(), ends.toString()],
    );
    return records.map(toHeld);
  },

  async save(tx: Tx, { id, state, version }: Assignment): Promise<void> {
    const saved = await execute(
      tx,
      "update assignment set state = $2, version = $3 where id = $1 and version = $3 - 1",
      [id, state, version],
    );
    if (saved === 0) throw lostRace("assignment");
  },
};
