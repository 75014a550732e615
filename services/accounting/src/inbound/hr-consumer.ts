import { hrTopic } from "@headway/contracts/topics";
import { type DepotId, parseId } from "@headway/kernel/ids";
import { parseZone } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { consumer, ignored } from "@headway/messaging/consumer";

export type HrConsumerNeeds = {
  readonly copies: { addDepot(tx: Tx, depot: DepotId, code: string, zone: string): Promise<void> };
};

export const hrConsumer = ({ copies }: HrConsumerNeeds) =>
  consumer({
    name: "accounting.hr",
    topic: hrTopic,
    on: {
      DepotOpened: (tx, { event }) =>
        copies.addDepot(
          tx,
          parseId<DepotId>(event.depotId, "depot_id"),
          event.code,
          parseZone(event.timeZone, "time_zone"),
        ),
      EmployeeHired: ignored,
      EmployeeMoved: ignored,
      EmployeeTerminated: ignored,
      ContractChanged: ignored,
      QualificationGranted: ignored,
      QualificationExpired: ignored,
      AbsenceRequested: ignored,
      AbsenceApproved: ignored,
      AbsenceDenied: ignored,
      AbsenceCancelled: ignored,
    },
  });
