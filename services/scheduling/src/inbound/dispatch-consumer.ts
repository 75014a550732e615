import { dispatchTopic } from "@headway/contracts/topics";
import { type AssignmentId, type DutyId, parseId } from "@headway/kernel/ids";
import type { Command } from "@headway/kernel/tx";
import { consumer, ignored } from "@headway/messaging/consumer";
import type { dutyRepository } from "../outbound/duty-repository.ts";
import type { FollowSigningInput } from "../usecases/follow-signing.ts";
import type { RelieveDriverInput } from "../usecases/relieve-driver.ts";

export type DispatchConsumerNeeds = {
  readonly duties: Pick<typeof dutyRepository, "reactivate">;
  readonly cancelDuty: Command<DutyId, void>;
  readonly followSigning: Command<FollowSigningInput, void>;
  readonly relieveDriver: Command<RelieveDriverInput, void>;
};

/** What becomes of the day. Who missed a duty loses it by the absence that hr makes of it, or by `coverDuty`. */
export const dispatchConsumer = ({ duties, cancelDuty, followSigning, relieveDriver }: DispatchConsumerNeeds) =>
  consumer({
    name: "scheduling.dispatch",
    topic: dispatchTopic,
    on: {
      DriverSignedOn: (tx, { event }) => followSigning(tx, { ...heldOf(event), order: "SignOn" }),
      DriverSignedOff: (tx, { event }) =>
        event.relieved ? relieveDriver(tx, heldOf(event)) : followSigning(tx, { ...heldOf(event), order: "SignOff" }),
      DutyCancelled: (tx, { event }) => cancelDuty(tx, dutyOf(event)),
      DutyReactivated: (tx, { event }) => duties.reactivate(tx, dutyOf(event)),
      DayActivated: ignored,
      DriverLate: ignored,
      DriverMissed: ignored,
      BreakStarted: ignored,
      BreakEnded: ignored,
      WorkedTimeRecorded: ignored,
      WorkedTimeVerified: ignored,
      ReplacementPicked: ignored,
      SigningOrphaned: ignored,
      SigningMatched: ignored,
      SigningDismissed: ignored,
    },
  });

const dutyOf = ({ dutyId }: { readonly dutyId: string }): DutyId => parseId<DutyId>(dutyId, "duty_id");

const heldOf = (event: { readonly dutyId: string; readonly assignmentId: string }) => ({
  duty: dutyOf(event),
  assignment: parseId<AssignmentId>(event.assignmentId, "assignment_id"),
});
