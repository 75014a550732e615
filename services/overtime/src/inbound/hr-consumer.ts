import { hrTopic } from "@headway/contracts/topics";
import { type DepotId, type DriverId, parseId } from "@headway/kernel/ids";
import { parseDate, parseZone } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";
import { consumer, ignored } from "@headway/messaging/consumer";
import type { ContractTold, DepotTold, DriverTold, Telling } from "../model/facts.ts";

export type HrConsumerNeeds = {
  readonly facts: {
    lockToTell(tx: Tx, telling: Telling): Promise<void>;
    keepDriver(tx: Tx, driver: DriverTold): Promise<void>;
  };
  readonly takeDepot: Command<DepotTold, void>;
  readonly takeContract: Command<ContractTold, void>;
};

export const hrConsumer = ({ facts, takeDepot, takeContract }: HrConsumerNeeds) =>
  consumer({
    name: "overtime.hr",
    topic: hrTopic,
    before: (tx, batch) =>
      facts.lockToTell(tx, {
        drivers: batch.flatMap(({ event }) =>
          "employeeId" in event ? [parseId<DriverId>(event.employeeId, "employee_id")] : [],
        ),
        opensDepot: batch.some(({ type }) => type === "DepotOpened"),
      }),
    on: {
      DepotOpened: (tx, { event }) =>
        takeDepot(tx, {
          depot: parseId<DepotId>(event.depotId, "depot_id"),
          zone: parseZone(event.timeZone, "time_zone"),
        }),
      EmployeeHired: (tx, { event, version }) => facts.keepDriver(tx, toDriver(event, version)),
      EmployeeMoved: (tx, { event, version }) => facts.keepDriver(tx, toDriver(event, version)),
      ContractChanged: (tx, { event }) =>
        takeContract(tx, {
          driver: parseId<DriverId>(event.employeeId, "employee_id"),
          agreement: event.agreement,
          weeklyMinutes: event.weeklyMinutes,
          from: parseDate(event.validFrom, "valid_from"),
        }),
      EmployeeTerminated: ignored,
      QualificationGranted: ignored,
      QualificationExpired: ignored,
      AbsenceRequested: ignored,
      AbsenceApproved: ignored,
      AbsenceDenied: ignored,
      AbsenceCancelled: ignored,
    },
  });

/** Who may see their pay depends on the depot where they report. */
const toDriver = (event: { employeeId: string; depotId: string }, version: number): DriverTold => ({
  driver: parseId<DriverId>(event.employeeId, "employee_id"),
  depot: parseId<DepotId>(event.depotId, "depot_id"),
  version,
});
