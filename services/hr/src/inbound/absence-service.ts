import type { ServiceImpl } from "@connectrpc/connect";
import {
  type AbsenceService,
  DayPart as ProtoPart,
  AbsenceState as ProtoState,
} from "@headway/contracts/gen/headway/hr/v1/absence_service_pb";
import type { AbsenceKind as ProtoKind } from "@headway/contracts/gen/headway/hr/v1/events_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { wordsOf } from "@headway/contracts/words";
import { denied, invalid } from "@headway/kernel/domain-error";
import { type DepotId, type EmployeeId, parseId, parseVersion } from "@headway/kernel/ids";
import { parseDate } from "@headway/kernel/time";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { parsePage } from "@headway/postgres/keyset";
import { type Caller, callerOf, depotsOf, isSelf, mayInDepot, type Role } from "@headway/service/caller";
import type { Absence, AbsenceId, AbsenceState, DayPart, NewAbsence } from "../model/absence.ts";
import type { Depot } from "../model/depot.ts";
import type { absenceQueries } from "../outbound/absence-repository.ts";
import type { depotQueries } from "../outbound/depot-repository.ts";
import { absenceKinds } from "../outbound/hr-events.ts";
import type { CancelAbsenceInput } from "../usecases/cancel-absence.ts";
import type { DecideAbsenceInput } from "../usecases/decide-absence.ts";

export type AbsenceServiceNeeds = {
  readonly inTx: Database["inTx"];
  readonly requestAbsence: Command<NewAbsence, Absence>;
  readonly reportAbsence: Command<NewAbsence, Absence>;
  readonly decideAbsence: Command<DecideAbsenceInput, Absence>;
  readonly cancelAbsence: Command<CancelAbsenceInput, Absence>;
  readonly absences: Pick<ReturnType<typeof absenceQueries>, "get" | "list">;
  readonly depots: Pick<ReturnType<typeof depotQueries>, "ofEmployee">;
};

const reporters: readonly Role[] = ["dispatcher", "hr", "admin"];
const deciders: readonly Role[] = ["hr", "admin"];
const viewers: readonly Role[] = ["dispatcher", "planner", "hr", "auditor", "admin"];

export const absenceService = (needs: AbsenceServiceNeeds): ServiceImpl<typeof AbsenceService> => {
  const { inTx, requestAbsence, reportAbsence, decideAbsence, cancelAbsence, absences, depots } = needs;

  const begin = async (caller: Caller, said: NewAbsenceDto, order: Command<NewAbsence, Absence>) => {
    const employee = parseId<EmployeeId>(said.employeeId, "employeeId");
    const depot = await depots.ofEmployee(employee);
    if (!isSelf(caller, employee)) mayInDepot(caller, reporters, depot.id);
    const absence = toNewAbsence(said, employee, depot);
    return { absence: toAbsence(await inTx((tx) => order(tx, absence))) };
  };

  return {
    requestAbsence: (request, context) => begin(callerOf(context), request, requestAbsence),
    reportAbsence: (request, context) => begin(callerOf(context), request, reportAbsence),

    async decideAbsence({ absenceId, expectedVersion, approved }, context) {
      const absence = parseId<AbsenceId>(absenceId, "absenceId");
      const expected = parseVersion(expectedVersion, "expectedVersion");
      mayInDepot(callerOf(context), deciders, (await absences.get(absence)).depot);
      return { absence: toAbsence(await inTx((tx) => decideAbsence(tx, { absence, expected, approved }))) };
    },

    async cancelAbsence({ absenceId, expectedVersion }, context) {
      const absence = parseId<AbsenceId>(absenceId, "absenceId");
      const expected = parseVersion(expectedVersion, "expectedVersion");
      const { employee, depot } = await absences.get(absence);
      const caller = callerOf(context);
      if (!isSelf(caller, employee)) mayInDepot(caller, deciders, depot);
      return { absence: toAbsence(await inTx((tx) => cancelAbsence(tx, { absence, expected }))) };
    },

    async listAbsences({ depotId, employeeId, firstDay, lastDay, page }, context) {
      const caller = callerOf(context);
      const employee = employeeId === "" ? null : parseId<EmployeeId>(employeeId, "employeeId");
      const depot = depotId === "" ? null : parseId<DepotId>(depotId, "depotId");
      const own = employee !== null && isSelf(caller, employee);
      if (depot) mayInDepot(caller, viewers, depot);
      const seen = own ? null : depotsOf(caller, viewers);
      if (seen?.length === 0) throw denied("caller.others", "You may see your own absences only.");
      const { items, next } = await absences.list({
        depots: depot ? [depot] : seen,
        employee,
        firstDay: parseDate(firstDay, "firstDay"),
        lastDay: parseDate(lastDay, "lastDay"),
        page: parsePage(page, ["instant", "uuid"]),
      });
      return { absences: items.map(toAbsence), page: { next } };
    },
  };
};

type NewAbsenceDto = { employeeId: string; kind: ProtoKind; firstDay: string; lastDay: string; part: ProtoPart };

const parts = wordsOf<DayPart, ProtoPart>({
  full: ProtoPart.FULL,
  morning: ProtoPart.MORNING,
  afternoon: ProtoPart.AFTERNOON,
});
const states = wordsOf<AbsenceState, ProtoState>({
  requested: ProtoState.REQUESTED,
  approved: ProtoState.APPROVED,
  denied: ProtoState.DENIED,
  cancelled: ProtoState.CANCELLED,
});

const toNewAbsence = (said: NewAbsenceDto, employee: EmployeeId, { id: depot, zone }: Depot): NewAbsence => {
  const kind = absenceKinds.toWord(said.kind);
  if (kind === "no-show")
    throw invalid("field.not-allowed", "kind must say why: vacation, sick, training or unpaid.", { field: "kind" });
  return {
    employee,
    depot,
    kind,
    firstDay: parseDate(said.firstDay, "firstDay"),
    lastDay: parseDate(said.lastDay, "lastDay"),
    part: parts.toWord(said.part),
    zone,
  };
};

const toAbsence = ({ id, employee, kind, state, firstDay, lastDay, part, away, version }: Absence) => ({
  id,
  employeeId: employee,
  kind: absenceKinds.toProto(kind),
  state: states.toProto(state),
  firstDay: firstDay.toString(),
  lastDay: lastDay.toString(),
  part: parts.toProto(part),
  starts: toTimestamp(away.starts),
  ends: toTimestamp(away.ends),
  version,
});
