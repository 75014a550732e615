import { ReleaseCause } from "@headway/contracts/gen/headway/scheduling/v1/events_pb";
import { RosterService } from "@headway/contracts/gen/headway/scheduling/v1/roster_service_pb";
import { newId } from "@headway/kernel/ids";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type Scenario, scenario } from "./scenario.ts";

let metro: Scenario;
beforeEach(async () => {
  await metro?.service.close();
  metro = await scenario();
});
afterAll(() => metro.service.close());

const [mon, tue] = ["2026-03-23", "2026-03-24"];

/** A published roster in which two drivers hold Monday's and Tuesday's duty. */
const published = async () => {
  const roster = await metro.openRoster();
  const [anna, ben] = [await metro.driver(), await metro.driver()];
  const [first, second] = [await metro.duty(mon, "06:00", "14:00"), await metro.duty(tue, "06:00", "14:00")];
  await metro.rosters.assignDuty({ dutyId: first, driverId: anna });
  await metro.rosters.assignDuty({ dutyId: second, driverId: ben });
  await metro.publish(roster);
  return { roster, anna, ben, first, second };
};

const released = async () =>
  (await metro.told("DutyReleased")).map(({ dutyId, driverId, cause, rosterVersion }) => [
    dutyId,
    driverId,
    cause,
    rosterVersion,
  ]);

describe("a driver who goes", () => {
  it("an absence takes them off the duties it touches, and no others", async () => {
    const { roster, anna, first } = await published();
    const later = await metro.duty("2026-03-26", "15:00", "22:00");
    await metro.rosters.assignDuty({ dutyId: later, driverId: anna });
    await metro.absence(anna, "2026-03-23T11:59Z", "2026-03-26T13:59Z");
    expect(await released()).toEqual([[first, anna, ReleaseCause.ABSENCE, 3]]);
    expect(await metro.holders(roster)).toMatchObject({ [first]: "", [later]: anna });
  });

  it("in a draft nobody is told", async () => {
    const roster = await metro.openRoster();
    const [driver, duty] = [await metro.driver(), await metro.duty(mon, "06:00", "14:00")];
    await metro.rosters.assignDuty({ dutyId: duty, driverId: driver });
    await metro.absence(driver, "2026-03-23T00:00Z", "2026-03-24T00:00Z");
    expect(await metro.holders(roster)).toEqual({ [duty]: "" });
    expect(await metro.service.recorded()).toEqual([]);
  });

  it("the last day is worked to its end, also after midnight", async () => {
    const { roster, anna, first } = await published();
    const night = await metro.duty(tue, "20:00", "26:00");
    const after = await metro.duty("2026-03-25", "20:00", "25:00");
    for (const dutyId of [night, after]) await metro.rosters.assignDuty({ dutyId, driverId: anna });
    await metro.hr("EmployeeTerminated", { employeeId: anna, lastDay: tue }, anna);
    expect(await released()).toEqual([[after, anna, ReleaseCause.TERMINATED, 4]]);
    expect(await metro.holders(roster)).toMatchObject({ [first]: anna, [night]: anna, [after]: "" });
  });

  it("a move to another depot takes them off the duties of all others that begin after it", async () => {
    const { roster, anna, ben, first, second } = await published();
    const later = await metro.duty("2026-03-26", "15:00", "22:00");
    await metro.rosters.assignDuty({ dutyId: later, driverId: anna });
    await metro.service.setClock("2026-03-23T05:30:00Z");
    await metro.hr("EmployeeMoved", { employeeId: anna, depotId: newId() }, anna);
    expect(await released()).toEqual([[later, anna, ReleaseCause.MOVED, 3]]);
    expect(await metro.holders(roster)).toEqual({ [first]: anna, [second]: ben, [later]: "" });
    await expect(metro.rosters.assignDuty({ dutyId: later, driverId: anna })).rejects.toMatchObject({
      slug: "assignment.illegal",
      findings: [{ slug: "depot@1" }],
    });
    await metro.hr("EmployeeMoved", { employeeId: anna, depotId: metro.depot }, anna);
    await metro.rosters.assignDuty({ dutyId: later, driverId: anna });
  });
});

describe("a duty that changes", () => {
  it("withdrawn or cancelled, it frees its driver; reactivated, it is open", async () => {
    const { roster, anna, ben, first, second } = await published();
    await metro.withdraw(first);
    await metro.dispatch("DutyCancelled", { dutyId: second }, second);
    expect(await released()).toEqual([
      [first, anna, ReleaseCause.CANCELLED_DUTY, 2],
      [second, ben, ReleaseCause.CANCELLED_DUTY, 3],
    ]);
    expect(await metro.holders(roster)).toEqual({});
    expect(await metro.holders(roster, 1)).toEqual({ [first]: anna, [second]: ben });
    await metro.dispatch("DutyReactivated", { dutyId: second }, second);
    expect(await metro.holders(roster)).toEqual({ [second]: "" });
  });

  it("with other times it stays with its driver where that is legal, as a new assignment; the old one keeps its times", async () => {
    const { roster, anna, first } = await published();
    const before = await metro.assignmentOf(roster, first);
    await metro.duty(mon, "07:00", "15:00", { id: first, version: 2 });
    const now = await metro.assignmentOf(roster, first);
    expect(now).toMatchObject({ driverId: anna, starts: { seconds: (before.starts?.seconds ?? 0n) + 3600n } });
    expect(now.id).not.toBe(before.id);
    expect(await metro.roster(roster)).toMatchObject({ rosterVersion: 2 });
    const old = await metro.rosters.listAssignments({ rosterId: roster, rosterVersion: 1 });
    expect(old.assignments.find(({ dutyId }) => dutyId === first)?.starts).toEqual(before.starts);
  });

  it("with times that its driver may not work it becomes open", async () => {
    const { roster, anna, first } = await published();
    await metro.rosters.assignDuty({ dutyId: await metro.duty(tue, "01:30", "05:00"), driverId: anna });
    await metro.duty(mon, "12:00", "20:00", { id: first, version: 2 });
    expect((await metro.holders(roster))[first]).toBe("");
    expect((await metro.told("DutyReleased")).at(-1)).toMatchObject({ dutyId: first, cause: ReleaseCause.UNASSIGNED });
  });

  it("on a day of another roster it is open work there", async () => {
    const { roster, anna, first } = await published();
    const next = await metro.openRoster("2026-03-30", "2026-04-05");
    await metro.duty("2026-03-30", "06:00", "14:00", { id: first, version: 2 });
    expect(await metro.holders(roster)).not.toHaveProperty(first);
    expect(await metro.holders(next)).toEqual({ [first]: "" });
    await metro.rosters.assignDuty({ dutyId: first, driverId: anna });
  });

  it("planned again as it was, or in an older version, it changes nothing", async () => {
    const { roster, first } = await published();
    const before = (await metro.service.recorded()).length;
    await metro.duty(mon, "06:00", "14:00", { id: first, version: 3 });
    await metro.duty(mon, "09:00", "17:00", { id: first, version: 2 });
    expect((await metro.service.recorded()).length).toBe(before);
    expect(await metro.roster(roster)).toMatchObject({ rosterVersion: 1 });
  });

  it("withdrawn and planned again, it is open work", async () => {
    const { roster, first } = await published();
    await metro.withdraw(first);
    await metro.duty(mon, "06:00", "14:00", { id: first, version: 2 });
    expect((await metro.holders(roster))[first]).toBe("");
  });
});

describe("a duty under way", () => {
  const signOn = async () => {
    const given = await published();
    const { id } = await metro.assignmentOf(given.roster, given.first);
    const about = { dutyId: given.first, assignmentId: id, driverId: given.anna };
    await metro.dispatch("DriverSignedOn", about, given.first);
    return { ...given, about };
  };

  it("stays with its driver, whatever is heard of driver or duty", async () => {
    const { roster, anna, ben, first } = await signOn();
    const { id, version } = await metro.assignmentOf(roster, first);
    await expect(metro.rosters.releaseDuty({ assignmentId: id, expectedVersion: version })).rejects.toMatchObject({
      kind: "conflict",
      slug: "assignment.under-way",
    });
    await metro.absence(anna, "2026-03-23T00:00Z", "2026-03-24T00:00Z");
    await metro.duty(mon, "09:00", "17:00", { id: first, version: 2 });
    await metro.withdraw(first);
    expect((await metro.assignmentOf(roster, first)).driverId).toBe(anna);
    await expect(
      metro.day.coverDuty({ dutyId: first, driverId: ben, cause: ReleaseCause.MISSED }),
    ).rejects.toMatchObject({
      slug: "duty.under-way",
    });
  });

  it("is open again when the driver is relieved in the middle of it", async () => {
    const { roster, ben, first, about } = await signOn();
    await metro.dispatch("DriverSignedOff", { ...about, relieved: true }, first);
    expect((await metro.holders(roster))[first]).toBe("");
    await metro.day.coverDuty({ dutyId: first, driverId: ben });
    expect((await metro.holders(roster))[first]).toBe(ben);
  });

  it("what dispatch says of an assignment that was released meanwhile says nothing of the next", async () => {
    const { roster, anna, first } = await published();
    const old = await metro.assignmentOf(roster, first);
    const carla = await metro.driver();
    await metro.day.coverDuty({ dutyId: first, driverId: carla, cause: ReleaseCause.MISSED });
    await metro.dispatch("DriverSignedOn", { dutyId: first, assignmentId: old.id, driverId: anna }, first);
    const { id, version } = await metro.assignmentOf(roster, first);
    await metro.rosters.releaseDuty({ assignmentId: id, expectedVersion: version });
    expect((await metro.holders(roster))[first]).toBe("");
  });
});

describe("covering", () => {
  it("takes a duty from who missed it and gives it to another, as one version; the same again changes nothing", async () => {
    const { roster, anna, first } = await published();
    const carla = await metro.driver();
    const cover = { dutyId: first, driverId: carla, cause: ReleaseCause.MISSED };
    const { assignment } = await metro.day.coverDuty(cover);
    expect(await released()).toEqual([[first, anna, ReleaseCause.MISSED, 2]]);
    expect((await metro.told("DutyAssigned")).at(-1)).toMatchObject({
      driverId: carla,
      rosterVersion: 2,
      byPublication: false,
    });
    const before = (await metro.service.recorded()).length;
    expect((await metro.day.coverDuty(cover)).assignment?.id).toBe(assignment?.id);
    expect((await metro.service.recorded()).length).toBe(before);
    expect(await metro.roster(roster)).toMatchObject({ rosterVersion: 2 });
  });

  it("leaves a duty with whoever got it meanwhile, and keeps the rules", async () => {
    const { anna, ben, first, second } = await published();
    const carla = await metro.driver();
    const cover = (more: object) => metro.day.coverDuty({ dutyId: first, driverId: carla, ...more });
    await expect(cover({ cause: ReleaseCause.UNASSIGNED })).rejects.toMatchObject({ slug: "duty.taken" });
    await expect(cover({ cause: ReleaseCause.MISSED, insteadOfDriverId: ben })).rejects.toMatchObject({
      slug: "duty.taken",
    });
    await expect(cover({ driverId: ben, dutyId: second, cause: 0 })).resolves.toMatchObject({
      assignment: { driverId: ben },
    });
    const tired = await metro.duty(mon, "20:00", "26:00");
    await metro.rosters.assignDuty({ dutyId: tired, driverId: carla });
    await expect(
      metro.day.coverDuty({ dutyId: second, driverId: carla, cause: ReleaseCause.ABSENCE }),
    ).rejects.toMatchObject({ slug: "assignment.illegal" });
    await expect(
      metro.day.coverDuty({ dutyId: second, driverId: anna, cause: ReleaseCause.ABSENCE, insteadOfDriverId: ben }),
    ).resolves.toMatchObject({ assignment: { driverId: anna } });
  });

  it("lists who could, the least filled week first, and who could not and why", async () => {
    const { anna, ben, first, second } = await published();
    const [free, unqualified] = [await metro.driver(), await metro.driver(["B"])];
    await metro.rosters.assignDuty({ dutyId: await metro.duty("2026-03-26", "06:00", "10:00"), driverId: ben });
    const { fit, leftOut } = await metro.day.listCandidates({ dutyId: first });
    expect(fit.map(({ driverId, weekMinutes, contractMinutes }) => [driverId, weekMinutes, contractMinutes])).toEqual([
      [free, 0, 2400],
      [ben, 660, 2400],
    ]);
    expect(leftOut.map(({ driverId, findings }) => [driverId, findings.map(({ rule }) => rule)])).toEqual([
      [anna, ["overlap"]],
      [unqualified, ["qualification"]],
    ]);
    expect(second).not.toBe(first);
  });
});

describe("a duty that is over", () => {
  it.each([
    ["by day", "06:00", "14:00"],
    ["across midnight", "20:00", "28:00"],
  ])(
    "is given to nobody, %s; a roster that is filled and published later keeps it all the same",
    async (_when, from, to) => {
      const [roster, anna, ben] = [await metro.openRoster(), await metro.driver(), await metro.driver()];
      const duty = await metro.duty(mon, from, to);
      await metro.service.setClock(metro.at(mon, to).toString());
      const refused = { kind: "conflict", slug: "duty.over" };
      await expect(metro.rosters.assignDuty({ dutyId: duty, driverId: anna })).rejects.toMatchObject(refused);
      await metro.rosters.fillRoster({ rosterId: roster, expectedVersion: (await metro.roster(roster)).version });
      await metro.publish(roster);
      expect(await metro.holders(roster)).toEqual({ [duty]: anna });
      const cover = { dutyId: duty, cause: ReleaseCause.MISSED };
      await expect(metro.day.coverDuty({ ...cover, driverId: ben })).rejects.toMatchObject(refused);
      await metro.day.coverDuty({ ...cover, driverId: anna });
      expect(await metro.holders(roster)).toEqual({ [duty]: anna });
    },
  );

  it("stays open where a published roster is filled again; what is ahead is given", async () => {
    const roster = await metro.openRoster();
    const over = await metro.duty(mon, "06:00", "14:00");
    await metro.publish(roster);
    const [ahead, anna] = [await metro.duty(tue, "06:00", "14:00"), await metro.driver()];
    await metro.service.setClock(metro.at(mon, "14:00").toString());
    const fill = async () =>
      metro.rosters.fillRoster({ rosterId: roster, expectedVersion: (await metro.roster(roster)).version });
    expect(await fill()).toMatchObject({ assigned: 1, open: 1, roster: { rosterVersion: 2 } });
    expect(await metro.holders(roster)).toEqual({ [over]: "", [ahead]: anna });
    expect((await metro.told("DutyAssigned")).map(({ dutyId }) => dutyId)).toEqual([ahead]);
    expect(await fill()).toMatchObject({ assigned: 0, open: 1, roster: { rosterVersion: 2 } });
  });

  it("has no candidates any more", async () => {
    await metro.openRoster();
    const [anna, duty] = [await metro.driver(), await metro.duty(mon, "06:00", "14:00")];
    const candidates = () => metro.day.listCandidates({ dutyId: duty });
    await metro.service.setClock(metro.at(mon, "14:00").subtract({ seconds: 1 }).toString());
    expect(await candidates()).toMatchObject({ fit: [{ driverId: anna }] });
    await metro.service.setClock(metro.at(mon, "14:00").toString());
    await expect(candidates()).rejects.toMatchObject({ kind: "conflict", slug: "duty.over" });
  });

  it("is given until its last moment", async () => {
    await metro.openRoster();
    const [anna, duty] = [await metro.driver(), await metro.duty(mon, "06:00", "14:00")];
    await metro.service.setClock(metro.at(mon, "14:00").subtract({ seconds: 1 }).toString());
    await metro.rosters.assignDuty({ dutyId: duty, driverId: anna });
  });
});

it("what others own may only not have arrived: the refusal says so", async () => {
  const anywhere = metro.service.as(metro.person("admin", null), RosterService);
  const [depotId, dutyId, driverId] = [newId(), newId(), newId()];
  await metro.openRoster();
  const known = await metro.duty(mon, "06:00", "14:00");
  for (const attempt of [
    () => anywhere.openRoster({ depotId, firstDay: mon, lastDay: mon }),
    () => anywhere.assignDuty({ dutyId, driverId }),
    () => anywhere.assignDuty({ dutyId: known, driverId }),
    () => anywhere.listDriverDuties({ driverId, firstDay: mon, lastDay: mon }),
  ])
    await expect(attempt()).rejects.toMatchObject({ kind: "missing", message: expect.stringContaining("in a moment") });
});
