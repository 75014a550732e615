import type { MessageInitShape } from "@bufbuild/protobuf";
import type { DutySchema } from "@headway/contracts/gen/headway/planning/v1/events_pb";
import { toTimestamp } from "@headway/contracts/instant";
import type { planningTopic } from "@headway/contracts/topics";
import type { Tx } from "@headway/kernel/tx";
import type { EventLog, Fact } from "@headway/messaging/event-log";
import type { Duty, DutyEvent } from "../model/duty/duty.ts";

/** What the model tells, as the events that others hear. */
export const planningEvents = (log: EventLog<typeof planningTopic>) => ({
  record: (tx: Tx, events: readonly DutyEvent[]): Promise<void> => log.record(tx, events.map(toFact)),
});

const toFact = ({ type, duty }: DutyEvent): Fact<typeof planningTopic> => {
  const about = { aggregate: duty.id, version: duty.version };
  return type === "DutyWithdrawn"
    ? { type, ...about, payload: { dutyId: duty.id, depotId: duty.depot, serviceDate: duty.date.toString() } }
    : { type, ...about, payload: { duty: toDutyMessage(duty) } };
};

export const toDutyMessage = (duty: Duty): MessageInitShape<typeof DutySchema> => ({
  id: duty.id,
  depotId: duty.depot,
  serviceDate: duty.date.toString(),
  serviceId: duty.service,
  runId: duty.run,
  starts: toTimestamp(duty.starts),
  ends: toTimestamp(duty.ends),
  pieces: duty.pieces.map(({ block, starts, ends, startPlace, endPlace, trips }) => ({
    blockId: block,
    starts: toTimestamp(starts),
    ends: toTimestamp(ends),
    startPlace,
    endPlace,
    trips,
  })),
  workMinutes: duty.workMinutes,
  qualification: duty.line,
  line: duty.line,
  version: duty.version,
});
