import { create, toBinary } from "@bufbuild/protobuf";
import { WorkedKind, WorkedTimeRecordedSchema } from "@headway/contracts/gen/headway/dispatch/v1/events_pb";
import { ContractChangedSchema, DepotOpenedSchema } from "@headway/contracts/gen/headway/hr/v1/events_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { dispatchTopic, hrTopic } from "@headway/contracts/topics";
import { type DriverId, newId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import type { BusMessage } from "@headway/messaging/bus";
import { handleOnce } from "@headway/messaging/inbox";
import { serviceUnderTest } from "@headway/service/service-under-test";
import { expect, onTestFinished, test } from "vitest";
import { overtime } from "../src/container.ts";
import { dispatchConsumer } from "../src/inbound/dispatch-consumer.ts";
import { hrConsumer } from "../src/inbound/hr-consumer.ts";
import { driverRepository as drivers } from "../src/outbound/driver-repository.ts";
import { factRepository as facts } from "../src/outbound/fact-repository.ts";
import { weekRepository as weeks } from "../src/outbound/week-repository.ts";
import { takeContract } from "../src/usecases/take-contract.ts";
import { takeDepot } from "../src/usecases/take-depot.ts";
import { takeWorkedTime } from "../src/usecases/take-worked-time.ts";
import { rules } from "./driver-week.ts";

const message = (topic: string, type: string, value: Uint8Array): BusMessage => {
  const id = newId();
  return {
    topic,
    key: id,
    headers: { ce_id: id, ce_type: type, ce_time: "2026-03-20T08:00:00Z", ce_aggregateversion: "1", ce_actor: "test" },
    value,
  };
};

const worked = (driverId: string, day: Temporal.PlainDate): BusMessage => {
  const at = (hour: string) => toTimestamp(Temporal.Instant.from(`${day}T${hour}:00Z`));
  const told = create(WorkedTimeRecordedSchema, {
    driverId,
    dutyId: newId(),
    assignmentId: newId(),
    depotId: newId(),
    serviceDate: day.toString(),
    intervals: [{ kind: WorkedKind.WORK, starts: at("06:00"), ends: at("14:00") }],
  });
  return message(dispatchTopic.name, "WorkedTimeRecorded", toBinary(WorkedTimeRecordedSchema, told));
};

const agreed = (employeeId: string): BusMessage => {
  const told = create(ContractChangedSchema, {
    employeeId,
    contractId: newId(),
    agreement: "standard",
    weeklyMinutes: 2400,
    validFrom: "2020-01-01",
  });
  return message(hrTopic.name, "ContractChanged", toBinary(ContractChangedSchema, told));
};

const opened = (): BusMessage => {
  const told = create(DepotOpenedSchema, { depotId: newId(), code: "D", timeZone: "Europe/Paris" });
  return message(hrTopic.name, "DepotOpened", toBinary(DepotOpenedSchema, told));
};

test("batches of several partitions about the same drivers and weeks wait for each other instead of locking each other", async () => {
  const service = await serviceUnderTest(overtime, { at: "2026-03-20T08:00:00Z" });
  onTestFinished(() => service.close());
  const { db } = service;
  let tries = 0;
  const handle = handleOnce({
    db: {
      ...db,
      inTx: (work) =>
        db.inTx((tx) => {
          tries++;
          return work(tx);
        }),
    },
    onParked: (_consumer, _message, error) => expect.fail(String(error)),
  });
  const recalculateWeeks = async (): Promise<void> => {};
  const [dispatch, hr] = [
    dispatchConsumer({ facts, takeWorkedTime: takeWorkedTime({ drivers, facts, recalculateWeeks }) }),
    hrConsumer({
      facts,
      takeDepot: takeDepot({ facts, weeks }),
      takeContract: takeContract({ drivers, facts, weeks, recalculateWeeks }),
    }),
  ];
  const people = Array.from({ length: 30 }, () => newId<DriverId>());
  const monday = Temporal.PlainDate.from("2026-03-02");
  const work = people.map((driver, place) => worked(driver, monday.add({ weeks: place % 6 })));
  const backwards = people.map((driver, place) => worked(driver, monday.add({ weeks: place % 6 }))).toReversed();
  const terms = (): BusMessage[] => [...people.slice(0, 15).map(agreed), opened(), ...people.slice(15).map(agreed)];
  const batches = [
    handle(dispatch, work),
    handle(dispatch, backwards),
    handle(hr, terms()),
    handle(hr, terms().toReversed()),
  ];
  await Promise.all([...batches, db.inTx((tx) => weeks.markStaleUnder(tx, rules()))]);
  // Each batch, and nothing twice; that the inbox forgets is another transaction for each consumer.
  expect(tries).toBe(batches.length + 2);
  expect(await db.rows("select 1 from worked_time")).toHaveLength(60);
});
