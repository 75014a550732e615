import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import type { CancelCause } from "@headway/contracts/gen/headway/dispatch/v1/events_pb";
import { DepotService } from "@headway/contracts/gen/headway/hr/v1/depot_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import type { Topic } from "@headway/contracts/topic";
import { dispatchTopic, hrTopic, overtimeTopic, planningTopic, schedulingTopic } from "@headway/contracts/topics";
import type { Instant } from "@headway/kernel/clock";
import { type DepotId, newId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import type { BusMessage } from "@headway/messaging/bus";
import type { Person, Role } from "@headway/service/caller";
import { type ServiceUnderTest, serviceUnderTest } from "@headway/service/service-under-test";
import { reporting } from "../src/container.ts";
import type { LogStretch } from "../src/outbound/shadow.ts";

export const day = "2026-11-23";
export const at = (minute: number): Instant => Temporal.Instant.from("2026-11-23T04:00:00Z").add({ minutes: minute });
const stamp = (minute: number) => toTimestamp(at(minute));

export const aCaller = (role: Role, depots: readonly DepotId[] | null = null): Person => ({
  kind: "person",
  user: newId(),
  session: "s",
  employee: null,
  grants: [{ role, depots }],
});
export const admin = aCaller("admin");

/** Reporting, and around it services that have logs and tell what is in them. */
export type Metro = {
  readonly service: ServiceUnderTest;
  /** Notes an event in its service's log without telling it yet. */
  readonly log: (message: BusMessage) => BusMessage;
  /** Notes an event in its service's log and tells it. */
  readonly tell: (...messages: readonly BusMessage[]) => Promise<void>;
  /** Tells what is in the log. */
  readonly deliver: (messages: readonly BusMessage[]) => Promise<void>;
  /** Called before each reading of a log. */
  onRead: (source: string, after: bigint) => Promise<void>;
};

export const aMetro = async (stretch = 2000): Promise<Metro> => {
  const logs = new Map<string, BusMessage[]>();
  const logOf = (topic: string): BusMessage[] => {
    const log = logs.get(topic) ?? [];
    logs.set(topic, log);
    return log;
  };
  const readLog = async (source: string, after: bigint): Promise<LogStretch> => {
    await metro.onRead(source, after);
    const messages = logOf(`headway.${source}.v1`).slice(Number(after), Number(after) + stretch);
    return { messages, last: after + BigInt(messages.length), isEnd: messages.length < stretch };
  };
  const service = await serviceUnderTest(reporting, {
    overrides: { readLog },
    // Of hr, only what reporting asks for.
    others: (router) => router.rpc(DepotService.method.listDepots, () => ({ depots: [{ id: depot }] })),
  });
  const log = (message: BusMessage): BusMessage => {
    logOf(message.topic).push(message);
    return message;
  };
  const deliver = (messages: readonly BusMessage[]) => service.hosted.ground.bus.publish(messages);
  const metro: Metro = {
    service,
    log,
    deliver,
    tell: (...messages) => deliver(messages.map(log)),
    onRead: async () => {},
  };
  return metro;
};

export const message = <T extends Topic, Type extends keyof T["types"] & string>(
  topic: T,
  type: Type,
  payload: MessageInitShape<T["types"][Type]>,
  { aggregate, version, minute }: { aggregate: string; version: number; minute: number },
): BusMessage => {
  const schema = topic.types[type];
  if (!schema) throw new Error(`${topic.name} has no event type ${type}.`);
  return {
    topic: topic.name,
    key: aggregate,
    headers: {
      ce_id: newId(),
      ce_type: type,
      ce_time: at(minute).toString(),
      ce_aggregateversion: String(version),
      ce_actor: "service:test",
    },
    value: toBinary(schema, create(schema, payload)),
  };
};

export const depot: DepotId = newId();

export type DutySaid = { readonly id: string; readonly run: string; readonly depot: DepotId; readonly day: string };
export const aDuty = (over: Partial<DutySaid> = {}): DutySaid => ({ id: newId(), run: "A-1", depot, day, ...over });

const worked = { starts: stamp(60), ends: stamp(540) };

export const planned = ({ id, run, depot, day }: DutySaid, version = 1, starts = 60) =>
  message(
    planningTopic,
    version === 1 ? "DutyPlanned" : "DutyChanged",
    {
      duty: {
        id,
        depotId: depot,
        serviceDate: day,
        runId: run,
        qualification: run.slice(0, 1),
        line: run.slice(0, 1),
        starts: stamp(starts),
        ends: stamp(540),
        pieces: [
          { blockId: "A-101", starts: stamp(starts), ends: stamp(280) },
          { blockId: "A-102", starts: stamp(320), ends: stamp(540) },
        ],
      },
    },
    { aggregate: id, version, minute: version },
  );

export const withdrawn = ({ id }: DutySaid, version = 2) =>
  message(planningTopic, "DutyWithdrawn", { dutyId: id }, { aggregate: id, version, minute: version });

export type Assignment = { readonly assignmentId: string; readonly driverId: string };
export const anAssignment = (driverId: string = newId()): Assignment => ({ assignmentId: newId(), driverId });

export const assigned = (duty: DutySaid, of: Assignment, minute = 10, version = 1) =>
  message(
    schedulingTopic,
    "DutyAssigned",
    { ...of, ...worked, dutyId: duty.id, depotId: duty.depot, serviceDate: duty.day, rosterVersion: version },
    { aggregate: duty.id, version, minute },
  );

export const released = (duty: DutySaid, of: Assignment, minute = 20, version = 2) =>
  message(schedulingTopic, "DutyReleased", { ...of, dutyId: duty.id }, { aggregate: duty.id, version, minute });

export const activated = (duty: DutySaid) =>
  message(
    dispatchTopic,
    "DayActivated",
    { depotId: duty.depot, serviceDate: duty.day },
    { aggregate: `${duty.depot} ${duty.day}`, version: 1, minute: 30 },
  );

type OfDriver = "DriverLate" | "DriverMissed" | "DriverSignedOn" | "BreakStarted" | "BreakEnded" | "DriverSignedOff";

/** Dispatch tells of a driver; `version` counts what it tells of the duty. */
export const dispatched = (type: OfDriver, duty: DutySaid, of: Assignment, minute: number, version = minute) =>
  message(dispatchTopic, type, { ...of, dutyId: duty.id, at: stamp(minute) }, { aggregate: duty.id, version, minute });

export const cancelled = (duty: DutySaid, cause: CancelCause, minute: number) =>
  message(dispatchTopic, "DutyCancelled", { dutyId: duty.id, cause }, { aggregate: duty.id, version: minute, minute });

export const hired = (employeeId: string, number: string) =>
  message(hrTopic, "EmployeeHired", { employeeId, number }, { aggregate: employeeId, version: 1, minute: 0 });

export const workedDay = (
  driverId: string,
  serviceDate: string,
  minutes: { readonly BASE: number } & Readonly<Record<string, number>>,
  { revision = 1, depotId = depot }: { revision?: number; depotId?: DepotId } = {},
) =>
  message(
    overtimeTopic,
    "WorkedDayCalculated",
    {
      driverId,
      depotId,
      serviceDate,
      revision,
      workedMinutes: minutes.BASE,
      components: Object.entries(minutes).map(([code, minutes]) => ({ code, minutes })),
    },
    { aggregate: `${driverId} ${serviceDate}`, version: revision, minute: 600 },
  );
