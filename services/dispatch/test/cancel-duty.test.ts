import { AssignmentState, DutyState } from "@headway/contracts/gen/headway/dispatch/v1/day_service_pb";
import { CancelCause } from "@headway/contracts/gen/headway/dispatch/v1/events_pb";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type GivenDay, givenDay, instant, refusal } from "./given-day.ts";

let day: GivenDay;
beforeEach(async () => {
  day = await givenDay();
});
afterEach(() => day.close());

test("a duty is cancelled with its cause, frees its driver, and runs again open", async () => {
  const dutyId = await day.rosteredDuty(day.yusuf);
  const { version } = await day.duty(dutyId);
  const cancelled = await day.days.cancelDuty({
    dutyId,
    expectedVersion: version,
    cause: CancelCause.NO_VEHICLE,
    note: "Bus 7 lost its door.",
  });
  expect(cancelled.duty).toMatchObject({
    state: DutyState.CANCELLED,
    cancelCause: CancelCause.NO_VEHICLE,
    cancelNote: "Bus 7 lost its door.",
    open: false,
    assignments: [{ state: AssignmentState.RELEASED }],
  });
  expect(await refusal(day.days.cancelDuty({ dutyId, expectedVersion: version, cause: CancelCause.OTHER }))).toBe(
    "duty.changed",
  );
  const now = (await day.duty(dutyId)).version;
  const { duty } = await day.days.reactivateDuty({ dutyId, expectedVersion: now });
  expect(duty).toMatchObject({
    state: DutyState.PUBLISHED,
    cancelCause: CancelCause.UNSPECIFIED,
    cancelNote: "",
    open: true,
  });
  await day.setClock("2026-11-23T23:00:00Z");
  expect((await day.facts()).slice(1)).toEqual(["DutyCancelled 12:00:00", "DutyReactivated 12:00:00"]);
  expect(await day.told("DutyCancelled")).toMatchObject([{ cause: CancelCause.NO_VEHICLE }]);
  for (const { payload } of await day.recorded()) expect(Buffer.from(payload).includes("door")).toBe(false);
});

test("a duty is not cancelled without a cause", async () => {
  const dutyId = await day.rosteredDuty(day.yusuf);
  const { version: expectedVersion } = await day.duty(dutyId);
  expect(await refusal(day.days.cancelDuty({ dutyId, expectedVersion }))).toBe("field.not-allowed");
});

test("ten cancel at once: one does, nine are told that it changed", async () => {
  const dutyId = await day.rosteredDuty(day.yusuf);
  const { version: expectedVersion } = await day.duty(dutyId);
  const answers = await Promise.all(
    Array.from({ length: 10 }, () =>
      refusal(day.days.cancelDuty({ dutyId, expectedVersion, cause: CancelCause.DISRUPTION })),
    ),
  );
  expect(answers.toSorted()).toEqual([...Array.from({ length: 9 }, () => "duty.changed"), "not refused"]);
});

test("a duty under way is not cancelled", async () => {
  const dutyId = await day.rosteredDuty(day.yusuf);
  await day.setClock("2026-11-23T05:00:00Z");
  await day.signOn(day.yusuf, "2026-11-23T05:00:00Z");
  const { version: expectedVersion } = await day.duty(dutyId);
  expect(await refusal(day.days.cancelDuty({ dutyId, expectedVersion, cause: CancelCause.DISRUPTION }))).toBe(
    "duty.in-progress",
  );
});

test("who is released in mid-duty is relieved and paid until then; the duty is open", async () => {
  const duty = await day.plan();
  const assignment = await day.assign(duty, day.yusuf);
  await day.activate();
  await day.setClock("2026-11-23T05:00:00Z");
  await day.signOn(day.yusuf, "2026-11-23T05:00:00Z");
  await day.release(duty, day.yusuf, { assignment, rosterVersion: 2, at: "2026-11-23T07:00:00Z" });
  expect(await day.duty(duty)).toMatchObject({
    state: DutyState.IN_PROGRESS,
    open: true,
    assignments: [{ state: AssignmentState.SIGNED_OFF, workedMinutes: 120 }],
  });
});

test.each([
  ["by day", "2026-11-23T05:00:00Z", "2026-11-23T13:00:00Z"],
  ["across midnight", "2026-11-23T20:00:00Z", "2026-11-24T04:00:00Z"],
])("the rest of a duty that nobody takes over is cancelled, %s; what was worked stays", async (_when, starts, ends) => {
  const dutyId = await day.plan({ starts, ends });
  const assignment = await day.assign(dutyId, day.yusuf);
  await day.activate();
  await day.setClock(starts);
  await day.signOn(day.yusuf, starts);
  const at = instant(starts).add({ hours: 5 }).toString();
  await day.release(dutyId, day.yusuf, { assignment, rosterVersion: 2, at });
  await day.setClock(instant(ends).add({ hours: 1 }).toString());
  const { version: expectedVersion } = await day.duty(dutyId);
  const cancelled = await day.days.cancelDuty({ dutyId, expectedVersion, cause: CancelCause.NO_DRIVER });
  expect(cancelled.duty).toMatchObject({
    state: DutyState.CANCELLED,
    open: false,
    assignments: [{ state: AssignmentState.SIGNED_OFF, workedMinutes: 300 }],
  });
  expect(await day.told("DutyCancelled")).toMatchObject([{ dutyId, cause: CancelCause.NO_DRIVER }]);
});

test("in mid-duty the rest of it runs again where it is reactivated, and whoever comes works it", async () => {
  const duty = await day.plan();
  const assignment = await day.assign(duty, day.yusuf);
  await day.activate();
  await day.setClock("2026-11-23T05:00:00Z");
  await day.signOn(day.yusuf, "2026-11-23T05:00:00Z");
  await day.setClock("2026-11-23T07:00:00Z");
  await day.release(duty, day.yusuf, { assignment, rosterVersion: 2, at: "2026-11-23T07:00:00Z" });
  const seen = async () => ({ dutyId: duty, expectedVersion: (await day.duty(duty)).version });
  await day.days.cancelDuty({ ...(await seen()), cause: CancelCause.NO_DRIVER });
  await day.days.reactivateDuty(await seen());
  await day.assign(duty, day.mei, { rosterVersion: 3, at: "2026-11-23T07:00:00Z" });
  await day.signOn(day.mei, "2026-11-23T07:00:00Z");
  expect(await day.duty(duty)).toMatchObject({ state: DutyState.IN_PROGRESS, open: false });
  expect(await refusal(day.days.cancelDuty({ ...(await seen()), cause: CancelCause.OTHER }))).toBe("duty.in-progress");
});
