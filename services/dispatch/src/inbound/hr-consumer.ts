import { hrTopic } from "@headway/contracts/topics";
import { type DepotId, type DriverId, parseId } from "@headway/kernel/ids";
import { parseZone } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { consumer, ignored } from "@headway/messaging/consumer";

export type HrConsumerNeeds = {
  readonly copies: {
    addDepot(tx: Tx, depot: DepotId, zone: string): Promise<void>;
    putDriver(tx: Tx, driver: DriverId, depot: DepotId): Promise<void>;
  };
};

/** Keeps what dispatch needs to know of people and depots; absences reach it through the roster. */
export const hrConsumer = ({ copies }: HrConsumerNeeds) => {
  const putDriver = (tx: Tx, { employeeId, depotId }: { employeeId: string; depotId: string }) =>
    copies.putDriver(tx, parseId<DriverId>(employeeId, "employee_id"), parseId<DepotId>(depotId, "depot_id"));
  return consumer({
    name: "dispatch.hr",
    topic: hrTopic,
    on: {
      DepotOpened: (tx, { event }) =>
        copies.addDepot(tx, parseId<DepotId>(event.depotId, "depot_id"), parseZone(event.timeZone, "time_zone")),
      EmployeeHired: (tx, { event }) => putDriver(tx, event),
      EmployeeMoved: (tx, { event }) => putDriver(tx, event),
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
};
