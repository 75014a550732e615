import type { PayPeriod } from "@headway/contracts/gen/headway/accounting/v1/pay_period_service_pb";
import { PayPeriodState } from "@headway/contracts/gen/headway/accounting/v1/pay_period_service_pb";
import { type DepotId, type EmployeeId, newId } from "@headway/kernel/ids";
import { type Caller, type Role, roles } from "@headway/service/caller";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPayrollFile } from "../src/model/payroll-file.ts";
import { payroll, person, startAccounting } from "./payroll.ts";

let at: Awaited<ReturnType<typeof startAccounting>>;
let driver: EmployeeId;
let march: PayPeriod;

const self = (employee: EmployeeId): Caller => ({
  kind: "person",
  user: newId(),
  session: "s",
  employee,
  grants: [{ role: "driver", depots: [at.north] }],
});

beforeAll(async () => {
  at = await startAccounting();
  driver = at.hire();
  await at.calculated(driver, "2026-03-02", { base: 540, overtime: 60 });
  await at.calculated(driver, "2026-03-03");
  march = await at.exported(await at.close(await at.open("2026-03-02", "2026-03-08")));
});
afterAll(() => at.service.close());

describe("a late fact", () => {
  test("becomes a correction in the next period that names the old line; both can be explained", async () => {
    await at.calculated(driver, "2026-03-02", { revision: 2, base: 510, overtime: 30 });
    await at.calculated(driver, "2026-03-09");
    const next = await at.exported(await at.close(await at.open("2026-03-09", "2026-03-15")));

    const old = await at.lines(march);
    const lines = await at.lines(next);
    const lineOf = (code: string) =>
      old.find(({ workDate, payCode }) => workDate === "2026-03-02" && payCode === code)?.lineId;
    expect(
      lines.map(({ workDate, payCode, minutes, amountMinor, correctsLineId }) => [
        workDate,
        payCode,
        minutes,
        amountMinor,
        correctsLineId,
      ]),
    ).toEqual([
      ["2026-03-02", "BASE", -540, -18_000n, lineOf("BASE")],
      ["2026-03-02", "BASE", 510, 17_000n, lineOf("BASE")],
      ["2026-03-02", "OVERTIME", -60, -1000n, lineOf("OVERTIME")],
      ["2026-03-02", "OVERTIME", 30, 500n, lineOf("OVERTIME")],
      ["2026-03-09", "BASE", 480, 16_000n, ""],
    ]);
    expect(next).toMatchObject({ baseMinutes: 450n, amountMinor: { EUR: 14_500n } });
    expect(readPayrollFile(await at.file(next))).toHaveLength(5);

    const before = await at.periods().explainPayLine({ lineId: lineOf("BASE") ?? "" });
    expect(before).toMatchObject({
      payPeriodId: march.id,
      dayRevision: 1,
      line: { sentence: "540 minutes.", ruleId: "standard/base", ruleVersion: 1 },
    });
    expect(before.intervals.map(({ starts, ends }) => Number((ends?.seconds ?? 0n) - (starts?.seconds ?? 0n)))).toEqual(
      [540 * 60],
    );
    expect(before.correctedBy.map(({ sentence }) => sentence)).toEqual(["Taken back: 540 minutes.", "510 minutes."]);
  });

  test("that changes nothing makes no line", async () => {
    await at.calculated(driver, "2026-03-03", { revision: 2 });
    const next = await at.exported(await at.close(await at.open("2026-03-16", "2026-03-22")));
    expect(next).toMatchObject({ lines: 0, baseMinutes: 0n, amountMinor: {} });
    expect(readPayrollFile(await at.file(next))).toEqual([]);
  });

  test("of a day that was not paid at all is paid in the next period", async () => {
    await at.calculated(driver, "2026-03-05", { base: 120 });
    const next = await at.exported(await at.close(await at.open("2026-03-23", "2026-03-29")));
    expect(
      (await at.lines(next)).map(({ workDate, minutes, correctsLineId }) => [workDate, minutes, correctsLineId]),
    ).toEqual([["2026-03-05", 120, ""]]);
  });
});

describe("undo", () => {
  test("takes a waiting period back to open, and forgets its closing", async () => {
    await at.calculated(driver, "2026-04-01", {}, false);
    const period = await at.close(await at.open("2026-04-01", "2026-04-05"));
    const waiting = await at.until(period, ({ waitingFor }) => waitingFor !== "");
    const { payPeriod } = await at
      .periods()
      .reopenPayPeriod({ payPeriodId: period.id, expectedVersion: waiting.version });
    expect(payPeriod).toMatchObject({ state: PayPeriodState.OPEN, waitingFor: "", version: 3 });
    await at.service.setClock("2027-01-04T08:00:00Z");
    expect(await at.get(period)).toMatchObject({ state: PayPeriodState.OPEN, lines: 0 });
  });

  test("is refused once the period is exported", async () => {
    const refused = at.periods().reopenPayPeriod({ payPeriodId: march.id, expectedVersion: march.version });
    await expect(refused).rejects.toMatchObject({ kind: "conflict", slug: "period.exported" });
  });

  test.each([
    ["an old version", () => ({ payPeriodId: march.id, expectedVersion: 1 }), "period.changed"],
    ["an unknown period", () => ({ payPeriodId: newId(), expectedVersion: 1 }), "period.unknown"],
    ["no id", () => ({ payPeriodId: "x", expectedVersion: 1 }), "field.not-an-id"],
  ])("is refused for %s", async (_, said, slug) => {
    await expect(at.periods().reopenPayPeriod(said())).rejects.toMatchObject({ slug });
  });
});

describe("lists", () => {
  test("show periods newest first and lines by person, day and code, page by page", async () => {
    const all = await at.periods().listPayPeriods({});
    expect(all.payPeriods.map(({ firstDay }) => firstDay)).toEqual([
      "2026-04-01",
      "2026-03-23",
      "2026-03-16",
      "2026-03-09",
      "2026-03-02",
    ]);
    const paged: string[] = [];
    let cursor = "";
    do {
      const { lines, page } = await at.periods().listPayLines({ payPeriodId: march.id, page: { size: 2, cursor } });
      paged.push(...lines.map(({ workDate, payCode }) => `${workDate} ${payCode}`));
      cursor = page?.next ?? "";
    } while (cursor !== "");
    expect(paged).toEqual(["2026-03-02 BASE", "2026-03-02 OVERTIME", "2026-03-03 BASE"]);
  });

  test("a period without a file has none to read", async () => {
    const { payPeriods } = await at.periods().listPayPeriods({ page: { size: 1, cursor: "" } });
    const [open] = payPeriods;
    await expect(at.file(open ?? march)).rejects.toThrow("There is no payroll file before the period is exported.");
  });
});

describe("an unknown period", () => {
  const unknown = { payPeriodId: newId() };

  test("has no lines, no file and nothing to look at: there is none", async () => {
    const refusal = { kind: "missing", slug: "period.unknown" };
    await expect(at.periods().getPayPeriod(unknown)).rejects.toMatchObject(refusal);
    await expect(at.periods().listPayLines(unknown)).rejects.toMatchObject(refusal);
    await expect(at.periods().listPayLines({ ...unknown, employeeId: driver })).rejects.toMatchObject(refusal);
    const file = at.periods().readPayroll(unknown)[Symbol.asyncIterator]();
    await expect(file.next()).rejects.toMatchObject(refusal);
  });

  test("is not one without lines", async () => {
    const { id } = await at.open("2026-05-04", "2026-05-10");
    expect((await at.periods().listPayLines({ payPeriodId: id })).lines).toEqual([]);
  });
});

describe("who may", () => {
  const others = (allowed: readonly Role[]) => roles.filter((role) => !allowed.includes(role));
  const about = () => ({ payPeriodId: march.id, expectedVersion: march.version });
  const by = (role: Role) => at.periods(person({ role, depots: null }));
  const refusal = { kind: "denied" };

  test.each(others(["payroll", "admin"]))(
    "%s may not open, close, reopen, acknowledge or read a file",
    async (role) => {
      await expect(by(role).openPayPeriod({})).rejects.toMatchObject(refusal);
      await expect(by(role).closePayPeriod(about())).rejects.toMatchObject(refusal);
      await expect(by(role).reopenPayPeriod(about())).rejects.toMatchObject(refusal);
      await expect(by(role).acknowledgePayroll(about())).rejects.toMatchObject(refusal);
      await expect(at.file(march, person({ role, depots: null }))).rejects.toMatchObject(refusal);
    },
  );

  test.each(others(["payroll", "auditor", "admin"]))("%s may not see periods or others' pay", async (role) => {
    await expect(by(role).listPayPeriods({})).rejects.toMatchObject(refusal);
    await expect(by(role).getPayPeriod(about())).rejects.toMatchObject(refusal);
    await expect(by(role).listPayLines({ payPeriodId: march.id })).rejects.toMatchObject(refusal);
    const [line] = await at.lines(march);
    await expect(by(role).explainPayLine({ lineId: line?.lineId ?? "" })).rejects.toMatchObject(refusal);
  });

  test("a clerk of one depot sees periods with what comes to it, and no other depot's corrections", async () => {
    const south = newId<DepotId>();
    await at.openDepot(south, "SOUTH");
    const mover = at.hire();
    await at.calculated(mover, "2026-06-01");
    const june = await at.exported(await at.close(await at.open("2026-06-01", "2026-06-07")));
    await at.calculated(mover, "2026-06-01", { revision: 2, base: 500, depot: south });
    await at.calculated(mover, "2026-06-08");
    const next = await at.exported(await at.close(await at.open("2026-06-08", "2026-06-14")));
    const clerk = (depot: DepotId) => at.periods(person({ role: "payroll", depots: [depot] }));

    expect(next).toMatchObject({ lines: 3, baseMinutes: 500n });
    const { payPeriod } = await clerk(south).getPayPeriod({ payPeriodId: next.id });
    expect(payPeriod).toMatchObject({ state: PayPeriodState.EXPORTED, lines: 1, baseMinutes: 500n });
    const { payPeriods } = await clerk(at.north).listPayPeriods({});
    expect(payPeriods.find(({ id }) => id === next.id)).toMatchObject({
      lines: 2,
      baseMinutes: 0n,
      amountMinor: { EUR: 0n },
    });

    const [paid] = await at.lines(june);
    const lineId = paid?.lineId ?? "";
    const minutesFor = async (caller: ReturnType<typeof clerk>) =>
      (await caller.explainPayLine({ lineId })).correctedBy.map(({ minutes }) => minutes);
    expect(await minutesFor(at.periods())).toEqual([-480, 500]);
    expect(await minutesFor(clerk(at.north))).toEqual([-480]);
  });

  test("a driver hears of a correction once it is exported", async () => {
    const other = at.hire();
    await at.calculated(other, "2026-07-01");
    const july = await at.exported(await at.close(await at.open("2026-07-01", "2026-07-05")));
    await at.calculated(other, "2026-07-01", { revision: 2, base: 500 });
    const revive = await at.deadly("payroll_file", "insert", "");
    const next = await at.until(
      await at.close(await at.open("2026-07-06", "2026-07-12")),
      ({ state }) => state === PayPeriodState.CALCULATED,
    );
    const [paid] = await at.lines(july);
    const corrections = async (caller: Caller) =>
      (await at.periods(caller).explainPayLine({ lineId: paid?.lineId ?? "" })).correctedBy.length;
    expect([await corrections(self(other)), await corrections(payroll)]).toEqual([0, 2]);
    await revive();
    await at.exported(next);
    expect(await corrections(self(other))).toBe(2);
  });

  test("a clerk of one depot sees its lines, and closes nothing", async () => {
    const clerk = (depot: DepotId) => at.periods(person({ role: "payroll", depots: [depot] }));
    expect((await clerk(at.north).listPayLines({ payPeriodId: march.id })).lines).toHaveLength(3);
    expect((await clerk(newId<DepotId>()).listPayLines({ payPeriodId: march.id })).lines).toHaveLength(0);
    await expect(clerk(at.north).closePayPeriod(about())).rejects.toMatchObject({ slug: "caller.some-depots" });
    const [line] = await at.lines(march);
    const lineId = line?.lineId ?? "";
    await expect(clerk(newId<DepotId>()).explainPayLine({ lineId })).rejects.toMatchObject({
      slug: "caller.other-depot",
    });
  });

  test("a driver sees and understands their own pay, and nobody else's", async () => {
    const mine = await at.periods(self(driver)).listPayLines({ employeeId: driver });
    expect(mine.lines.length).toBeGreaterThan(3);
    const lineId = mine.lines[0]?.lineId ?? "";
    expect((await at.periods(self(driver)).explainPayLine({ lineId })).line?.lineId).toBe(lineId);
    const other = self(newId<EmployeeId>());
    await expect(at.periods(other).listPayLines({ employeeId: driver })).rejects.toMatchObject({
      slug: "caller.others",
    });
    await expect(at.periods(other).listPayLines({})).rejects.toMatchObject({ slug: "caller.others" });
    await expect(at.periods(other).explainPayLine({ lineId })).rejects.toMatchObject({ slug: "caller.not-yours" });
    expect((await at.periods(payroll).listPayLines({ employeeId: driver })).lines).toEqual(mine.lines);
  });
});
