import { type Signing, SigningKind } from "@headway/contracts/gen/headway/dispatch/v1/signing_service_pb";
import type { Assignment } from "@headway/contracts/gen/headway/scheduling/v1/roster_service_pb";
import type { paths } from "@headway/contracts/gen/openapi/mobile";
import type { Temporal } from "@headway/kernel/time";
import { employeeOf } from "@headway/service/caller";
import { ok } from "../inbound/answers.ts";
import type { Context } from "../inbound/context.ts";
import { handlersOf } from "../inbound/handlers.ts";
import { toAssignments } from "./rosters.ts";
import { toProtoSigning, toSigning, toSignResult } from "./signings.ts";
import { present } from "./wire.ts";

export const myWork = handlersOf<paths, Context>()({
  "GET /me/duties": async ({ query, caller, calls, names }) => {
    const { assignments } = await calls.rosters.listDriverDuties({ driverId: employeeOf(caller), ...query });
    return ok({ items: await toAssignments(assignments, names) });
  },
  "GET /me/next-duty": async ({ caller, calls, names, clock }) => {
    const span = aroundToday(clock.now());
    const driverId = employeeOf(caller);
    const [{ assignments }, { signings }] = await Promise.all([
      calls.rosters.listDriverDuties({ driverId, ...span }),
      calls.signings.listSignings({ driverId, ...span }),
    ]);
    const next = nextOf(assignments, signings, clock.now());
    const [duty] = await toAssignments(next ? [next] : [], names);
    const last = next && lastFor(next, signings);
    return ok({ duty: duty ?? null, lastSigning: last ? toSigning(last) : null, now: clock.now().toString() });
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

const aheadDays = 14;

/** A duty of yesterday may still be on, in every zone. */
const aroundToday = (now: Temporal.Instant): { readonly firstDay: string; readonly lastDay: string } => {
  const today = now.toZonedDateTimeISO("UTC").toPlainDate();
  return { firstDay: today.subtract({ days: 2 }).toString(), lastDay: today.add({ days: aheadDays }).toString() };
};

/** The duty that was begun and not ended, else the first that is not over. */
const nextOf = (
  assignments: readonly Assignment[],
  signings: readonly Signing[],
  now: Temporal.Instant,
): Assignment | null => {
  const isOff = (duty: Assignment) => lastFor(duty, signings)?.kind === SigningKind.SIGN_OFF;
  const isOver = ({ ends }: Assignment) => Number(present(ends).seconds) * 1000 <= now.epochMilliseconds;
  const isOn = (duty: Assignment) => lastFor(duty, signings) !== null && !isOff(duty);
  return assignments.find(isOn) ?? assignments.find((duty) => !isOver(duty) && !isOff(duty)) ?? null;
};

const lastFor = ({ dutyId }: Assignment, signings: readonly Signing[]): Signing | null =>
  signings.findLast((signing) => signing.dutyId === dutyId) ?? null;
