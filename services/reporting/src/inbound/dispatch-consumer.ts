import { toInstant } from "@headway/contracts/instant";
import { dispatchTopic } from "@headway/contracts/topics";
import { type AssignmentId, type DepotId, type DriverId, type DutyId, parseId } from "@headway/kernel/ids";
import { type PlainDate, parseDate } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";
import { consumer, type Heard, ignored } from "@headway/messaging/consumer";
import type { DayFact } from "../model/duty-day.ts";
import type { NoteDayInput } from "../usecases/note-day.ts";
import { cancelCauses } from "./cancel-cause.ts";

export type DispatchConsumerNeeds = {
  readonly noteDay: Command<NoteDayInput, void>;
  readonly days: { activate(tx: Tx, depot: DepotId, day: PlainDate): Promise<void> };
};

export const dispatchConsumer = ({ noteDay, days }: DispatchConsumerNeeds) => {
  const note = (tx: Tx, { event: { dutyId } }: Heard<{ dutyId: string }>, fact: DayFact) =>
    noteDay(tx, { duty: parseId<DutyId>(dutyId, "duty_id"), fact });
  const ofDriver =
    (type: "late" | "missed" | "signed-on" | "break-started" | "break-ended" | "picked") =>
    (tx: Tx, heard: Heard<OfDriverDto>) =>
      note(tx, heard, { type, ...toSaid(heard), ...toDriver(heard) });
  return consumer({
    name: "reporting.dispatch",
    topic: dispatchTopic,
    on: {
      DayActivated: (tx, { event }) =>
        days.activate(tx, parseId<DepotId>(event.depotId, "depot_id"), parseDate(event.serviceDate, "service_date")),
      DriverLate: ofDriver("late"),
      DriverMissed: ofDriver("missed"),
      DriverSignedOn: ofDriver("signed-on"),
      BreakStarted: ofDriver("break-started"),
      BreakEnded: ofDriver("break-ended"),
      ReplacementPicked: ofDriver("picked"),
      DriverSignedOff: (tx, heard) => {
        const { bySystem, relieved } = heard.event;
        const by = relieved ? "relief" : bySystem ? "system" : "driver";
        return note(tx, heard, { type: "signed-off", by, ...toSaid(heard), ...toDriver(heard) });
      },
      WorkedTimeRecorded: (tx, heard) =>
        note(tx, heard, { type: "worked", needsReview: heard.event.needsReview, ...toSaid(heard), ...toDriver(heard) }),
      WorkedTimeVerified: (tx, heard) => {
        const signedOff = toInstant(heard.event.signedOffAt, "signed_off_at");
        return note(tx, heard, { type: "verified", signedOff, ...toSaid(heard), ...toDriver(heard) });
      },
      DutyCancelled: (tx, heard) =>
        note(tx, heard, { type: "cancelled", cause: cancelCauses.toWord(heard.event.cause), ...toSaid(heard) }),
      DutyReactivated: (tx, heard) => note(tx, heard, { type: "reactivated", ...toSaid(heard) }),
      // They fit no assignment, so they change no bar; what a matched one changes is told as if it had fitted at once.
      SigningOrphaned: ignored,
      SigningMatched: ignored,
      SigningDismissed: ignored,
    },
  });
};

type OfDriverDto = { dutyId: string; assignmentId: string; driverId: string };

const toSaid = ({ version, at }: Heard<unknown>) => ({ version, at });

const toDriver = ({ event: { assignmentId, driverId } }: Heard<OfDriverDto>) => ({
  assignment: parseId<AssignmentId>(assignmentId, "assignment_id"),
  driver: parseId<DriverId>(driverId, "driver_id"),
});
