import type { ServiceImpl } from "@connectrpc/connect";
import {
  OrphanState as ProtoOrphanState,
  type ReviewService,
} from "@headway/contracts/gen/headway/dispatch/v1/review_service_pb";
import { toInstant, toTimestamp } from "@headway/contracts/instant";
import { wordsOf } from "@headway/contracts/words";
import type { Clock } from "@headway/kernel/clock";
import { type AssignmentId, type DutyId, parseId, parseVersion } from "@headway/kernel/ids";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { actorOf, type Caller, callerOf, mayInDepot, type Role } from "@headway/service/caller";
import type { OrphanedSigning, OrphanState } from "../model/orphaned-signing.ts";
import type { SigningId } from "../model/signing.ts";
import type { dayQueries } from "../outbound/day-queries.ts";
import { dismissReasons } from "../outbound/dispatch-events.ts";
import type { orphanQueries } from "../outbound/orphan-repository.ts";
import type { DismissOrphanedSigningInput } from "../usecases/dismiss-orphaned-signing.ts";
import type { MatchOrphanedSigningInput } from "../usecases/match-orphaned-signing.ts";
import type { VerifyWorkedTimeInput } from "../usecases/verify-worked-time.ts";
import { toDayDuty } from "./day-duty.ts";
import { readDay, readNote, readWord } from "./reading.ts";
import { toSigningDto } from "./signing-service.ts";

export type ReviewServiceNeeds = {
  readonly inTx: Database["inTx"];
  readonly clock: Clock;
  readonly days: Pick<ReturnType<typeof dayQueries>, "get" | "reviews" | "ofAssignment">;
  readonly orphans: ReturnType<typeof orphanQueries>;
  readonly verifyWorkedTime: Command<VerifyWorkedTimeInput, void>;
  readonly matchOrphanedSigning: Command<MatchOrphanedSigningInput, void>;
  readonly dismissOrphanedSigning: Command<DismissOrphanedSigningInput, void>;
};

const dispatchers: readonly Role[] = ["dispatcher", "admin"];
const viewers: readonly Role[] = ["dispatcher", "payroll", "auditor", "admin"];

export const reviewService = (needs: ReviewServiceNeeds): ServiceImpl<typeof ReviewService> => {
  const { inTx, clock, days, orphans, verifyWorkedTime, matchOrphanedSigning, dismissOrphanedSigning } = needs;

  const orphanFor = async (caller: Caller, signingId: string): Promise<SigningId> => {
    const signing = parseId<SigningId>(signingId, "signingId");
    mayInDepot(caller, dispatchers, (await orphans.get(signing)).depot);
    return signing;
  };

  return {
    async listReviews(request, context) {
      const { depot, serviceDate } = readDay(request, callerOf(context), viewers);
      return { duties: (await days.reviews(depot, serviceDate)).map(toDayDuty) };
    },

    async verifyWorkedTime({ dutyId, assignmentId, expectedVersion, signedOffAt }, context) {
      const caller = callerOf(context);
      const { id: duty, depot } = await days.get(parseId<DutyId>(dutyId, "dutyId"));
      mayInDepot(caller, dispatchers, depot);
      const assignment = parseId<AssignmentId>(assignmentId, "assignmentId");
      const expected = parseVersion(expectedVersion, "expectedVersion");
      const signedOff = signedOffAt ? toInstant(signedOffAt, "signedOffAt") : null;
      const seen = { signedOff, by: actorOf(caller), now: clock.now() };
      await inTx((tx) => verifyWorkedTime(tx, { duty, assignment, expected, ...seen }));
      return { duty: toDayDuty(await days.get(duty)) };
    },

    async listOrphanedSignings(request, context) {
      const { depot, serviceDate } = readDay(request, callerOf(context), viewers);
      return { signings: (await orphans.list(depot, serviceDate, request.waiting)).map(toOrphanedSigning) };
    },

    async matchOrphanedSigning({ signingId, assignmentId }, context) {
      const caller = callerOf(context);
      const signing = await orphanFor(caller, signingId);
      const assignment = parseId<AssignmentId>(assignmentId, "assignmentId");
      const { id: duty, depot } = await days.ofAssignment(assignment);
      mayInDepot(caller, dispatchers, depot);
      const settled = { by: actorOf(caller), now: clock.now() };
      await inTx((tx) => matchOrphanedSigning(tx, { signing, duty, assignment, ...settled }));
      return { signing: toOrphanedSigning(await orphans.get(signing)), duty: toDayDuty(await days.get(duty)) };
    },

    async dismissOrphanedSigning({ signingId, reason, note }, context) {
      const caller = callerOf(context);
      const signing = await orphanFor(caller, signingId);
      const dismissal = { reason: readWord(dismissReasons, reason, "reason"), note: readNote(note) };
      const settled = { by: actorOf(caller), now: clock.now() };
      await inTx((tx) => dismissOrphanedSigning(tx, { signing, dismissal, ...settled }));
      return { signing: toOrphanedSigning(await orphans.get(signing)) };
    },
  };
};

const orphanStates = wordsOf<OrphanState, ProtoOrphanState>({
  waiting: ProtoOrphanState.WAITING,
  matched: ProtoOrphanState.MATCHED,
  dismissed: ProtoOrphanState.DISMISSED,
});

const toOrphanedSigning = ({ taken, state, receivedAt, settled, dismissal }: OrphanedSigning) => ({
  signing: toSigningDto(taken),
  state: orphanStates.toProto(state),
  receivedAt: toTimestamp(receivedAt),
  ...(settled ? { settledBy: settled.by, settledAt: toTimestamp(settled.at) } : {}),
  // Before it is matched this is only the one that it came too late for.
  assignmentId: state === "matched" ? (taken.assignment ?? "") : "",
  ...(dismissal ? { reason: dismissReasons.toProto(dismissal.reason), note: dismissal.note ?? "" } : {}),
});
