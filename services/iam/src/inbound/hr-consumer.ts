import { hrTopic } from "@headway/contracts/topics";
import { type DepotId, type EmployeeId, parseId } from "@headway/kernel/ids";
import { type PlainDate, parseDate } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";
import { consumer, ignored } from "@headway/messaging/consumer";
import type { FollowEmployeeInput } from "../usecases/follow-employee.ts";
import type { WelcomeEmployeeInput } from "../usecases/welcome-employee.ts";

export type HrConsumerNeeds = {
  readonly welcomeEmployee: Command<WelcomeEmployeeInput, void>;
  readonly followEmployee: Command<FollowEmployeeInput, void>;
  readonly leavers: { note(tx: Tx, employee: EmployeeId, lastDay: PlainDate): Promise<void> };
};

export const hrConsumer = ({ welcomeEmployee, followEmployee, leavers }: HrConsumerNeeds) =>
  consumer({
    name: "iam.hr",
    topic: hrTopic,
    on: {
      EmployeeHired: (tx, { event }) =>
        welcomeEmployee(tx, {
          employee: parseId<EmployeeId>(event.employeeId, "employee_id"),
          number: event.number,
          grant: { role: "driver", depots: [parseId<DepotId>(event.depotId, "depot_id")] },
        }),
      EmployeeMoved: (tx, { event }) =>
        followEmployee(tx, {
          employee: parseId<EmployeeId>(event.employeeId, "employee_id"),
          from: parseId<DepotId>(event.fromDepotId, "from_depot_id"),
          to: parseId<DepotId>(event.depotId, "depot_id"),
        }),
      EmployeeTerminated: (tx, { event }) =>
        leavers.note(tx, parseId<EmployeeId>(event.employeeId, "employee_id"), parseDate(event.lastDay, "last_day")),
      DepotOpened: ignored,
      ContractChanged: ignored,
      QualificationGranted: ignored,
      QualificationExpired: ignored,
      AbsenceRequested: ignored,
      AbsenceApproved: ignored,
      AbsenceDenied: ignored,
      AbsenceCancelled: ignored,
    },
  });
