import { RosterService } from "@headway/contracts/gen/headway/scheduling/v1/roster_service_pb";
import { type DepotId, newId } from "@headway/kernel/ids";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Scenario, scenario } from "./scenario.ts";

let metro: Scenario;
beforeAll(async () => {
  metro = await scenario();
});
afterAll(() => metro.service.close());

const ofDay = async (serviceDate: string) => {
  const { assignments } = await metro.rosters.listDayAssignments({ depotId: metro.depot, serviceDate });
  return assignments.map(({ dutyId, driverId }) => [dutyId, driverId]);
};

it("shows who holds which duty of a day, by start, once the roster is published, and as it is now", async () => {
  const roster = await metro.openRoster();
  const [monday, tuesday] = ["2026-03-23", "2026-03-24"];
  const [late, early] = [await metro.duty(monday, "14:00", "20:00"), await metro.duty(monday, "06:00", "12:00")];
  const other = await metro.duty(tuesday, "06:00", "12:00");
  await metro.duty(monday, "08:00", "12:00");
  const [anna, ben] = [await metro.driver(), await metro.driver()];
  const assign = async (dutyId: string, driverId: string) =>
    (await metro.rosters.assignDuty({ dutyId, driverId })).assignment;
  await assign(late, anna);
  await assign(early, ben);
  await assign(other, ben);
  expect(await ofDay(monday)).toEqual([]);

  await metro.publish(roster);
  expect(await ofDay(monday)).toEqual([
    [early, ben],
    [late, anna],
  ]);
  const { id = "", version = 0 } = await metro.assignmentOf(roster, early);
  await metro.rosters.releaseDuty({ assignmentId: id, expectedVersion: version });
  expect(await ofDay(monday)).toEqual([[late, anna]]);
  expect(await ofDay(tuesday)).toEqual([[other, ben]]);
});

it("is refused to another depot's dispatcher", async () => {
  const other = metro.service.as(metro.person("dispatcher", [newId<DepotId>()]), RosterService);
  await expect(other.listDayAssignments({ depotId: metro.depot, serviceDate: "2026-03-23" })).rejects.toMatchObject({
    kind: "denied",
    slug: "caller.other-depot",
  });
});
