import type {
  Assignment as ProtoAssignment,
  Candidate as ProtoCandidate,
  RuleFinding as ProtoFinding,
  Roster as ProtoRoster,
} from "@headway/contracts/gen/headway/scheduling/v1/roster_service_pb";
import type { components, paths } from "@headway/contracts/gen/openapi/dispatcher";
import { made, ok } from "../inbound/answers.ts";
import type { Context } from "../inbound/context.ts";
import { handlersOf } from "../inbound/handlers.ts";
import type { Named, Names } from "../outbound/names.ts";
import { driverOf, driverOrNone } from "./drivers.ts";
import { isoOf, isoOrNull, listed, orNull, pageOf, present } from "./wire.ts";

type Schemas = components["schemas"];

export const rosters = handlersOf<paths, Context>()({
  "GET /rosters": async ({ query, calls }) => {
    const { rosters: found, page } = await calls.rosters.listRosters({
      depotId: query.depotId ?? "",
      page: pageOf(query),
    });
    return ok(listed(found.map(toRoster), page));
  },
  "POST /rosters": async ({ body, calls }) => {
    const roster = toRoster(present((await calls.rosters.openRoster(body)).roster));
    return made(roster, { version: roster.version, location: `/rosters/${roster.id}` });
  },
  "GET /rosters/{rosterId}": async ({ path, calls }) => {
    const roster = toRoster(present((await calls.rosters.getRoster(path)).roster));
    return ok(roster, { version: roster.version });
  },
  "POST /rosters/{rosterId}/fill": async ({ path, ifMatch, calls }) => {
    const filled = await calls.rosters.fillRoster({ ...path, expectedVersion: ifMatch });
    const roster = toRoster(present(filled.roster));
    return ok({ roster, assigned: filled.assigned, open: filled.open }, { version: roster.version });
  },
  "POST /rosters/{rosterId}/publish": async ({ path, ifMatch, calls }) => {
    const { roster } = await calls.rosters.publishRoster({ ...path, expectedVersion: ifMatch });
    return ok(toRoster(present(roster)), { version: present(roster).version });
  },
  "GET /rosters/{rosterId}/assignments": async ({ path, query, calls, names }) => {
    const { assignments, page } = await calls.rosters.listAssignments({
      ...path,
      rosterVersion: query.rosterVersion ?? 0,
      page: pageOf(query),
    });
    return ok(listed(await toAssignments(assignments, names), page));
  },
  "POST /assignments": async ({ body, calls, names }) => {
    const { assignment, findings } = await calls.rosters.assignDuty(body);
    const stands = await withNames(present(assignment), names);
    return made({ assignment: stands, findings: findings.map(toFinding) }, { version: stands.version });
  },
  "POST /assignments/{assignmentId}/release": async ({ path, ifMatch, calls, names }) => {
    const { assignment } = await calls.rosters.releaseDuty({ ...path, expectedVersion: ifMatch });
    const released = await withNames(present(assignment), names);
    return ok(released, { version: released.version });
  },
  "GET /duties/{dutyId}/candidates": async ({ path, calls, names }) => {
    const { fit, leftOut } = await calls.rosters.listCandidates(path);
    const named = await names([...fit, ...leftOut].map(({ driverId }) => driverId));
    const toNamed = (candidate: ProtoCandidate) => toCandidate(candidate, named);
    return ok({ fit: fit.map(toNamed), leftOut: leftOut.map(toNamed) });
  },
  "GET /drivers/{driverId}/duties": async ({ path, query, calls, names }) => {
    const { assignments } = await calls.rosters.listDriverDuties({ ...path, ...query });
    return ok({ items: await toAssignments(assignments, names) });
  },
});

const toRoster = (roster: ProtoRoster): Schemas["Roster"] => ({
  id: roster.id,
  depotId: roster.depotId,
  firstDay: roster.firstDay,
  lastDay: roster.lastDay,
  rosterVersion: roster.rosterVersion,
  assigned: roster.assigned,
  open: roster.open,
  publishedAt: isoOrNull(roster.publishedAt),
  version: roster.version,
});

const withNames = async (assignment: ProtoAssignment, names: Names): Promise<Schemas["Assignment"]> =>
  toAssignment(assignment, await names([assignment.driverId]));

/** Assignments with their drivers' names, asked for at once. */
export const toAssignments = async (
  assignments: readonly ProtoAssignment[],
  names: Names,
): Promise<Schemas["Assignment"][]> => {
  const named = await names(assignments.map(({ driverId }) => driverId));
  return assignments.map((assignment) => toAssignment(assignment, named));
};

const toAssignment = (assignment: ProtoAssignment, names: ReadonlyMap<string, Named>): Schemas["Assignment"] => ({
  id: orNull(assignment.id),
  dutyId: assignment.dutyId,
  ...driverOrNone(assignment.driverId, names),
  rosterId: orNull(assignment.rosterId),
  depotId: assignment.depotId,
  serviceDate: assignment.serviceDate,
  runId: assignment.runId,
  starts: isoOf(present(assignment.starts)),
  ends: isoOf(present(assignment.ends)),
  workMinutes: assignment.workMinutes,
  qualification: assignment.qualification,
  version: assignment.version,
});

const toFinding = ({ rule, ruleVersion, error, measured, limit, message }: ProtoFinding): Schemas["RuleFinding"] => ({
  rule,
  ruleVersion,
  error,
  measured,
  limit,
  message,
});

const toCandidate = (candidate: ProtoCandidate, names: ReadonlyMap<string, Named>): Schemas["Candidate"] => ({
  ...driverOf(candidate.driverId, names),
  weekMinutes: candidate.weekMinutes,
  contractMinutes: candidate.contractMinutes,
  findings: candidate.findings.map(toFinding),
});
