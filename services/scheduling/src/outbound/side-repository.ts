import type { AssignmentId } from "@headway/kernel/ids";
import { earlier, later } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { around } from "../model/check.ts";
import type { Side } from "../model/exchange.ts";
import { assignmentRepository } from "./assignment-repository.ts";
import { driverRepository } from "./driver-repository.ts";
import { dutyRepository } from "./duty-repository.ts";

/** The two drivers of a swap with what they hold around both duties. */
export const sideRepository = {
  /** Both drivers and both duties are locked, so that nobody gives or takes away what is read. Refused with `assignment.unknown`. */
  async lock(tx: Tx, [offered, wanted]: readonly [AssignmentId, AssignmentId]): Promise<readonly [Side, Side]> {
    const seen = [await assignmentRepository.find(tx, offered), await assignmentRepository.find(tx, wanted)];
    await driverRepository.lock(
      tx,
      seen.map(({ assignment }) => assignment.driver),
    );
    await dutyRepository.lockAll(
      tx,
      seen.map(({ duty }) => duty.id),
    );
    const mine = await assignmentRepository.find(tx, offered);
    const theirs = await assignmentRepository.find(tx, wanted);
    const [first, second] = [around(mine.duty), around(theirs.duty)];
    const time = { starts: earlier(first.starts, second.starts), ends: later(first.ends, second.ends) };
    return [
      { gives: mine, driver: await driverRepository.find(tx, mine.assignment.driver, time) },
      { gives: theirs, driver: await driverRepository.find(tx, theirs.assignment.driver, time) },
    ];
  },
};
