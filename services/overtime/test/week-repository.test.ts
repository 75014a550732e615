import { setTimeout as pause } from "node:timers/promises";
import { type DriverId, newId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import { execute } from "@headway/postgres/transaction";
import { serviceUnderTest } from "@headway/service/service-under-test";
import { expect, onTestFinished, test } from "vitest";
import { overtime } from "../src/container.ts";
import { type Week, weekOf } from "../src/model/week.ts";
import { driverRepository } from "../src/outbound/driver-repository.ts";
import { factRepository } from "../src/outbound/fact-repository.ts";
import { weekRepository } from "../src/outbound/week-repository.ts";
import { recalculateStaleWeeks } from "../src/usecases/recalculate-stale-weeks.ts";
import { rules } from "./driver-week.ts";

test("rules that are published while a contract under them is being told wait for it, and mark its weeks", async () => {
  const service = await serviceUnderTest(overtime, { at: "2026-03-20T08:00:00Z" });
  onTestFinished(() => service.close());
  const { db } = service;
  const driver = newId<DriverId>();
  const ruleSet = rules();
  const [told, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  onTestFinished(() => end.resolve());
  const contract = db.inTx(async (tx) => {
    await execute(tx, "insert into week (first_day) values ('2026-03-02')", []);
    await execute(tx, "insert into driver_week (driver_id, first_day) values ($1, '2026-03-02')", [driver]);
    const from = Temporal.PlainDate.from("2020-01-01");
    await factRepository.keepContract(tx, { driver, agreement: ruleSet.agreement, weeklyMinutes: 2400, from });
    told.resolve();
    await end.promise;
  });
  await told.promise;
  let isPublished = false;
  const publishing = db
    .inTx((tx) => weekRepository.markStaleUnder(tx, ruleSet))
    .then(() => {
      isPublished = true;
    });
  await pause(200);
  expect(isPublished).toBe(false);
  end.resolve();
  await Promise.all([contract, publishing]);
  expect(await db.rows("select stale from driver_week where driver_id = $1", [driver])).toEqual([{ stale: true }]);
});

test("a week that is made final waits for its weeks that are being calculated, and neither locks the other", async () => {
  const service = await serviceUnderTest(overtime, { at: "2026-03-20T08:00:00Z" });
  onTestFinished(() => service.close());
  const { db } = service;
  const driver = "01900000-0000-7000-8000-000000000000" as DriverId;
  await db.inTx(async (tx) => {
    await execute(tx, "insert into week (first_day) values ('2026-03-02')", []);
    await execute(tx, "insert into driver_week (driver_id, first_day, stale) values ($1, '2026-03-02', true)", [
      driver,
    ]);
  });
  const tries = { calculated: 0, finalised: 0 };
  const unmarked = Promise.withResolvers<void>();
  const calculated = db.inTx(async (tx) => {
    tries.calculated++;
    const stale = await weekRepository.stale(tx, 0, 10);
    expect(stale).toHaveLength(1);
    await weekRepository.unmark(tx, stale);
    unmarked.resolve();
    await pause(200);
    await weekRepository.load(tx, stale);
  });
  await unmarked.promise;
  const finalised = db.inTx(async (tx) => {
    tries.finalised++;
    await weekRepository.finalise(tx, [weekOf(Temporal.PlainDate.from("2026-03-02"))]);
  });
  await Promise.all([calculated, finalised]);
  expect(tries).toEqual({ calculated: 1, finalised: 1 });
  expect(await db.rows("select stale from driver_week")).toEqual([{ stale: true }]);
});

test("weeks that are made final do not lock in a ring with work that is being told and a week that is being calculated", async () => {
  const service = await serviceUnderTest(overtime, { at: "2026-03-20T08:00:00Z" });
  onTestFinished(() => service.close());
  const { db } = service;
  const driver = "01900000-0000-7000-8000-000000000000" as DriverId;
  const [first, second] = ["2026-03-02", "2026-03-09"].map((day) => weekOf(Temporal.PlainDate.from(day))) as [
    Week,
    Week,
  ];
  await db.inTx(async (tx) => {
    await execute(tx, "insert into week (first_day) values ('2026-03-02'), ('2026-03-09')", []);
    await execute(
      tx,
      "insert into driver_week (driver_id, first_day, stale) values ($1, '2026-03-02', false), ($1, '2026-03-09', true)",
      [driver],
    );
  });
  const tries = { told: 0, calculated: 0, finalised: 0 };
  const locked = Promise.withResolvers<void>();
  const told = db.inTx(async (tx) => {
    tries.told++;
    await driverRepository.lock(tx, [driver]);
    locked.resolve();
    await pause(400);
    await weekRepository.load(tx, [{ driver, ...first }]);
  });
  await locked.promise;
  const calculate = recalculateStaleWeeks({
    weeks: weekRepository,
    drivers: driverRepository,
    recalculateWeeks: async (tx, weeks) => void (await weekRepository.load(tx, weeks)),
  });
  const calculated = db.inTx((tx) => {
    tries.calculated++;
    return calculate(tx, { half: 0, most: 10 });
  });
  await pause(200);
  const finalised = db.inTx((tx) => {
    tries.finalised++;
    return weekRepository.finalise(tx, [first, second]);
  });
  await Promise.all([told, calculated, finalised]);
  expect(tries).toEqual({ told: 1, calculated: 1, finalised: 1 });
});
