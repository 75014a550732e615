import { AssignmentState, DutyState } from "@headway/contracts/gen/headway/dispatch/v1/day_service_pb";
import { SigningMatch } from "@headway/contracts/gen/headway/dispatch/v1/signing_service_pb";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Duty } from "../src/model/duty.ts";
import { keepTime } from "../src/usecases/keep-time.ts";
import { type GivenDay, givenDay, instant } from "./given-day.ts";
import { aDuty } from "./model/given.ts";

let day: GivenDay;
beforeEach(async () => {
  day = await givenDay();
});
afterEach(() => day.close());

test.each([
  ["minute by minute", ["05:04:59", "05:05:00", "05:19:59", "05:20:00"]],
  ["in one leap", ["23:00:00"]],
])("who does not come is late, then missed, each at its due instant, %s", async (_how, looks) => {
  const duty = await day.rosteredDuty(day.yusuf);
  for (const look of looks) await day.setClock(`2026-11-23T${look}Z`);
  expect((await day.facts()).slice(1)).toEqual(["DriverLate 05:05:00", "DriverMissed 05:20:00"]);
  expect(await day.duty(duty)).toMatchObject({ open: true, assignments: [{ state: AssignmentState.MISSED }] });
});

test("what the clock is late to see, a signing brings with it", async () => {
  await day.rosteredDuty(day.yusuf);
  await day.db.rows("update assignment set due_at = null");
  await day.setClock("2026-11-23T05:30:00Z");
  expect(await day.signOn(day.yusuf, "2026-11-23T05:11:00Z")).toMatchObject({ match: SigningMatch.LATE });
  expect((await day.facts()).slice(1)).toEqual(["DriverLate 05:05:00", "DriverSignedOn 05:11:00"]);
});

test("who forgets to sign off is signed off by the system, and may still sign off themselves", async () => {
  const duty = await day.rosteredDuty(day.yusuf);
  await day.setClock("2026-11-23T05:00:00Z");
  await day.signOn(day.yusuf, "2026-11-23T05:00:00Z");
  await day.setClock("2026-11-23T18:00:00Z");
  expect(await day.duty(duty)).toMatchObject({
    state: DutyState.COMPLETED,
    assignments: [{ state: AssignmentState.NEEDS_REVIEW, workedMinutes: 480 }],
  });
  await day.signOff(day.yusuf, "2026-11-23T12:30:00Z");
  expect(await day.duty(duty)).toMatchObject({
    assignments: [{ state: AssignmentState.SIGNED_OFF, workedMinutes: 450 }],
  });
  expect((await day.worked()).map(({ workedMinutes, needsReview }) => [workedMinutes, needsReview])).toEqual([
    [480, true],
    [450, false],
  ]);
  expect((await day.facts()).slice(2)).toEqual([
    "DriverSignedOff 17:00:00",
    "WorkedTimeRecorded 17:00:00",
    "DriverSignedOff 12:30:00",
    "WorkedTimeRecorded 12:30:00",
  ]);
});

test("a depot that grants more time has its drivers late and missed later", async () => {
  await day.rosteredDuty(day.yusuf);
  await day.db.rows("update depot set late_minutes = 15, missed_minutes = 45");
  await day.setClock("2026-11-23T05:10:00Z");
  expect((await day.facts()).slice(1)).toEqual([]);
  await day.setClock("2026-11-23T05:30:00Z");
  expect((await day.facts()).slice(1)).toEqual(["DriverLate 05:15:00"]);
  await day.setClock("2026-11-23T06:00:00Z");
  expect((await day.facts()).slice(2)).toEqual(["DriverMissed 05:45:00"]);
});

test.each([
  ["by day", "2026-11-23T05:00:00Z", "2026-11-23T13:00:00Z"],
  ["across midnight", "2026-11-23T20:00:00Z", "2026-11-24T04:00:00Z"],
])("who is put on a duty too late to come before it ends has not missed it, %s", async (_when, starts, ends) => {
  const [over, ending, inTime] = [
    await day.plan({ starts, ends }),
    await day.plan({ starts, ends }),
    await day.plan({ starts, ends }),
  ];
  await day.activate();
  const before = (minutes: number) => instant(ends).subtract({ minutes }).toString();
  await day.assign(inTime, day.yusuf, { at: before(61) });
  await day.assign(ending, day.yusuf, { at: before(30) });
  await day.assign(over, day.yusuf, { at: before(-60) });
  await day.setClock(before(-300));
  expect((await day.told("DriverMissed")).map(({ dutyId }) => dutyId)).toEqual([inTime]);
  expect((await day.duty(over)).assignments).toMatchObject([{ state: AssignmentState.ASSIGNED }]);
});

test("what somebody else has decided while the clock waited for its lock gets no version more", async () => {
  const duty = aDuty({ assignments: [] });
  const due = [[duty.id], []];
  const saved: Duty[] = [];
  const keep = keepTime({
    duties: {
      due: async () => due.shift() ?? [],
      lockAll: async () => [duty],
      save: async (_tx, changes) => void saved.push(...changes.map(({ after }) => after)),
    },
    events: { record: async () => {} },
  });
  await day.hosted.ground.db.inTx((tx) => keep(tx, { now: instant("2026-11-23T06:00:00Z") }));
  expect(saved).toEqual([]);
});

test("250 drivers who do not come are all marked, in more than one stretch", async () => {
  for (let run = 0; run < 250; run++) await day.assign(await day.plan({ run: String(run) }), day.yusuf);
  await day.activate();
  await day.setClock("2026-11-23T06:00:00Z");
  const counted = await day.db.rows("select type, count(*) as count from event_log group by type order by type");
  expect(counted).toEqual([
    { type: "DayActivated", count: 1 },
    { type: "DriverLate", count: 250 },
    { type: "DriverMissed", count: 250 },
  ]);
}, 30_000);
