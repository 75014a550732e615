import { toInstant } from "@headway/contracts/instant";
import { hrTopic } from "@headway/contracts/topics";
import { type DepotId, type DriverId, parseId } from "@headway/kernel/ids";
import { parseDate } from "@headway/kernel/time";
import type { Command } from "@headway/kernel/tx";
import { consumer, ignored } from "@headway/messaging/consumer";
import type { AbsenceId } from "../model/away.ts";
import type { copiesRepository } from "../outbound/copies-repository.ts";
import type { ReleaseDriverInput } from "../usecases/release-driver.ts";

export type HrConsumerNeeds = {
  readonly copies: Pick<typeof copiesRepository, "addDepot" | "hire" | "putContract" | "grant" | "removeAbsence">;
  readonly releaseDriver: Command<ReleaseDriverInput, void>;
};

const driverOf = ({ employeeId }: { employeeId: string }): DriverId => parseId<DriverId>(employeeId, "employee_id");

const absenceOf = ({ absenceId }: { absenceId: string }): AbsenceId => parseId<AbsenceId>(absenceId, "absence_id");

/** People as hr knows them; who goes, moves or falls ill gives up their duties. */
export const hrConsumer = ({ copies, releaseDriver }: HrConsumerNeeds) =>
  consumer({
    name: "scheduling.hr",
    topic: hrTopic,
    on: {
      DepotOpened: (tx, { event }) => copies.addDepot(tx, parseId<DepotId>(event.depotId, "depot_id")),
      EmployeeHired: (tx, { event }) =>
        copies.hire(tx, driverOf(event), {
          number: event.number,
          depot: parseId<DepotId>(event.depotId, "depot_id"),
          on: parseDate(event.hiredOn, "hired_on"),
        }),
      EmployeeMoved: (tx, { event, at }) => {
        const away = { cause: "moved", depot: parseId<DepotId>(event.depotId, "depot_id"), at } as const;
        return releaseDriver(tx, { driver: driverOf(event), away });
      },
      EmployeeTerminated: (tx, { event }) =>
        releaseDriver(tx, {
          driver: driverOf(event),
          away: { cause: "terminated", lastDay: parseDate(event.lastDay, "last_day") },
        }),
      ContractChanged: (tx, { event }) =>
        copies.putContract(tx, driverOf(event), {
          from: parseDate(event.validFrom, "valid_from"),
          agreement: event.agreement,
          weeklyMinutes: event.weeklyMinutes,
        }),
      QualificationGranted: (tx, { event }) =>
        copies.grant(tx, driverOf(event), {
          code: event.code,
          from: parseDate(event.validFrom, "valid_from"),
          until: event.validUntil === "" ? null : parseDate(event.validUntil, "valid_until"),
        }),
      AbsenceApproved: (tx, { event }) => {
        const time = { starts: toInstant(event.starts, "starts"), ends: toInstant(event.ends, "ends") };
        const away = { cause: "absence", absence: absenceOf(event), time } as const;
        return releaseDriver(tx, { driver: driverOf(event), away });
      },
      AbsenceCancelled: (tx, { event }) => copies.removeAbsence(tx, absenceOf(event)),
      // The grant said until when.
      QualificationExpired: ignored,
      AbsenceRequested: ignored,
      AbsenceDenied: ignored,
    },
  });
