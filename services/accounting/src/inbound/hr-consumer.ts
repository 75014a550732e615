import { hrTopic } from "@headway/contracts/topics";
import { type DepotId, type EmployeeId, parseId } from "@headway/kernel/ids";
import { parseDate, parseZone } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";
import { consumer, ignored } from "@headway/messaging/consumer";
import type { RecheckRateInput } from "../usecases/recheck-rate.ts";

export type HrConsumerNeeds = {
  readonly copies: { addDepot(tx: Tx, depot: DepotId, code: string, zone: string): Promise<void> };
  readonly recheckRate: Command<RecheckRateInput, void>;
};

export const hrConsumer = ({ copies, recheckRate }: HrConsumerNeeds) =>
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
      ContractChanged: (tx, { event }) =>
        recheckRate(tx, {
          driver: parseId<EmployeeId>(event.employeeId, "employee_id"),
          from: parseDate(event.validFrom, "valid_from"),
        }),
      QualificationGranted: ignored,
      QualificationExpired: ignored,
      AbsenceRequested: ignored,
      AbsenceApproved: ignored,
      AbsenceDenied: ignored,
      AbsenceCancelled: ignored,
    },
  });
