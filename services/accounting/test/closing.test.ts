import { PayPeriodState } from "@headway/contracts/gen/headway/accounting/v1/pay_period_service_pb";
import { newId } from "@headway/kernel/ids";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { controlTotals, readPayrollFile } from "../src/model/payroll-file.ts";
import { startAccounting } from "./payroll.ts";

let at: Awaited<ReturnType<typeof startAccounting>>;

beforeAll(async () => {
  at = await startAccounting();
});
afterAll(() => at.service.close());

const completed = ["PayPeriodOpened", "PayPeriodFrozen", "PayrollCalculated", "PayrollExported"];

describe("a closing", () => {
  test("goes from open to a file that adds up, and payroll closes it", async () => {
    const { day, open } = at.nextWeek();
    const [first, second] = [at.hire(2000n), at.hire(3150n)];
    await at.calculated(first, day(0), { base: 540, overtime: 60 });
    await at.calculated(first, day(1));
    await at.calculated(second, day(0), { base: 450 });
    const period = await at.exported(await at.close(await open()));

    expect(period).toMatchObject({
      lines: 4,
      baseMinutes: 1470n,
      waitingFor: "",
      amountMinor: { EUR: 18_000n + 1000n + 16_000n + 23_625n },
    });
    const rows = readPayrollFile(await at.file(period));
    expect(controlTotals(rows)).toEqual({
      lines: 4,
      drivers: 2,
      minutes: 1530,
      amounts: [{ currency: "EUR", minor: 58_625 }],
    });
    expect(new Set(rows.map(({ batchId }) => batchId))).toEqual(new Set([period.batchId]));
    expect(rows[1]).toMatchObject({
      employeeNo: "N0",
      payCode: "OVERTIME",
      factor: 500,
      costCentre: "NORTH",
      ruleId: "standard/daily-overtime",
    });

    const { payPeriod } = await at
      .periods()
      .acknowledgePayroll({ payPeriodId: period.id, expectedVersion: period.version });
    expect(payPeriod?.state).toBe(PayPeriodState.CLOSED);
    expect(await at.told(period)).toEqual([...completed, "PayPeriodClosed"]);
  });

  test("waits until the days that overtime made final have arrived, and takes exactly those", async () => {
    const { day, open } = at.nextWeek();
    const driver = at.hire();
    await at.calculated(driver, day(0));
    const tell = await at.calculated(driver, day(0), { revision: 2, base: 500 }, false);
    const period = await at.close(await open());
    const waiting = await at.until(period, ({ waitingFor }) => waitingFor !== "");
    expect(waiting).toMatchObject({
      state: PayPeriodState.FROZEN,
      waitingFor: "1 of 1 days have not arrived from overtime yet.",
    });
    await tell();
    expect(await at.exported(period)).toMatchObject({ lines: 1, baseMinutes: 500n });
  });

  test("waits for the depot of a day too", async () => {
    const { day, open } = at.nextWeek();
    const depot = newId<typeof at.north>();
    await at.calculated(at.hire(), day(0), { depot });
    const period = await at.close(await open());
    await at.until(period, ({ waitingFor }) => waitingFor !== "");
    await at.openDepot(depot, "=SOUTH");
    expect(await at.file(await at.exported(period))).toContain(",EUR,'=SOUTH,");
  });

  test.each(["overtime", "hr"] as const)(
    "given that %s does not answer, then it waits and goes on by itself",
    async (name) => {
      const { day, open } = at.nextWeek();
      await at.calculated(at.hire(), day(0));
      at.others.away[name] = true;
      const period = await at.close(await open());
      await at.until(period, ({ waitingFor }) => waitingFor.includes("does not answer"));
      at.others.away[name] = false;
      expect(await at.exported(period)).toMatchObject({ lines: 1, waitingFor: "" });
      expect(await at.told(period)).toEqual(completed);
    },
  );

  test("given work that nobody can pay, then the period is open again and says why", async () => {
    const { day, open } = at.nextWeek();
    const driver = at.hire();
    await at.calculated(driver, day(0));
    at.others.unpayable.push({ driverId: driver, serviceDate: day(1), slug: "contract.none", reason: "No contract." });
    const period = await at.close(await open());
    const reopened = await at.until(period, ({ state }) => state === PayPeriodState.OPEN);
    const number = `N${[...at.others.rates.keys()].indexOf(driver)}`;
    expect(reopened.waitingFor).toBe(`The work of driver ${number} on ${day(1)} cannot be paid: No contract.`);
    at.others.unpayable.length = 0;
    expect(await at.exported(await at.close(reopened))).toMatchObject({ lines: 1 });
  });

  test("given a driver without a rate, then all that it did is undone, and it can be closed again", async () => {
    const { day, open } = at.nextWeek();
    const driver = at.hire();
    at.others.rates.delete(driver);
    await at.calculated(driver, day(0));
    const reopened = await at.until(await at.close(await open()), ({ state }) => state === PayPeriodState.OPEN);
    expect(reopened).toMatchObject({
      lines: 0,
      batchId: "",
      waitingFor: `Driver ${driver} has no hourly rate on ${day(0)}. Give them a contract for that day in hr.`,
    });
    at.others.rates.set(driver, 2000n);
    const period = await at.exported(await at.close(reopened));
    expect(period).toMatchObject({ lines: 1, baseMinutes: 480n });
    expect(await at.told(period)).toEqual([
      "PayPeriodOpened",
      "PayPeriodFrozen",
      "PayPeriodThawed",
      ...completed.slice(1),
    ]);
  });
});

describe("killed", () => {
  test.each([
    ["while the days are settled", PayPeriodState.FROZEN, "settle", ["closing", "update", ""]],
    ["between the days and the lines", PayPeriodState.FROZEN, "calculate", ["pay_line", "insert", ""]],
    [
      "at the end of the lines",
      PayPeriodState.FROZEN,
      "calculate",
      ["event_log", "insert", "when (new.type = 'PayrollCalculated')"],
    ],
    ["between the lines and the file", PayPeriodState.CALCULATED, "export", ["payroll_file", "insert", ""]],
    [
      "at the end of the file",
      PayPeriodState.CALCULATED,
      "export",
      ["event_log", "insert", "when (new.type = 'PayrollExported')"],
    ],
  ] as const)("%s, it goes on where it was and does everything once", async (_, state, step, [table, what, when]) => {
    const { day, open } = at.nextWeek();
    await at.calculated(at.hire(), day(0), { base: 540, overtime: 60 });
    const revive = await at.deadly(table, what, when);
    const period = await at.close(await open());
    const dead = await at.until(period, (now) => now.state === state);
    const run = at.service.setClock("2027-01-04T08:00:00Z");
    await expect(run).rejects.toThrow();
    const [closing] = await at.service.db.rows("select step from closing where pay_period_id = $1", [period.id]);
    expect([dead.state, closing]).toEqual([state, { step }]);
    await revive();
    expect(await at.exported(period)).toMatchObject({ lines: 2, baseMinutes: 540n, amountMinor: { EUR: 19_000n } });
    expect(await at.told(period)).toEqual(completed);
    expect(await at.service.db.rows("select step from closing where pay_period_id = $1", [period.id])).toEqual([]);
  });
});

describe("at the same time", () => {
  test("twenty close a period: one does, the others are told that it changed", async () => {
    const { day, open } = at.nextWeek();
    await at.calculated(at.hire(), day(0));
    const period = await open();
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => at.close(period)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ slug: "period.changed" });
    await at.exported(period);
    expect(await at.told(period)).toEqual(completed);
  });

  test("several processes lead the same closing: everything is done once", async () => {
    const { day, open } = at.nextWeek();
    for (const offset of [0, 1, 2, 3]) await at.calculated(at.hire(), day(offset));
    const period = await at.close(await open());
    const [job] = at.service.hosted.parts.jobs;
    const now = at.service.hosted.ground.clock.now();
    await Promise.all(Array.from({ length: 4 }, () => job?.run(now, new AbortController().signal)));
    expect(await at.exported(period)).toMatchObject({ lines: 4 });
    expect(await at.told(period)).toEqual(completed);
  });

  test("several periods are closed: one is, and the others once it is exported", async () => {
    const periods = await Promise.all([at.nextWeek(), at.nextWeek(), at.nextWeek()].map(({ open }) => open()));
    const dead = await at.deadly("payroll_file", "insert", "");
    const outcomes = await Promise.allSettled([...periods, ...periods].map(at.close));
    const closing = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
    expect(closing).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected")
        expect(["period.another-closing", "period.changed"]).toContain(outcome.reason.slug);
    const others = periods.filter(({ id }) => id !== closing[0]?.id);
    for (const other of others)
      await expect(at.close(other)).rejects.toMatchObject({ kind: "conflict", slug: "period.another-closing" });
    await dead();
    for (const period of closing) await at.exported(period);
    for (const other of others) await at.exported(await at.close(other));
  });

  test("a correction that is calculated can be undone, and the next closing makes it", async () => {
    const [paid, corrected, last] = [at.nextWeek(), at.nextWeek(), at.nextWeek()];
    const driver = at.hire();
    await at.calculated(driver, paid.day(0));
    await at.exported(await at.close(await paid.open()));
    await at.calculated(driver, paid.day(0), { revision: 2, base: 500 });
    const revive = await at.deadly("payroll_file", "insert", "");
    const calculated = await at.until(
      await at.close(await corrected.open()),
      ({ state }) => state === PayPeriodState.CALCULATED,
    );
    await at.calculated(driver, paid.day(0), { revision: 3, base: 510 });
    const later = await last.open();
    await expect(at.close(later)).rejects.toMatchObject({ slug: "period.another-closing" });
    await at.periods().reopenPayPeriod({ payPeriodId: calculated.id, expectedVersion: calculated.version });
    await revive();
    const exported = await at.exported(await at.close(later));
    expect((await at.lines(exported)).map(({ minutes }) => minutes)).toEqual([-480, 510]);
  });

  test("ten open overlapping periods: one does", async () => {
    const { day } = at.nextWeek();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => at.open(day(0), day(index % 3))),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ slug: "period.overlaps" });
  });
});
