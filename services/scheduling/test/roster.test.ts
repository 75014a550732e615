import { ReleaseCause } from "@headway/contracts/gen/headway/scheduling/v1/events_pb";
import { RosterService } from "@headway/contracts/gen/headway/scheduling/v1/roster_service_pb";
import { newId } from "@headway/kernel/ids";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { type Scenario, scenario } from "./scenario.ts";

let metro: Scenario;
beforeAll(async () => {
  metro = await scenario();
});
afterAll(() => metro.service.close());

/** Each test has a week of its own. */
let weeks = 0;
const monday = () => metro.at("2026-03-23", "12:00").toZonedDateTimeISO("UTC").toPlainDate().add({ weeks: weeks++ });
const newWeek = async () => {
  const first = monday();
  const dates = [0, 1, 2, 3, 4, 5, 6].map((days) => first.add({ days }).toString());
  const [mon = "", tue = "", sun = ""] = [dates[0], dates[1], dates[6]];
  return { roster: await metro.openRoster(mon, sun), dates, mon, tue, sun };
};

const assign = (dutyId: string, driverId: string) => metro.rosters.assignDuty({ dutyId, driverId });

describe("opening", () => {
  it("refuses days that another roster has, days that run backwards and depots that nobody knows", async () => {
    const { mon, sun } = await newWeek();
    await expect(metro.openRoster(sun, sun)).rejects.toMatchObject({ kind: "conflict", slug: "roster.overlaps" });
    await expect(metro.openRoster(sun, mon)).rejects.toMatchObject({ slug: "roster.period-backwards" });
    const anywhere = metro.service.as(metro.person("planner", null), RosterService);
    await expect(anywhere.openRoster({ depotId: newId(), firstDay: mon, lastDay: mon })).rejects.toMatchObject({
      kind: "missing",
      slug: "depot.unknown",
    });
  });
});

describe("assigning", () => {
  it("names what forbids it: rule, version and sentence", async () => {
    const { mon, tue } = await newWeek();
    const driver = await metro.driver();
    await assign(await metro.duty(mon, "15:00", "23:30"), driver);
    await expect(assign(await metro.duty(tue, "10:00", "16:00"), driver)).rejects.toMatchObject({
      kind: "conflict",
      slug: "assignment.illegal",
      findings: [
        {
          field: "driverId",
          slug: "eu-2003-88.rest@1",
          message: "Rests 10:30 h between two duties, 30 min short of 11:00 h.",
        },
      ],
    });
    const { findings } = await assign(await metro.duty(tue, "10:30", "16:00"), driver);
    expect(findings).toEqual([]);
  });

  it("knows qualification, absence, last day and agreement", async () => {
    const { roster, mon, tue } = await newWeek();
    const refused = async (duty: string, driver: string, rule: string) =>
      expect(assign(duty, driver)).rejects.toMatchObject({ findings: [{ slug: `${rule}@1` }] });
    const duty = await metro.duty(mon, "06:00", "14:00", { line: "B" });
    await refused(duty, await metro.driver(["A"]), "qualification");
    const ill = await metro.driver(["B"]);
    const absence = await metro.absence(ill, `${mon}T00:00Z`, `${mon}T10:00Z`);
    await refused(duty, ill, "absence");
    const gone = await metro.driver(["B"]);
    await metro.hr("EmployeeTerminated", { employeeId: gone, lastDay: "2026-03-01" }, gone);
    await refused(duty, gone, "employment");
    const american = await metro.driver(["A", "B"], "everett");
    await assign(await metro.duty(mon, "18:00", "23:00"), american);
    await assign(await metro.duty(tue, "08:00", "12:00"), american);
    await metro.hr("AbsenceCancelled", { absenceId: absence, employeeId: ill }, absence);
    await assign(duty, ill);
    expect((await metro.holders(roster))[duty]).toBe(ill);
  });

  it("lets a warning pass and says it", async () => {
    const { dates } = await newWeek();
    const driver = await metro.driver();
    const answers = [];
    for (const date of dates.slice(0, 6)) answers.push(await assign(await metro.duty(date, "06:00", "14:35"), driver));
    expect(answers.map(({ findings }) => findings.length)).toEqual([0, 0, 0, 0, 0, 1]);
    expect(answers.at(-1)?.findings).toMatchObject([
      {
        rule: "eu-2003-88.week",
        ruleVersion: 1,
        error: false,
        measured: 2910,
        limit: 2880,
        message: "Works 48:30 h in one week, 30 min more than 48:00 h.",
      },
    ]);
  });

  it("leaves drivers to their own depot", async () => {
    const { mon } = await newWeek();
    const driver = await metro.driver();
    await metro.hr("EmployeeMoved", { employeeId: driver, depotId: newId() }, driver);
    await expect(assign(await metro.duty(mon, "06:00", "14:00"), driver)).rejects.toMatchObject({
      slug: "assignment.illegal",
      findings: [{ slug: "depot@1" }],
    });
  });

  it("wants a roster, a duty that takes place, and a driver that there is", async () => {
    const { mon } = await newWeek();
    const driver = await metro.driver();
    const later = await metro.duty("2027-01-01", "06:00", "14:00");
    await expect(assign(later, driver)).rejects.toMatchObject({ slug: "duty.no-roster" });
    const duty = await metro.duty(mon, "06:00", "14:00");
    await expect(assign(duty, newId())).rejects.toMatchObject({ kind: "missing", slug: "driver.unknown" });
    await expect(assign(newId(), driver)).rejects.toMatchObject({ kind: "missing", slug: "duty.unknown" });
    await metro.dispatch("DutyCancelled", { dutyId: duty }, duty);
    await expect(assign(duty, driver)).rejects.toMatchObject({ kind: "conflict", slug: "duty.cancelled" });
    await metro.dispatch("DutyReactivated", { dutyId: duty }, duty);
    await assign(duty, driver);
  });
});

describe("versions", () => {
  it("a draft changes silently; publishing tells all at once; every change after it is a version that can be seen again", async () => {
    const { roster, mon, tue } = await newWeek();
    const [anna, ben] = [await metro.driver(), await metro.driver()];
    const [early, late] = [await metro.duty(mon, "06:00", "14:00"), await metro.duty(tue, "14:00", "22:00")];
    const before = (await metro.service.recorded()).length;
    await assign(early, anna);
    await metro.rosters.releaseDuty({ assignmentId: (await metro.assignmentOf(roster, early)).id, expectedVersion: 1 });
    await assign(early, ben);
    expect((await metro.service.recorded()).length).toBe(before);

    expect(await metro.publish(roster)).toMatchObject({ rosterVersion: 1, assigned: 1, open: 1 });
    expect((await metro.told("RosterPublished")).at(-1)).toMatchObject({
      rosterId: roster,
      rosterVersion: 1,
      assigned: 1,
      open: 1,
    });
    const tell = { rosterId: roster, depotId: metro.depot };
    const first = { ...tell, dutyId: early, driverId: ben, serviceDate: mon };
    expect((await metro.told("DutyAssigned")).at(-1)).toMatchObject({
      ...first,
      rosterVersion: 1,
      byPublication: true,
    });

    const held = await metro.assignmentOf(roster, early);
    await assign(late, ben);
    await metro.rosters.releaseDuty({ assignmentId: held.id, expectedVersion: held.version });
    await assign(early, anna);
    const told = await metro.told("DutyAssigned");
    expect(told.slice(-2).map(({ rosterVersion, byPublication }) => [rosterVersion, byPublication])).toEqual([
      [2, false],
      [4, false],
    ]);
    expect((await metro.told("DutyReleased")).at(-1)).toMatchObject({
      ...first,
      cause: ReleaseCause.UNASSIGNED,
      rosterVersion: 3,
    });
    const seen = await Promise.all([1, 2, 3, 4, 0].map((version) => metro.holders(roster, version)));
    expect(seen).toEqual([
      { [early]: ben, [late]: "" },
      { [early]: ben, [late]: ben },
      { [early]: "", [late]: ben },
      { [early]: anna, [late]: ben },
      { [early]: anna, [late]: ben },
    ]);
    await expect(metro.holders(roster, 5)).rejects.toMatchObject({ kind: "invalid", slug: "field.out-of-range" });
  });

  it("each event of a duty counts its versions on", async () => {
    const { roster, mon } = await newWeek();
    const driver = await metro.driver();
    const duty = await metro.duty(mon, "06:00", "14:00");
    await assign(duty, driver);
    await metro.publish(roster);
    for (const _ of [1, 2]) {
      const held = await metro.assignmentOf(roster, duty);
      await metro.rosters.releaseDuty({ assignmentId: held.id, expectedVersion: held.version });
      await assign(duty, driver);
    }
    const events = await metro.service.db.rows(
      "select aggregate_version from event_log where aggregate_id = $1 order by position",
      [duty],
    );
    expect(events.map(({ aggregate_version }) => aggregate_version)).toEqual([1, 2, 3, 4, 5]);
  });

  it("refuses what is thought of an older state, and a second publication", async () => {
    const { roster, mon } = await newWeek();
    const duty = await metro.duty(mon, "06:00", "14:00");
    const seen = await metro.roster(roster);
    await assign(duty, await metro.driver());
    const old = { rosterId: roster, expectedVersion: seen.version };
    await expect(metro.rosters.publishRoster(old)).rejects.toMatchObject({ kind: "stale", slug: "roster.changed" });
    await expect(metro.rosters.fillRoster(old)).rejects.toMatchObject({ kind: "stale", slug: "roster.changed" });
    const held = await metro.assignmentOf(roster, duty);
    const release = { assignmentId: held.id, expectedVersion: held.version + 1 };
    await expect(metro.rosters.releaseDuty(release)).rejects.toMatchObject({
      kind: "stale",
      slug: "assignment.changed",
    });
    await metro.publish(roster);
    await expect(metro.publish(roster)).rejects.toMatchObject({ kind: "conflict", slug: "roster.already-published" });
  });
});

describe("filling", () => {
  it("fills what is legal in one change, goes on with what is open, and tells only of a published roster", async () => {
    const { roster, mon, tue } = await newWeek();
    const lines = ["fill"];
    const drivers = [await metro.driver(lines), await metro.driver(lines)];
    for (const date of [mon, tue])
      for (const from of ["05:00", "06:00", "07:00"]) await metro.duty(date, from, "13:00", { line: "fill" });
    const fill = async () =>
      metro.rosters.fillRoster({ rosterId: roster, expectedVersion: (await metro.roster(roster)).version });
    expect(await fill()).toMatchObject({ assigned: 4, open: 2, roster: { assigned: 4, open: 2, rosterVersion: 0 } });
    await metro.publish(roster);
    drivers.push(await metro.driver(lines));
    expect(await fill()).toMatchObject({ assigned: 2, open: 0, roster: { rosterVersion: 2, open: 0 } });
    await metro.duty(tue, "05:30", "13:00", { line: "fill" });
    expect(await fill()).toMatchObject({ assigned: 0, open: 1, roster: { rosterVersion: 2, open: 1 } });
    const holders = Object.values(await metro.holders(roster));
    for (const driver of drivers) expect(holders.filter((holder) => holder === driver).length).toBe(2);
    const told = (await metro.told("DutyAssigned")).filter(({ rosterId }) => rosterId === roster);
    expect(told.map(({ rosterVersion }) => rosterVersion)).toEqual([1, 1, 1, 1, 2, 2]);
  });
});

describe("lists", () => {
  it("goes page by page, newest roster first, and shows no other depot's", async () => {
    const { roster, mon } = await newWeek();
    const duties = [];
    for (const from of ["06:00", "05:00", "07:00"]) duties.push(await metro.duty(mon, from, "14:00"));
    const first = await metro.rosters.listAssignments({ rosterId: roster, page: { size: 2 } });
    const second = await metro.rosters.listAssignments({
      rosterId: roster,
      page: { size: 2, cursor: first.page?.next ?? "" },
    });
    expect([...first.assignments, ...second.assignments].map(({ dutyId }) => dutyId)).toEqual([
      duties[1],
      duties[0],
      duties[2],
    ]);
    expect(second.page?.next).toBe("");
    const { rosters } = await metro.rosters.listRosters({ page: { size: 1 } });
    expect(rosters).toMatchObject([{ id: roster, firstDay: mon }]);
    const stranger = metro.service.as(metro.person("planner", [newId()]), RosterService);
    expect((await stranger.listRosters({})).rosters).toEqual([]);
  });

  it("shows a driver their own published duties, and nobody else's", async () => {
    const { roster, mon, sun } = await newWeek();
    const [driver, other] = [await metro.driver(), await metro.driver()];
    const duty = await metro.duty(mon, "06:00", "14:00");
    await assign(duty, driver);
    const own = metro.service.as(metro.person("driver", [metro.depot], driver), RosterService);
    const week = { firstDay: mon, lastDay: sun };
    expect((await own.listDriverDuties({ driverId: driver, ...week })).assignments).toEqual([]);
    await metro.publish(roster);
    expect((await own.listDriverDuties({ driverId: driver, ...week })).assignments).toMatchObject([
      { dutyId: duty, workMinutes: 450 },
    ]);
    await expect(own.listDriverDuties({ driverId: other, ...week })).rejects.toMatchObject({ kind: "denied" });
  });

  it("shows at most a year and a day of a driver's duties at once", async () => {
    const driverId = await metro.driver();
    const list = (lastDay: string) => metro.rosters.listDriverDuties({ driverId, firstDay: "2026-01-01", lastDay });
    expect((await list("2027-01-02")).assignments).toEqual([]);
    for (const lastDay of ["2027-01-03", "2025-12-31"])
      await expect(list(lastDay)).rejects.toMatchObject({ kind: "invalid", slug: "field.out-of-range" });
  });
});

test("another depot's planner and dispatcher are refused everything about this one's", async () => {
  const { roster, mon, sun } = await newWeek();
  const driver = await metro.driver();
  const duty = await metro.duty(mon, "06:00", "14:00");
  const { assignment } = await assign(duty, driver);
  const elsewhere = [newId()] as never[];
  const planner = metro.service.as(metro.person("planner", elsewhere), RosterService);
  const dispatcher = metro.service.as(metro.person("dispatcher", elsewhere), RosterService);
  const version = { rosterId: roster, expectedVersion: 1 };
  const calls = [
    planner.openRoster({ depotId: metro.depot, firstDay: "2027-02-01", lastDay: "2027-02-02" }),
    planner.getRoster({ rosterId: roster }),
    planner.listRosters({ depotId: metro.depot }),
    planner.fillRoster(version),
    planner.publishRoster(version),
    planner.listAssignments({ rosterId: roster }),
    planner.assignDuty({ dutyId: duty, driverId: driver }),
    dispatcher.releaseDuty({ assignmentId: assignment?.id ?? "", expectedVersion: 1 }),
    dispatcher.listDriverDuties({ driverId: driver, firstDay: mon, lastDay: sun }),
    dispatcher.listCandidates({ dutyId: duty }),
    dispatcher.coverDuty({ dutyId: duty, driverId: driver }),
  ];
  for (const outcome of await Promise.allSettled(calls))
    expect(outcome).toMatchObject({ status: "rejected", reason: { kind: "denied", slug: "caller.other-depot" } });
});
