import { fromBinary } from "@bufbuild/protobuf";
import { WorkedKind } from "@headway/contracts/gen/headway/dispatch/v1/events_pb";
import {
  type WorkedDayCalculated,
  WorkedDayCalculatedSchema,
} from "@headway/contracts/gen/headway/overtime/v1/events_pb";
import { OvertimeService } from "@headway/contracts/gen/headway/overtime/v1/overtime_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { dispatchTopic, hrTopic } from "@headway/contracts/topics";
import { type AssignmentId, type DepotId, type EmployeeId, newId } from "@headway/kernel/ids";
import { type Caller, type Grant, type Role, roles } from "@headway/service/caller";
import { type ServiceUnderTest, serviceUnderTest } from "@headway/service/service-under-test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { overtime } from "../src/container.ts";
import { worked } from "./driver-week.ts";

const north = newId<DepotId>();
const monday = "2026-03-02";
const payroll = person({ role: "payroll", depots: null });

let service: ServiceUnderTest;

beforeAll(async () => {
  service = await serviceUnderTest(overtime, { at: "2026-03-20T08:00:00Z" });
  await openDepot(north);
});
afterAll(() => service.close());

function person(...grants: readonly Grant[]): Caller {
  return { kind: "person", user: newId(), session: "s", employee: null, grants };
}

const openDepot = (depotId: DepotId) =>
  service.hear(hrTopic, "DepotOpened", { depotId, code: "NORTH", timeZone: "Europe/Paris" }, { aggregate: depotId });

const hire = async (agreement = "standard", weeklyMinutes = 2400, depotId = north): Promise<EmployeeId> => {
  const employeeId = newId<EmployeeId>();
  const hired = { employeeId, number: "1", depotId, hiredOn: "2020-01-01" };
  await service.hear(hrTopic, "EmployeeHired", hired, { aggregate: employeeId });
  await agree(employeeId, agreement, weeklyMinutes);
  return employeeId;
};

const agree = (
  employeeId: EmployeeId,
  agreement: string,
  weeklyMinutes = 2400,
  validFrom = "2020-01-01",
  version = 1,
) =>
  service.hear(
    hrTopic,
    "ContractChanged",
    { employeeId, contractId: newId(), agreement, weeklyMinutes, validFrom },
    { aggregate: employeeId, version },
  );

/** "06:00-14:00" in Paris. */
const work = (
  driverId: EmployeeId,
  serviceDate: string,
  spans: readonly string[],
  { assignment = newId<AssignmentId>(), version = 1, depot = north } = {},
) => {
  const intervals = worked({ [serviceDate]: spans }, "Europe/Paris").flatMap(({ work: all }) =>
    all.map(({ starts, ends }) => ({ kind: WorkedKind.WORK, starts: toTimestamp(starts), ends: toTimestamp(ends) })),
  );
  const dutyId = newId();
  const told = { depotId: depot, serviceDate, dutyId, assignmentId: assignment, driverId, intervals };
  return service.hear(dispatchTopic, "WorkedTimeRecorded", told, { aggregate: dutyId, version });
};

const toldOf = async (driver: EmployeeId): Promise<WorkedDayCalculated[]> =>
  (await service.recorded())
    .map(({ payload }) => fromBinary(WorkedDayCalculatedSchema, payload))
    .filter(({ driverId }) => driverId === driver);

const shown = ({ serviceDate, revision, components }: WorkedDayCalculated): string =>
  `${serviceDate.slice(-2)} r${revision} ${components.map(({ code, minutes }) => `${code} ${minutes}`).join(", ")}`;

const daysOf = async (driverId: EmployeeId, caller: Caller = payroll) =>
  (
    await service
      .as(caller, OvertimeService)
      .listWorkedDays({ driverId, firstDay: "2026-03-01", lastDay: "2026-03-31" })
  ).days;

const finalise = (lastDay = "2026-03-08") =>
  service.as(payroll, OvertimeService).finalisePeriod({ firstDay: monday, lastDay });

describe("worked time", () => {
  test("when a driver worked, then the day is told with its reasons", async () => {
    const driver = await hire();
    await work(driver, monday, ["06:00-10:00", "10:30-15:30"]);
    const [day, ...others] = await toldOf(driver);
    expect(others).toEqual([]);
    expect(day).toMatchObject({ depotId: north, serviceDate: monday, revision: 1, workedMinutes: 540 });
    expect(day?.components).toMatchObject([
      {
        id: "base.1",
        code: "BASE",
        minutes: 540,
        factorThousandths: 1000,
        agreement: "standard",
        rule: "base",
        ruleVersion: 1,
      },
      {
        id: "daily-overtime.1",
        code: "OVERTIME",
        minutes: 60,
        factorThousandths: 500,
        sentence: "1 h of work beyond 8 h on the day: 50 % on top.",
      },
    ]);
  });

  test("when a later record of the assignment comes, then it takes the place of the first; an earlier one changes nothing", async () => {
    const driver = await hire();
    const assignment = newId<AssignmentId>();
    await work(driver, monday, ["06:00-14:00"], { assignment, version: 4 });
    await work(driver, monday, ["06:00-15:00"], { assignment, version: 6 });
    await work(driver, monday, ["06:00-14:00"], { assignment, version: 4 });
    await work(driver, monday, ["06:00-15:00"], { assignment, version: 7 });
    expect((await toldOf(driver)).map(shown)).toEqual(["02 r1 BASE 480", "02 r2 BASE 540, OVERTIME 60"]);
  });

  test("when a day is worth nothing any more, then that is told too", async () => {
    const driver = await hire();
    const assignment = newId<AssignmentId>();
    await work(driver, monday, ["06:00-14:00"], { assignment });
    await work(driver, monday, [], { assignment, version: 2 });
    expect((await toldOf(driver)).map(shown)).toEqual(["02 r1 BASE 480", "02 r2 "]);
  });

  test("when one day of a week changes, then the others stay, and a day without work keeps its place and its revision", async () => {
    const driver = await hire();
    const assignment = newId<AssignmentId>();
    const span = { firstDay: "2026-05-04", lastDay: "2026-05-10" };
    const listed = async () =>
      (await service.as(payroll, OvertimeService).listWorkedDays({ driverId: driver, ...span })).days.map(
        ({ serviceDate, revision, workedMinutes }) => [serviceDate, revision, workedMinutes],
      );
    await work(driver, "2026-05-05", ["06:00-14:00"], { assignment });
    await work(driver, "2026-05-04", ["06:00-13:00"]);
    await work(driver, "2026-05-05", [], { assignment, version: 2 });
    expect(await listed()).toEqual([
      ["2026-05-04", 1, 420],
      ["2026-05-05", 2, 0],
    ]);
    const { days } = await service.as(payroll, OvertimeService).finalisePeriod(span);
    expect(days).toMatchObject([
      { driverId: driver, serviceDate: "2026-05-04", revision: 1 },
      { driverId: driver, serviceDate: "2026-05-05", revision: 2 },
    ]);
    await work(driver, "2026-05-05", ["06:00-10:00"], { assignment, version: 3 });
    expect(await listed()).toEqual([
      ["2026-05-04", 1, 420],
      ["2026-05-05", 3, 240],
    ]);
  });

  test("days are listed by date, also where the span cuts their weeks", async () => {
    const driver = await hire();
    for (const day of ["11", "08", "02", "10", "09", "03"]) await work(driver, `2026-03-${day}`, ["06:00-14:00"]);
    const span = { firstDay: "2026-03-03", lastDay: "2026-03-10" };
    const { days } = await service.as(payroll, OvertimeService).listWorkedDays({ driverId: driver, ...span });
    expect(days.map(({ serviceDate }) => serviceDate.slice(-2))).toEqual(["03", "08", "09", "10"]);
  });

  test("given five days of 8 h, when a day before them comes late, then only the day that it pushes over 40 h changes", async () => {
    const driver = await hire();
    for (const day of ["03", "04", "05", "06", "07"]) await work(driver, `2026-03-${day}`, ["06:00-14:00"]);
    await work(driver, monday, ["06:00-08:00"]);
    expect((await toldOf(driver)).map(shown).slice(5)).toEqual(["02 r1 BASE 120", "07 r2 BASE 480, OVERTIME 120"]);
  });

  test("given work of an unknown driver at an unknown depot, when hr tells of both, then it is calculated", async () => {
    const depot = newId<DepotId>();
    const driver = newId<EmployeeId>();
    await work(driver, monday, ["06:00-14:00"], { depot });
    await agree(driver, "standard");
    expect(await toldOf(driver)).toEqual([]);
    await openDepot(depot);
    await service.setClock("2026-03-20T08:00:00Z");
    expect((await toldOf(driver)).map(shown)).toEqual(["02 r1 BASE 480"]);
  });

  test("given the same facts in another order or all at once, then the days are worth the same", async () => {
    const week = ["02", "03", "04", "05", "06", "07", "08"].map(
      (day, index) => [`2026-03-${day}`, `05:00-1${index}:30`] as const,
    );
    const [inOrder, reversed, atOnce] = await Promise.all([hire("california"), hire("california"), hire("california")]);
    for (const [date, span] of week) await work(inOrder, date, [span]);
    for (const [date, span] of week.toReversed()) await work(reversed, date, [span]);
    await Promise.all(week.map(([date, span]) => work(atOnce, date, [span])));
    const values = async (driver: EmployeeId) =>
      (await daysOf(driver)).map(({ components }) =>
        components.map(({ id, minutes, factorThousandths }) => [id, minutes, factorThousandths]),
      );
    expect(await values(reversed)).toEqual(await values(inOrder));
    expect(await values(atOnce)).toEqual(await values(inOrder));
  });

  test("when another contract begins, then the weeks from its Monday on are worth something else", async () => {
    const driver = await hire();
    for (const date of [monday, "2026-03-09", "2026-03-16"]) await work(driver, date, ["06:00-13:00"]);
    await agree(driver, "guarantee", 2400, "2026-03-11", 2);
    expect((await toldOf(driver)).map(shown).slice(3)).toEqual(["16 r2 BASE 420, MAKE_UP 60"]);
  });
});

describe("the end of a period", () => {
  test("makes the guarantee of the week count, once, and for late work too", async () => {
    const driver = await hire("contract-hours", 2100);
    for (const day of ["02", "03", "04", "05"]) await work(driver, `2026-03-${day}`, ["06:00-14:00"]);
    const before = (await toldOf(driver)).length;
    const { days } = await finalise();
    expect(
      days.filter(({ driverId }) => driverId === driver).map(({ serviceDate, revision }) => [serviceDate, revision]),
    ).toEqual([
      ["2026-03-02", 1],
      ["2026-03-03", 1],
      ["2026-03-04", 1],
      ["2026-03-05", 2],
    ]);
    await finalise();
    expect((await toldOf(driver)).map(shown).slice(before)).toEqual(["05 r2 BASE 480, MAKE_UP 180"]);
    await work(driver, "2026-03-06", ["06:00-07:00"]);
    expect((await toldOf(driver)).map(shown).slice(before + 1)).toEqual([
      "05 r3 BASE 480",
      "06 r1 BASE 60, MAKE_UP 120",
    ]);
  });

  test("given work that comes at the same moment, then none of it misses that the week is final", async () => {
    const drivers = await Promise.all(Array.from({ length: 10 }, () => hire("contract-hours", 2100)));
    const span = { firstDay: "2026-04-06", lastDay: "2026-04-12" };
    const dates = ["06", "07", "08", "09"].map((day) => `2026-04-${day}`);
    const works = drivers.flatMap((driver) => dates.map((date) => work(driver, date, ["06:00-14:00"])));
    await Promise.all([...works, service.as(payroll, OvertimeService).finalisePeriod(span)]);
    for (const driver of drivers) {
      const { days } = await service.as(payroll, OvertimeService).listWorkedDays({ driverId: driver, ...span });
      const minutes = days.flatMap(({ components }) => components.map((component) => component.minutes));
      expect(minutes.reduce((sum, each) => sum + each, 0)).toBe(2100);
    }
  });

  test("leaves a week that goes on behind it as it is", async () => {
    const driver = await hire("contract-hours", 2100);
    for (const day of ["09", "10", "11", "12"]) await work(driver, `2026-03-${day}`, ["06:00-14:00"]);
    await finalise("2026-03-14");
    expect((await toldOf(driver)).at(-1)?.revision).toBe(1);
  });

  test("names the days before it whose week it made final, as they are worth now, and no others", async () => {
    const driver = await hire("contract-hours", 2400);
    for (const day of ["26", "27", "28", "29", "30", "31"]) await work(driver, `2026-07-${day}`, ["06:00-13:00"]);
    const july = await service
      .as(payroll, OvertimeService)
      .finalisePeriod({ firstDay: "2026-07-01", lastDay: "2026-07-31" });
    const august = await service
      .as(payroll, OvertimeService)
      .finalisePeriod({ firstDay: "2026-08-01", lastDay: "2026-08-31" });
    const named = (days: typeof july.days) =>
      days.filter(({ driverId }) => driverId === driver).map(({ serviceDate, revision }) => [serviceDate, revision]);
    expect(named(july.before)).toEqual([]);
    expect(named(august.days)).toEqual([]);
    expect(named(august.before)).toEqual([
      ["2026-07-27", 1],
      ["2026-07-28", 1],
      ["2026-07-29", 1],
      ["2026-07-30", 1],
      ["2026-07-31", 2],
    ]);
    expect((await toldOf(driver)).map(shown).at(-1)).toBe("31 r2 BASE 420, MAKE_UP 300");
  });

  test.each([
    ["forward", ["2026-03-25", "2026-03-26", "2026-03-27", "2026-03-28"], "2026-03-29"],
    ["back", ["2026-10-21", "2026-10-22", "2026-10-23", "2026-10-24"], "2026-10-25"],
  ])("names them where the clocks go %s in the week, and work passes the boundary", async (_, days, first) => {
    const driver = await hire("contract-hours", 2400);
    for (const day of days) await work(driver, day, ["20:00-28:00"]);
    const { before } = await service.as(payroll, OvertimeService).finalisePeriod({ firstDay: first, lastDay: first });
    const told = await toldOf(driver);
    const newest = (date: string) =>
      Math.max(...told.filter((day) => day.serviceDate === date).map((day) => day.revision));
    expect(before.filter(({ driverId }) => driverId === driver)).toMatchObject(
      days.map((serviceDate) => ({ serviceDate, revision: newest(serviceDate) })),
    );
    expect(before.filter(({ driverId }) => driverId === driver).at(-1)?.revision).toBe(2);
  });

  test("given valued days, when their week gets a problem, then they stay worth what they were, and nobody can pay them", async () => {
    const driver = await hire();
    await work(driver, monday, ["06:00-14:00"]);
    await work(driver, "2026-03-11", ["06:00-14:00"]);
    const before = await finalise();
    await agree(driver, "typo-2026", 2400, monday, 2);
    await work(driver, monday, ["15:00-16:00"]);
    expect((await toldOf(driver)).map(shown)).toEqual(["02 r1 BASE 480", "11 r1 BASE 480"]);
    const slugs = ({ unpayable }: typeof before) =>
      unpayable.filter(({ driverId }) => driverId === driver).map(({ serviceDate, slug }) => [serviceDate, slug]);
    expect(slugs(before)).toEqual([]);
    expect(slugs(await finalise())).toEqual([[monday, "agreement.unknown"]]);
    expect(slugs(await finalise("2026-03-15"))).toEqual([
      [monday, "agreement.unknown"],
      ["2026-03-11", "agreement.unknown"],
    ]);

    const admin = service.as(person({ role: "admin", depots: null }), OvertimeService);
    const rules = JSON.stringify({ base: { kind: "base" } });
    await admin.publishRuleSet({ agreement: "typo-2026", validFrom: "2026-01-05", rules });
    expect(slugs(await finalise("2026-03-15"))).toEqual([]);
    expect((await toldOf(driver)).map(shown).slice(2)).toEqual(["02 r2 BASE 480, BASE 60", "11 r2 BASE 480"]);
  });

  test("given a valued day, when work at an unknown depot comes late, then the day stays until the depot is told", async () => {
    const driver = await hire();
    const depot = newId<DepotId>();
    await work(driver, monday, ["06:00-14:00"]);
    await work(driver, "2026-03-03", ["06:00-14:00"], { depot });
    expect((await toldOf(driver)).map(shown)).toEqual(["02 r1 BASE 480"]);
    await openDepot(depot);
    await service.setClock("2026-03-20T08:00:00Z");
    expect((await toldOf(driver)).map(shown)).toEqual(["02 r1 BASE 480", "03 r1 BASE 480"]);
  });

  test("names the days that nobody can pay yet", async () => {
    const [unknown, none] = [await hire("moonlight"), newId<EmployeeId>()];
    await work(unknown, monday, ["06:00-14:00"]);
    await work(none, monday, ["06:00-14:00"]);
    const { unpayable } = await finalise();
    expect(unpayable.filter(({ driverId }) => driverId === unknown)).toMatchObject([
      { serviceDate: monday, slug: "agreement.unknown" },
    ]);
    expect(unpayable.filter(({ driverId }) => driverId === none)).toMatchObject([
      { serviceDate: monday, slug: "contract.none" },
    ]);
  });
});

describe("pay rules", () => {
  const admin = person({ role: "admin", depots: null });
  const publish = (rules: object, { agreement = "depot-2026", validFrom = "2026-01-05" } = {}) =>
    service.as(admin, OvertimeService).publishRuleSet({ agreement, validFrom, rules: JSON.stringify(rules, null, 2) });
  const night = { kind: "night", code: "NIGHT", from: "22:00", until: "06:00", premium: 200 };

  test("given work under an agreement without rules, when they are published, then the work is paid", async () => {
    const driver = await hire("depot-2026");
    await work(driver, monday, ["05:00-13:00"]);
    expect(await toldOf(driver)).toEqual([]);
    const { ruleSet } = await publish({ base: { kind: "base" }, night });
    expect(ruleSet).toMatchObject({ agreement: "depot-2026", ruleVersion: 1, validFrom: "2026-01-05" });
    await service.setClock("2026-03-20T08:00:00Z");
    expect((await toldOf(driver)).map(shown)).toEqual(["02 r1 BASE 480, NIGHT 60"]);

    await publish({ base: { kind: "base" }, night: { ...night, premium: 300 } }, { validFrom: "2026-03-02" });
    await service.setClock("2026-03-20T08:00:00Z");
    const [, last] = await toldOf(driver);
    expect(last?.components).toMatchObject([{ ruleVersion: 2 }, { ruleVersion: 2, factorThousandths: 300 }]);
  });

  test("a version must follow the last one, also of an agreement that Headway brings along", async () => {
    const { ruleSet } = await publish({ base: { kind: "base" } }, { agreement: "standard", validFrom: "2030-01-07" });
    expect(ruleSet?.ruleVersion).toBe(2);
    const again = publish({ base: { kind: "base" } }, { agreement: "standard", validFrom: "2030-01-07" });
    await expect(again).rejects.toMatchObject({ slug: "rule-set.not-after-last" });
    const { ruleSets } = await service.as(admin, OvertimeService).listRuleSets({});
    expect(ruleSets.filter(({ agreement }) => agreement === "standard").map(({ ruleVersion }) => ruleVersion)).toEqual([
      1, 2,
    ]);
  });

  test("mistakes are refused with their paths", async () => {
    const refused = publish({ night: { ...night, premium: 0 } }, { agreement: "another" });
    await expect(refused).rejects.toMatchObject({ kind: "invalid", findings: [{ field: "rules.night.premium" }] });
  });
});

describe("who may", () => {
  const others = (allowed: readonly Role[]) => roles.filter((role) => !allowed.includes(role));
  const as = (role: Role) => service.as(person({ role, depots: null }), OvertimeService);

  test.each(others(["admin"]))("%s may not publish rules", async (role) => {
    await expect(as(role).publishRuleSet({})).rejects.toMatchObject({ kind: "denied" });
  });
  test.each(others(["admin", "payroll", "auditor", "hr"]))("%s may not list rules", async (role) => {
    await expect(as(role).listRuleSets({})).rejects.toMatchObject({ kind: "denied" });
  });
  test.each(others(["admin", "payroll"]))("%s may not finalise", async (role) => {
    await expect(as(role).finalisePeriod({})).rejects.toMatchObject({ kind: "denied" });
  });
  test("a payroll clerk of one depot may not finalise for all", async () => {
    const clerk = service.as(person({ role: "payroll", depots: [north] }), OvertimeService);
    const refused = clerk.finalisePeriod({ firstDay: monday, lastDay: monday });
    await expect(refused).rejects.toMatchObject({ slug: "caller.some-depots" });
  });
  test.each(others(["admin", "payroll", "auditor"]))("%s may not see a driver's days", async (role) => {
    await expect(daysOf(await hire(), person({ role, depots: null }))).rejects.toMatchObject({ kind: "denied" });
  });

  test("a driver sees their own days, a payroll clerk those of their depots", async () => {
    const driver = await hire();
    await work(driver, monday, ["06:00-14:00"]);
    const self: Caller = {
      kind: "person",
      user: newId(),
      session: "s",
      employee: driver,
      grants: [{ role: "driver", depots: [north] }],
    };
    expect(await daysOf(driver, self)).toHaveLength(1);
    expect(await daysOf(driver, person({ role: "payroll", depots: [north] }))).toHaveLength(1);
    await expect(daysOf(driver, person({ role: "payroll", depots: [newId<DepotId>()] }))).rejects.toMatchObject({
      slug: "caller.other-depot",
    });
  });
});
