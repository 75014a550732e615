import { hrTopic } from "@headway/contracts/topics";
import { type DriverId, parseId } from "@headway/kernel/ids";
import type { Tx } from "@headway/kernel/tx";
import { consumer, ignored } from "@headway/messaging/consumer";

export type HrConsumerNeeds = {
  readonly drivers: { note(tx: Tx, driver: DriverId, number: string): Promise<void> };
};

export const hrConsumer = ({ drivers }: HrConsumerNeeds) =>
  consumer({
    name: "reporting.hr",
    topic: hrTopic,
    on: {
      EmployeeHired: (tx, { event }) =>
        drivers.note(tx, parseId<DriverId>(event.employeeId, "employee_id"), event.number),
      DepotOpened: ignored,
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
