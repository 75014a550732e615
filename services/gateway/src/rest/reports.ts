import {
  BoardState,
  type BoardDuty as ProtoBoardDuty,
} from "@headway/contracts/gen/headway/reporting/v1/report_service_pb";
import type { components, paths } from "@headway/contracts/gen/openapi/dispatcher";
import { wordsOf } from "@headway/contracts/words";
import { ok } from "../inbound/answers.ts";
import type { Context } from "../inbound/context.ts";
import { handlersOf } from "../inbound/handlers.ts";
import type { Named } from "../outbound/names.ts";
import { causeOrNull } from "./days.ts";
import { driverOf, driverOrNone, nameOf } from "./drivers.ts";
import { isoOf, isoOrNull, listed, orNull, pageOf, present, timestampOf } from "./wire.ts";

type Schemas = components["schemas"];

export const reports = handlersOf<paths, Context>()({
  "GET /depots/{depotId}/days/{serviceDate}/board": async ({ path, calls, names }) => {
    const { duties, activated, now } = await calls.reports.getDayBoard(path);
    const named = await names(duties.flatMap(({ driverId, missedBy }) => [driverId, missedBy]));
    return ok({ ...path, activated, now: isoOf(present(now)), duties: duties.map((duty) => toBoardDuty(duty, named)) });
  },
  "GET /depots/{depotId}/roster-matrix": async ({ path, query, calls, names }) => {
    const { cells } = await calls.reports.getRosterMatrix({
      ...path,
      firstDay: query.firstDay,
      lastDay: query.lastDay,
      ...(query.knownAt === undefined ? {} : { knownAt: timestampOf(query.knownAt, "query/knownAt") }),
    });
    const named = await names(cells.map(({ driverId }) => driverId));
    const items = cells.map(({ driverId, serviceDate, dutyId, runId, starts, ends, rosterVersion }) => ({
      ...driverOf(driverId, named),
      serviceDate,
      dutyId,
      runId,
      starts: isoOf(present(starts)),
      ends: isoOf(present(ends)),
      rosterVersion,
    }));
    return ok({ items });
  },
  "GET /pay-summary": async ({ query, calls, names }) => {
    const { drivers, page } = await calls.reports.getPaySummary({
      depotId: query.depotId ?? "",
      firstDay: query.firstDay,
      lastDay: query.lastDay,
      page: pageOf(query),
    });
    const named = await names(drivers.map(({ driverId }) => driverId));
    const items = drivers.map(({ driverId, workedMinutes, minutes }) => ({
      ...driverOf(driverId, named),
      workedMinutes,
      minutes,
    }));
    return ok(listed(items, page));
  },
  "POST /reports/rebuild": async ({ calls }) => ok({ events: Number((await calls.reports.rebuildReports({})).events) }),
});

const states = wordsOf<Schemas["BoardState"], BoardState>({
  covered: BoardState.COVERED,
  "on-duty": BoardState.ON_DUTY,
  "on-break": BoardState.ON_BREAK,
  late: BoardState.LATE,
  missed: BoardState.MISSED,
  open: BoardState.OPEN,
  cancelled: BoardState.CANCELLED,
  done: BoardState.DONE,
  "needs-review": BoardState.NEEDS_REVIEW,
});

const toBoardDuty = (duty: ProtoBoardDuty, names: ReadonlyMap<string, Named>): Schemas["BoardDuty"] => ({
  dutyId: duty.dutyId,
  runId: duty.runId,
  line: duty.line,
  ...driverOrNone(duty.driverId, names),
  state: states.toWord(duty.state),
  starts: isoOf(present(duty.starts)),
  ends: isoOf(present(duty.ends)),
  signedOnAt: isoOrNull(duty.signedOnAt),
  signedOffAt: isoOrNull(duty.signedOffAt),
  pieces: duty.pieces.map(({ blockId, starts, ends }) => ({
    blockId,
    starts: isoOf(present(starts)),
    ends: isoOf(present(ends)),
  })),
  missedById: orNull(duty.missedBy),
  missedByName: nameOf(duty.missedBy, names),
  cancelCause: causeOrNull(duty.cancelCause),
  changedAt: isoOrNull(duty.changedAt),
  breakSince: isoOrNull(duty.breakSince),
});
