import {
  AbsenceState,
  DayPart,
  type Absence as ProtoAbsence,
} from "@headway/contracts/gen/headway/hr/v1/absence_service_pb";
import { AbsenceKind } from "@headway/contracts/gen/headway/hr/v1/events_pb";
import type { components, paths } from "@headway/contracts/gen/openapi/dispatcher";
import { wordsOf } from "@headway/contracts/words";
import { made, ok } from "../inbound/answers.ts";
import type { Context } from "../inbound/context.ts";
import { handlersOf } from "../inbound/handlers.ts";
import type { Named } from "../outbound/names.ts";
import { nameOf } from "./drivers.ts";
import { isoOf, listed, pageOf, present } from "./wire.ts";

type Schemas = components["schemas"];

export const absences = handlersOf<paths, Context>()({
  "GET /absences": async ({ query, calls, names }) => {
    const { absences: found, page } = await calls.absences.listAbsences({
      depotId: query.depotId ?? "",
      employeeId: query.employeeId ?? "",
      firstDay: query.firstDay,
      lastDay: query.lastDay,
      page: pageOf(query),
    });
    const named = await names(found.map(({ employeeId }) => employeeId));
    return ok(
      listed(
        found.map((absence) => toAbsence(absence, named)),
        page,
      ),
    );
  },
  "POST /absences/request": async ({ body, calls, names }) => {
    const { absence } = await calls.absences.requestAbsence({ ...body, ...toProtoWhy(body) });
    return made(...(await answered(absence, names)));
  },
  "POST /absences/report": async ({ body, calls, names }) => {
    const { absence } = await calls.absences.reportAbsence({ ...body, ...toProtoWhy(body) });
    return made(...(await answered(absence, names)));
  },
  "POST /absences/{absenceId}/approve": async ({ path, ifMatch, calls, names }) => {
    const { absence } = await calls.absences.decideAbsence({ ...path, approved: true, expectedVersion: ifMatch });
    return ok(...(await answered(absence, names)));
  },
  "POST /absences/{absenceId}/deny": async ({ path, ifMatch, calls, names }) => {
    const { absence } = await calls.absences.decideAbsence({ ...path, approved: false, expectedVersion: ifMatch });
    return ok(...(await answered(absence, names)));
  },
  "POST /absences/{absenceId}/cancel": async ({ path, ifMatch, calls, names }) => {
    const { absence } = await calls.absences.cancelAbsence({ ...path, expectedVersion: ifMatch });
    return ok(...(await answered(absence, names)));
  },
});

const kinds = wordsOf<Schemas["AbsenceKind"], AbsenceKind>({
  vacation: AbsenceKind.VACATION,
  sick: AbsenceKind.SICK,
  training: AbsenceKind.TRAINING,
  unpaid: AbsenceKind.UNPAID,
  "no-show": AbsenceKind.NO_SHOW,
});
const states = wordsOf<Schemas["AbsenceState"], AbsenceState>({
  requested: AbsenceState.REQUESTED,
  approved: AbsenceState.APPROVED,
  denied: AbsenceState.DENIED,
  cancelled: AbsenceState.CANCELLED,
});
const parts = wordsOf<Schemas["DayPart"], DayPart>({
  full: DayPart.FULL,
  morning: DayPart.MORNING,
  afternoon: DayPart.AFTERNOON,
});

/** The whole day where no part is named. */
export const toProtoWhy = ({ kind, part }: Pick<Schemas["RequestAbsence"], "kind" | "part">) => ({
  kind: kinds.toProto(kind),
  part: parts.toProto(part ?? "full"),
});

/** An absence with its person's name, and its version. */
export const answered = async (
  absence: ProtoAbsence | undefined,
  names: Context["names"],
): Promise<[Schemas["Absence"], { version: number }]> => {
  const found = present(absence);
  return [toAbsence(found, await names([found.employeeId])), { version: found.version }];
};

export const toAbsence = (absence: ProtoAbsence, names: ReadonlyMap<string, Named>): Schemas["Absence"] => ({
  id: absence.id,
  employeeId: absence.employeeId,
  employeeNumber: names.get(absence.employeeId)?.number ?? null,
  employeeName: nameOf(absence.employeeId, names),
  kind: kinds.toWord(absence.kind),
  state: states.toWord(absence.state),
  firstDay: absence.firstDay,
  lastDay: absence.lastDay,
  part: parts.toWord(absence.part),
  starts: isoOf(present(absence.starts)),
  ends: isoOf(present(absence.ends)),
  version: absence.version,
});
