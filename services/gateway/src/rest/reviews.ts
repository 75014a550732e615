import { DismissReason } from "@headway/contracts/gen/headway/dispatch/v1/events_pb";
import {
  OrphanState,
  type OrphanedSigning as ProtoOrphanedSigning,
} from "@headway/contracts/gen/headway/dispatch/v1/review_service_pb";
import type { components, paths } from "@headway/contracts/gen/openapi/dispatcher";
import { wordsOf } from "@headway/contracts/words";
import { ok } from "../inbound/answers.ts";
import type { Context } from "../inbound/context.ts";
import { handlersOf } from "../inbound/handlers.ts";
import type { Named } from "../outbound/names.ts";
import { answeredDuty, driversOn, toDayDuty } from "./days.ts";
import { driverOf } from "./drivers.ts";
import { toSigning } from "./signings.ts";
import { isoOf, isoOrNull, orNull, present, timestampOf } from "./wire.ts";

type Schemas = components["schemas"];

export const reviews = handlersOf<paths, Context>()({
  "GET /depots/{depotId}/days/{serviceDate}/reviews": async ({ path, calls, names }) => {
    const { duties } = await calls.reviews.listReviews(path);
    const named = await names(duties.flatMap(driversOn));
    return ok({ items: duties.map((duty) => toDayDuty(duty, named)) });
  },
  "POST /day-duties/{dutyId}/assignments/{assignmentId}/verify": async ({ path, body, ifMatch, calls, names }) => {
    const { duty } = await calls.reviews.verifyWorkedTime({
      ...path,
      expectedVersion: ifMatch,
      ...(body.signedOffAt === undefined ? {} : { signedOffAt: timestampOf(body.signedOffAt, "body/signedOffAt") }),
    });
    return ok(...(await answeredDuty(duty, names)));
  },
  "GET /depots/{depotId}/days/{serviceDate}/orphaned-signings": async ({ path, query, calls, names }) => {
    const { signings } = await calls.reviews.listOrphanedSignings({ ...path, waiting: query.waiting ?? false });
    const named = await names(signings.map(({ signing }) => present(signing).driverId));
    return ok({ items: signings.map((orphan) => toOrphanedSigning(orphan, named)) });
  },
  "POST /orphaned-signings/{signingId}/match": async ({ path, body, calls, names }) => {
    const { signing, duty } = await calls.reviews.matchOrphanedSigning({ ...path, ...body });
    const [matched, stands] = [present(signing), present(duty)];
    const named = await names([present(matched.signing).driverId, ...driversOn(stands)]);
    return ok({ signing: toOrphanedSigning(matched, named), duty: toDayDuty(stands, named) });
  },
  "POST /orphaned-signings/{signingId}/dismiss": async ({ path, body, calls, names }) => {
    const { signing } = await calls.reviews.dismissOrphanedSigning({
      ...path,
      reason: dismissReasons.toProto(body.reason),
      note: body.note ?? "",
    });
    const dismissed = present(signing);
    return ok(toOrphanedSigning(dismissed, await names([present(dismissed.signing).driverId])));
  },
});

const orphanStates = wordsOf<Schemas["OrphanState"], OrphanState>({
  waiting: OrphanState.WAITING,
  matched: OrphanState.MATCHED,
  dismissed: OrphanState.DISMISSED,
});
const dismissReasons = wordsOf<Schemas["DismissReason"], DismissReason>({
  "counted-already": DismissReason.COUNTED_ALREADY,
  "not-worked": DismissReason.NOT_WORKED,
  mistake: DismissReason.MISTAKE,
  other: DismissReason.OTHER,
});

const toOrphanedSigning = (
  orphan: ProtoOrphanedSigning,
  names: ReadonlyMap<string, Named>,
): Schemas["OrphanedSigning"] => {
  const signing = toSigning(present(orphan.signing));
  return {
    ...signing,
    ...driverOf(signing.driverId, names),
    receivedAt: isoOf(present(orphan.receivedAt)),
    state: orphanStates.toWord(orphan.state),
    settledBy: orNull(orphan.settledBy),
    settledAt: isoOrNull(orphan.settledAt),
    assignmentId: orNull(orphan.assignmentId),
    reason: orphan.reason === DismissReason.UNSPECIFIED ? null : dismissReasons.toWord(orphan.reason),
    note: orNull(orphan.note),
  };
};
