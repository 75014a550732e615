import type { EmployeeId } from "@headway/kernel/ids";
import { dateAt } from "@headway/kernel/service-day";
import type { PlainDate } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";
import type { Job } from "@headway/service/jobs";
import { sessionsBefore } from "../model/session.ts";
import type { User } from "../model/user.ts";
import type { DismissEmployeesInput } from "../usecases/dismiss-employees.ts";
import { type EndNotedNeeds, endNoted } from "./ended-sessions.ts";

export type LeaverJobNeeds = EndNotedNeeds & {
  readonly leavers: { whoLeftBefore(tx: Tx, day: PlainDate): Promise<readonly EmployeeId[]> };
  readonly dismissEmployees: Command<DismissEmployeesInput, readonly User[]>;
};

/** Takes access from people whose last day is over, everywhere on earth, and ends their sessions. */
export const makeLeaverJob = (needs: LeaverJobNeeds): Job => ({
  name: "dismiss-leavers",
  everyMs: 60_000,
  async run(now) {
    const { inTx, leavers, dismissEmployees } = needs;
    const day = dateAt(now, "-12:00");
    const dismissed = await inTx(async (tx) =>
      dismissEmployees(tx, { employees: await leavers.whoLeftBefore(tx, day) }),
    );
    for (const user of dismissed) await endNoted(needs, sessionsBefore(user));
  },
});
