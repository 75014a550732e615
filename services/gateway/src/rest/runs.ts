import type { Duty as ProtoDuty } from "@headway/contracts/gen/headway/planning/v1/events_pb";
import type { Block as ProtoBlock, Run as ProtoRun } from "@headway/contracts/gen/headway/planning/v1/run_service_pb";
import type { components, paths } from "@headway/contracts/gen/openapi/dispatcher";
import { ok } from "../inbound/answers.ts";
import type { Context } from "../inbound/context.ts";
import { handlersOf } from "../inbound/handlers.ts";
import { isoOf, listed, pageOf, present } from "./wire.ts";

type Schemas = components["schemas"];

export const runs = handlersOf<paths, Context>()({
  "POST /feeds/{feedId}/cut": async ({ path, body, calls }) => {
    const { blocks, runs: cut, straightRuns, splitRuns, workMinutes } = await calls.runs.cutRuns({ ...path, ...body });
    return ok({ blocks, runs: cut, straightRuns, splitRuns, workMinutes });
  },
  "GET /feeds/{feedId}/blocks": async ({ path, query, calls }) => {
    const { blocks, page } = await calls.runs.listBlocks({
      ...path,
      serviceDate: query.serviceDate,
      page: pageOf(query),
    });
    return ok(listed(blocks.map(toBlock), page));
  },
  "GET /feeds/{feedId}/runs": async ({ path, query, calls }) => {
    const { runs: found, page } = await calls.runs.listRuns({
      ...path,
      serviceDate: query.serviceDate,
      page: pageOf(query),
    });
    return ok(listed(found.map(toRun), page));
  },
  "GET /feeds/{feedId}/trip-runs": async ({ path, query, calls }) => {
    const { trips } = await calls.runs.listTripRuns({ ...path, serviceDate: query.serviceDate });
    return ok({ items: trips.map(({ tripId, serviceId, runIds }) => ({ tripId, serviceId, runIds })) });
  },
  "POST /feeds/{feedId}/plan": async ({ path, body, calls }) => {
    const { planned, changed, withdrawn, unchanged, underWay } = await calls.runs.planDuties({ ...path, ...body });
    return ok({ planned, changed, withdrawn, unchanged, underWay });
  },
  "GET /duties": async ({ query, calls }) => {
    const { duties, page } = await calls.runs.listDuties({
      depotId: query.depotId ?? "",
      firstDay: query.firstDay,
      lastDay: query.lastDay,
      page: pageOf(query),
    });
    return ok(listed(duties.map(toDuty), page));
  },
});

const toBlock = ({ blockId, serviceId, line, starts, ends, trips }: ProtoBlock): Schemas["Block"] => ({
  blockId,
  serviceId,
  line,
  starts,
  ends,
  trips,
});

const toRun = (run: ProtoRun): Schemas["Run"] => ({
  serviceId: run.serviceId,
  runId: run.runId,
  line: run.line,
  starts: run.starts,
  ends: run.ends,
  workMinutes: run.workMinutes,
  spreadMinutes: run.spreadMinutes,
  pieces: run.pieces.map(({ blockId, starts, ends, startPlace, endPlace, tripIds }) => ({
    blockId,
    starts,
    ends,
    startPlace,
    endPlace,
    tripIds,
  })),
});

const toDuty = (duty: ProtoDuty): Schemas["Duty"] => ({
  id: duty.id,
  depotId: duty.depotId,
  serviceDate: duty.serviceDate,
  serviceId: duty.serviceId,
  runId: duty.runId,
  starts: isoOf(present(duty.starts)),
  ends: isoOf(present(duty.ends)),
  pieces: duty.pieces.map(({ blockId, starts, ends, startPlace, endPlace, trips }) => ({
    blockId,
    starts: isoOf(present(starts)),
    ends: isoOf(present(ends)),
    startPlace,
    endPlace,
    trips,
  })),
  workMinutes: duty.workMinutes,
  qualification: duty.qualification,
  version: duty.version,
});
