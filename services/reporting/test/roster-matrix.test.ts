import { ReportService } from "@headway/contracts/gen/headway/reporting/v1/report_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { newId } from "@headway/kernel/ids";
import { roles } from "@headway/service/caller";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  aCaller,
  aDuty,
  admin,
  aMetro,
  anAssignment,
  assigned,
  at,
  day,
  depot,
  hired,
  type Metro,
  planned,
  released,
} from "./metro.ts";

let metro: Metro;
beforeAll(async () => {
  metro = await aMetro();
});
afterAll(() => metro.service.close());

const matrix = (
  over: { depotId?: string; firstDay?: string; lastDay?: string; knownAt?: number } = {},
  caller = admin,
) => {
  const { knownAt, ...rest } = over;
  const known = knownAt === undefined ? {} : { knownAt: toTimestamp(at(knownAt)) };
  return metro.service
    .as(caller, ReportService)
    .getRosterMatrix({ depotId: depot, firstDay: day, lastDay: day, ...rest, ...known });
};

describe("the roster matrix", () => {
  test("shows who works what, now and as it was known at any instant", async () => {
    const [duty, ann, bob] = [aDuty(), anAssignment(), anAssignment()];
    await metro.tell(planned(duty), assigned(duty, ann, 10), released(duty, ann, 20), assigned(duty, bob, 20, 2));
    const holders = async (knownAt?: number) =>
      (await matrix(knownAt === undefined ? {} : { knownAt })).cells.map(({ driverId, rosterVersion }) => [
        driverId,
        rosterVersion,
      ]);
    expect(await holders()).toEqual([[bob.driverId, 2]]);
    expect(await holders(9)).toEqual([]);
    expect(await holders(10)).toEqual([[ann.driverId, 1]]);
    expect(await holders(19)).toEqual([[ann.driverId, 1]]);
    expect(await holders(20)).toEqual([[bob.driverId, 2]]);
    expect((await matrix()).cells).toMatchObject([
      { dutyId: duty.id, runId: duty.run, serviceDate: day, starts: toTimestamp(at(60)), ends: toTimestamp(at(540)) },
    ]);
  });

  test("lists drivers by number, then days; only those of the depot and the days", async () => {
    const here = newId<typeof depot>();
    const [ann, bob] = [newId(), newId()];
    const days = ["2026-11-25", "2026-11-24", "2026-11-26"];
    const duties = days.map((day) => aDuty({ depot: here, day, run: day.slice(-2) }));
    await metro.tell(hired(ann, "2"), hired(bob, "1"));
    for (const duty of duties) await metro.tell(planned(duty), assigned(duty, anAssignment(ann)));
    const more = [
      aDuty({ depot: here, day: "2026-11-24", run: "B" }),
      aDuty({ depot: here, day: "2026-11-27" }),
      aDuty({ day: "2026-11-24" }),
    ];
    for (const duty of more) await metro.tell(planned(duty), assigned(duty, anAssignment(bob)));
    const { cells } = await matrix({ depotId: here, firstDay: "2026-11-24", lastDay: "2026-11-26" });
    expect(cells.map(({ driverId, runId }) => [driverId, runId])).toEqual([
      [bob, "B"],
      [ann, "24"],
      [ann, "25"],
      [ann, "26"],
    ]);
  });

  test.each([
    ["2026-11-24", "2026-11-23", "field.out-of-range"],
    ["2026-11-01", "2027-02-01", "field.out-of-range"],
    ["today", "2026-11-23", "field.not-a-date"],
  ])("refuses the days %s to %s", async (firstDay, lastDay, slug) => {
    await expect(matrix({ firstDay, lastDay })).rejects.toMatchObject({ slug });
  });
});

test("an unknown depot has no matrix; one without a roster has an empty one", async () => {
  expect((await matrix({ firstDay: "2026-12-24", lastDay: "2026-12-24" })).cells).toEqual([]);
  await expect(matrix({ depotId: newId() })).rejects.toMatchObject({ kind: "missing", slug: "depot.unknown" });
});

describe("who sees the matrix", () => {
  const viewers = ["dispatcher", "planner", "hr", "auditor", "admin"];

  test.each(roles.filter((role) => !viewers.includes(role)))("not who is only %s", async (role) => {
    await expect(matrix({}, aCaller(role))).rejects.toMatchObject({ slug: "caller.role" });
  });

  test.each(roles.filter((role) => viewers.includes(role)))("a %s of the depot, not of another", async (role) => {
    await expect(matrix({}, aCaller(role, [depot]))).resolves.toBeDefined();
    await expect(matrix({}, aCaller(role, [newId()]))).rejects.toMatchObject({ slug: "caller.other-depot" });
  });
});
