import type { paths } from "@headway/contracts/gen/openapi/mobile";
import { employeeOf } from "@headway/service/caller";
import { ok } from "../inbound/answers.ts";
import type { Context } from "../inbound/context.ts";
import { handlersOf } from "../inbound/handlers.ts";
import { toAssignments } from "./rosters.ts";
import { toProtoSigning, toSigning, toSignResult } from "./signings.ts";

export const myWork = handlersOf<paths, Context>()({
  "GET /me/duties": async ({ query, caller, calls, names }) => {
    const { assignments } = await calls.rosters.listDriverDuties({ driverId: employeeOf(caller), ...query });
    return ok({ items: await toAssignments(assignments, names) });
  },
  "GET /me/next-duty": async ({ caller, calls, names, clock }) => {
    const { dutyId, serviceDate, lastSigning } = await calls.signings.getNextDuty({});
    const span = { firstDay: serviceDate, lastDay: serviceDate };
    const { assignments } =
      dutyId === ""
        ? { assignments: [] }
        : await calls.rosters.listDriverDuties({ driverId: employeeOf(caller), ...span });
    const [duty = null] = await toAssignments(
      assignments.filter((assignment) => assignment.dutyId === dutyId),
      names,
    );
    return ok({
      duty,
      lastSigning: duty && lastSigning ? toSigning(lastSigning) : null,
      now: clock.now().toString(),
    });
  },
  "GET /me/signings": async ({ query, caller, calls }) => {
    const { signings } = await calls.signings.listSignings({ driverId: employeeOf(caller), ...query });
    return ok({ items: signings.map(toSigning) });
  },
  "POST /me/signings": async ({ body, caller, calls, names }) => {
    const signing = toProtoSigning({ ...body, driverId: employeeOf(caller) }, "body/at");
    return ok(await toSignResult(await calls.signings.sign({ signing }), names));
  },
});
