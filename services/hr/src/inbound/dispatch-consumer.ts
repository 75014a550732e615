import { toInstant } from "@headway/contracts/instant";
import { dispatchTopic } from "@headway/contracts/topics";
import { type EmployeeId, parseId } from "@headway/kernel/ids";
import type { Command } from "@headway/kernel/tx";
import { consumer, ignored } from "@headway/messaging/consumer";
import type { NoteNoShowInput } from "../usecases/note-no-show.ts";

export type DispatchConsumerNeeds = { readonly noteNoShow: Command<NoteNoShowInput, void> };

export const dispatchConsumer = ({ noteNoShow }: DispatchConsumerNeeds) =>
  consumer({
    name: "hr.dispatch",
    topic: dispatchTopic,
    on: {
      DriverMissed: (tx, { event }) =>
        noteNoShow(tx, {
          employee: parseId<EmployeeId>(event.driverId, "driver_id"),
          away: { starts: toInstant(event.starts, "starts"), ends: toInstant(event.ends, "ends") },
        }),
      DayActivated: ignored,
      DriverSignedOn: ignored,
      DriverLate: ignored,
      BreakStarted: ignored,
      BreakEnded: ignored,
      DriverSignedOff: ignored,
      WorkedTimeRecorded: ignored,
      WorkedTimeVerified: ignored,
      ReplacementPicked: ignored,
      DutyCancelled: ignored,
      DutyReactivated: ignored,
      SigningOrphaned: ignored,
      SigningMatched: ignored,
      SigningDismissed: ignored,
    },
  });
