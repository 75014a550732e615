import { create, toBinary } from "@bufbuild/protobuf";
import { DutyAssignedSchema } from "@headway/contracts/gen/headway/scheduling/v1/events_pb";
import { schedulingTopic } from "@headway/contracts/topics";
import { systemClock } from "@headway/kernel/clock";
import { newId } from "@headway/kernel/ids";
import type { BusMessage } from "@headway/messaging/bus";
import { type EventLog, eventLog, type Fact } from "@headway/messaging/event-log";
import type { Database } from "@headway/postgres/database";

type SchedulingTopic = typeof schedulingTopic;
type DutyFact = Extract<Fact<SchedulingTopic>, { readonly type: "DutyAssigned" }>;

/** As many as a large metro has assignments in a few days. */
const assignments = Array.from(
  { length: 4000 },
  (_, place) => `01930000-0000-7000-8000-${place.toString(16).padStart(12, "0")}`,
);
const places = new Map(assignments.map((id, place) => [id, place]));
const [roster, depot] = [newId(), newId()];

/** The fact of number `index`: assignments take turns, and the versions of each rise. */
export const dutyAssigned = (index: number): DutyFact => {
  const assignment = assignments[index % assignments.length] ?? "";
  const starts = 1_795_000_000 + 60 * (index % 1440);
  return {
    type: "DutyAssigned",
    aggregate: assignment,
    version: Math.floor(index / assignments.length) + 1,
    payload: {
      assignmentId: assignment,
      dutyId: newId(),
      driverId: newId(),
      rosterId: roster,
      depotId: depot,
      serviceDate: "2026-11-21",
      starts: { seconds: BigInt(starts) },
      ends: { seconds: BigInt(starts + 28_800) },
      rosterVersion: index,
      byPublication: false,
    },
  };
};

/** The same on its way. */
export const dutyMessage = (index: number): BusMessage => {
  const { type, aggregate, version, payload } = dutyAssigned(index);
  return {
    topic: schedulingTopic.name,
    key: aggregate,
    headers: {
      ce_id: newId(),
      ce_type: type,
      ce_time: "2026-11-21T08:00:00Z",
      ce_aggregateversion: String(version),
      ce_actor: "user:figures",
    },
    value: toBinary(DutyAssignedSchema, create(DutyAssignedSchema, payload)),
  };
};

/** The number of a fact, out of its message. */
export const indexOf = ({ key, headers }: BusMessage): number =>
  (places.get(key) ?? Number.NaN) + (Number(headers.ce_aggregateversion) - 1) * assignments.length;

/** The log of a dispatcher at work, in a trace. */
export const dutyLog = (wake: () => void = () => {}): EventLog<SchedulingTopic> => {
  const circumstances = {
    actor: `user:${newId()}`,
    session: "session-of-a-dispatcher",
    traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  };
  return eventLog({ topic: schedulingTopic, clock: systemClock, wake, circumstances: () => circumstances });
};

const together = 2000;

/** Leaves exactly `count` events in the log, none published, and the server at rest. */
export const fillLog = async (db: Database, count: number): Promise<void> => {
  await db.rows("truncate event_log");
  const log = dutyLog();
  for (let first = 0; first < count; first += together) {
    const facts = Array.from({ length: Math.min(together, count - first) }, (_, place) => dutyAssigned(first + place));
    await db.inTx((tx) => log.record(tx, facts));
  }
  await db.rows("analyze event_log");
  await db.rows("checkpoint");
};
