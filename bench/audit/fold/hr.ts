import { AbsenceKind } from "@headway/contracts/gen/headway/hr/v1/events_pb";
import type { hrTopic } from "@headway/contracts/topics";
import type { Fact } from "../compare.ts";
import { known, type Told, timeText } from "../told.ts";

/** What hr's log comes to. */
export const foldHr = () => {
  const depots = new Map<string, Fact>();
  const employees = new Map<string, Fact>();
  const contracts = new Map<string, Fact>();
  const qualifications = new Map<string, Fact>();
  const absences = new Map<string, Fact>();

  const change = (map: Map<string, Fact>, key: string, fields: Fact): void =>
    void map.set(key, { ...known(map, key), ...fields });

  const hear = (told: Told<typeof hrTopic>): void => {
    switch (told.type) {
      case "DepotOpened":
        depots.set(told.event.depotId, { code: told.event.code, zone: told.event.timeZone });
        break;
      case "EmployeeHired": {
        const { employeeId, number, depotId: depot, hiredOn } = told.event;
        employees.set(employeeId, { number, depot, hired_on: hiredOn, last_day: null });
        break;
      }
      case "EmployeeMoved":
        change(employees, told.event.employeeId, { depot: told.event.depotId });
        break;
      case "EmployeeTerminated":
        change(employees, told.event.employeeId, { last_day: told.event.lastDay });
        break;
      case "ContractChanged": {
        const { contractId, employeeId, agreement, weeklyMinutes, validFrom } = told.event;
        const terms = { agreement, weekly_minutes: weeklyMinutes, valid_from: validFrom };
        contracts.set(contractId, { employee: employeeId, ...terms });
        break;
      }
      case "QualificationGranted": {
        const { employeeId, code, validFrom, validUntil } = told.event;
        qualifications.set(`${employeeId} ${code} ${validFrom}`, {
          valid_until: validUntil === "" ? null : validUntil,
          expiry_told: false,
        });
        break;
      }
      case "QualificationExpired":
        expire(qualifications, told.event);
        break;
      case "AbsenceRequested":
      case "AbsenceApproved": {
        const { absenceId, employeeId, kind, starts, ends } = told.event;
        const state = told.type === "AbsenceApproved" ? "approved" : "requested";
        absences.set(absenceId, {
          employee: employeeId,
          kind: kindOf(kind),
          state,
          starts: timeText(starts),
          ends: timeText(ends),
        });
        break;
      }
      case "AbsenceDenied":
        change(absences, told.event.absenceId, { state: "denied" });
        break;
      case "AbsenceCancelled":
        change(absences, told.event.absenceId, { state: "cancelled" });
        break;
    }
  };

  return { hear, depots, employees, contracts, qualifications, absences };
};

const kindOf = (kind: AbsenceKind): string => (AbsenceKind[kind] ?? "").toLowerCase().replaceAll("_", "-");

type Expired = { readonly employeeId: string; readonly code: string; readonly validUntil: string };

// The event does not say from when it held: all that ended on the day have expired.
const expire = (qualifications: Map<string, Fact>, { employeeId, code, validUntil }: Expired): void => {
  for (const [key, fact] of qualifications)
    if (key.startsWith(`${employeeId} ${code} `) && fact.valid_until === validUntil)
      qualifications.set(key, { ...fact, expiry_told: true });
};
