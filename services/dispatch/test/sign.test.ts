import { AssignmentState, DutyState } from "@headway/contracts/gen/headway/dispatch/v1/day_service_pb";
import {
  SigningKind,
  SigningMatch,
  SigningService,
} from "@headway/contracts/gen/headway/dispatch/v1/signing_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { type DepotId, newId } from "@headway/kernel/ids";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type GivenDay, givenDay, instant, person, refusal } from "./given-day.ts";

let day: GivenDay;
beforeEach(async () => {
  day = await givenDay();
});
afterEach(() => day.close());

test("a driver signs on, rests, signs off, and the worked time is told", async () => {
  const duty = await day.rosteredDuty(day.yusuf);
  await day.setClock("2026-11-23T05:10:00Z");
  expect(await day.signOn(day.yusuf, "2026-11-23T04:52:30Z")).toMatchObject({
    match: SigningMatch.EARLY,
    dutyId: duty,
    assignment: { state: AssignmentState.SIGNED_ON, driverId: day.yusuf },
  });
  await day.setClock("2026-11-23T13:10:00Z");
  const me = day.asDriver(day.yusuf);
  await day.sign(me, day.yusuf, SigningKind.START_BREAK, "2026-11-23T08:00:00Z");
  await day.sign(me, day.yusuf, SigningKind.END_BREAK, "2026-11-23T08:30:40Z");
  expect(await day.signOff(day.yusuf, "2026-11-23T13:04:20Z")).toMatchObject({
    match: SigningMatch.MATCHED,
    assignment: { state: AssignmentState.SIGNED_OFF, workedMinutes: 454 },
  });
  expect(await day.duty(duty)).toMatchObject({ state: DutyState.COMPLETED, open: false });
  const [worked] = await day.worked();
  expect(worked).toMatchObject({
    depotId: day.depot,
    serviceDate: "2026-11-23",
    dutyId: duty,
    workedMinutes: 454,
    needsReview: false,
  });
  expect(
    worked?.intervals.map(({ kind, starts, ends }) => [kind, (Number(ends?.seconds) - Number(starts?.seconds)) / 60]),
  ).toEqual([
    [1, 180],
    [2, 30],
    [1, 274],
  ]);
  expect((await day.facts()).slice(1)).toEqual([
    "DriverLate 05:05:00",
    "DriverSignedOn 04:52:30",
    "BreakStarted 08:00:00",
    "BreakEnded 08:30:40",
    "DriverSignedOff 13:04:20",
    "WorkedTimeRecorded 13:04:20",
  ]);
});

test("the same signing sent 20 times at once counts once, and always answers the same", async () => {
  await day.rosteredDuty(day.yusuf);
  await day.setClock("2026-11-23T05:00:00Z");
  const signingId = newId();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => day.signOn(day.yusuf, "2026-11-23T05:00:00.123456789Z", { signingId })),
  );
  expect(new Set(answers.map(({ match, dutyId }) => `${match} ${dutyId}`)).size).toBe(1);
  expect((await day.facts()).filter((fact) => fact.startsWith("DriverSignedOn"))).toHaveLength(1);
  expect(await refusal(day.signOff(day.yusuf, "2026-11-23T05:00:00Z", { signingId }))).toBe("signing.id-taken");
});

test("two devices sign on at once: one counts, the other hears so", async () => {
  const dutyId = await day.rosteredDuty(day.yusuf);
  await day.setClock("2026-11-23T05:00:00Z");
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => refusal(day.signOn(day.yusuf, "2026-11-23T05:00:00Z", { dutyId }))),
  );
  expect(answers.toSorted()).toEqual([...Array.from({ length: 9 }, () => "assignment.signed-on"), "not refused"]);
});

test("a driver signs only own duties and only for themselves; another depot's dispatcher for nobody", async () => {
  const dutyId = await day.rosteredDuty(day.yusuf);
  await day.setClock("2026-11-23T05:00:00Z");
  const at = "2026-11-23T05:00:00Z";
  expect(await refusal(day.signOn(day.mei, at, { dutyId }))).toBe("assignment.not-yours");
  expect(await refusal(day.sign(day.asDriver(day.mei), day.yusuf, SigningKind.SIGN_ON, at, { dutyId }))).toBe(
    "signing.not-yours",
  );
  const other = person([{ role: "dispatcher", depots: [newId<DepotId>()] }]);
  expect(await refusal(day.sign(other, day.yusuf, SigningKind.SIGN_ON, at, { dutyId }))).toBe("caller.other-depot");
  expect(await refusal(day.sign(other, day.yusuf, SigningKind.SIGN_ON, at))).toBe("caller.other-depot");
  const list = { driverId: day.yusuf, firstDay: "2026-11-23", lastDay: "2026-11-23" };
  expect(await refusal(day.as(other, SigningService).listSignings(list))).toBe("signing.not-yours");
  expect(await day.sign(day.dispatcher, day.yusuf, SigningKind.SIGN_ON, at)).toMatchObject({
    match: SigningMatch.MATCHED,
  });
});

test("too early, in the future, on a day that is not activated: refused", async () => {
  const dutyId = await day.rosteredDuty(day.yusuf);
  const tomorrow = await day.plan({ date: "2026-11-24" });
  await day.setClock("2026-11-23T04:20:00Z");
  expect(await refusal(day.signOn(day.yusuf, "2026-11-23T04:20:00Z", { dutyId }))).toBe("assignment.too-early");
  expect(await refusal(day.signOn(day.yusuf, "2026-11-23T04:20:00Z"))).toBe("assignment.too-early");
  expect(await refusal(day.signOn(day.yusuf, "2026-11-23T04:40:00Z", { dutyId }))).toBe("signing.in-future");
  expect(await refusal(day.signOn(day.yusuf, "2026-11-23T04:20:00Z", { dutyId: tomorrow }))).toBe("duty.unknown");
});

test("older than a device may have been cut off: refused with its field, and the same again as it was", async () => {
  const dutyId = await day.rosteredDuty(day.yusuf);
  await day.setClock("2026-11-23T05:00:00Z");
  const signingId = newId();
  await day.signOn(day.yusuf, "2026-11-23T05:00:00Z", { signingId });
  await day.setClock("2026-12-09T00:00:00Z");
  for (const at of ["1999-01-01T00:00:00Z", "2026-11-24T23:59:59Z"])
    await expect(day.signOff(day.yusuf, at)).rejects.toMatchObject({
      slug: "signing.too-old",
      findings: [{ field: "at" }],
    });
  expect(await day.signOff(day.yusuf, "2026-11-25T00:00:00Z")).toMatchObject({ match: SigningMatch.ORPHANED });
  expect(await day.signOn(day.yusuf, "2026-11-23T05:00:00Z", { signingId })).toMatchObject({ dutyId });
});

test("a signing that fits no assignment is kept for a person", async () => {
  const dutyId = await day.rosteredDuty(day.yusuf);
  await day.setClock("2026-11-23T05:30:00Z");
  expect(await day.signOn(day.mei, "2026-11-23T05:00:00Z")).toMatchObject({ match: SigningMatch.ORPHANED, dutyId: "" });
  expect(await day.signOn(day.yusuf, "2026-11-23T05:25:00Z")).toMatchObject({ match: SigningMatch.ORPHANED, dutyId });
  expect((await day.facts()).filter((fact) => fact.startsWith("SigningOrphaned"))).toEqual([
    "SigningOrphaned 05:00:00",
    "SigningOrphaned 05:25:00",
  ]);
  const { signings } = await day
    .as(day.asDriver(day.mei), SigningService)
    .listSignings({ driverId: day.mei, firstDay: "2026-11-23", lastDay: "2026-11-23" });
  expect(signings).toMatchObject([
    {
      kind: SigningKind.SIGN_ON,
      dutyId: "",
      at: { seconds: BigInt(instant("2026-11-23T05:00:00Z").epochMilliseconds / 1000) },
    },
  ]);
});

test("a batch answers by row, in the order asked, and a bad row stops nobody else", async () => {
  await day.rosteredDuty(day.yusuf, { ends: "2026-11-23T05:16:00Z" });
  const elsewhere = newId();
  const driver = newId();
  await day.openDepot(elsewhere);
  await day.hire(driver, elsewhere);
  await day.setClock("2026-11-23T05:18:00Z");
  const row = (driverId: string, kind: SigningKind, at: string, signingId: string = newId()) => ({
    signingId,
    driverId,
    kind,
    dutyId: "",
    at: toTimestamp(instant(at)),
  });
  const twice = newId();
  const { results } = await day.as(day.dispatcher, SigningService).signBatch({
    signings: [
      row(day.yusuf, SigningKind.SIGN_OFF, "2026-11-23T05:16:00Z"),
      row("nobody", SigningKind.SIGN_ON, "2026-11-23T05:00:00Z"),
      row(driver, SigningKind.SIGN_ON, "2026-11-23T05:00:00Z"),
      row(day.mei, SigningKind.SIGN_ON, "2026-11-23T05:00:00Z"),
      row(day.yusuf, SigningKind.SIGN_ON, "2026-11-23T05:12:00Z", twice),
      row(day.yusuf, SigningKind.SIGN_ON, "2026-11-23T05:12:00Z", twice),
      row(day.yusuf, SigningKind.SIGN_ON, "2026-11-23T05:12:01Z"),
      row(day.yusuf, SigningKind.UNSPECIFIED, "2026-11-23T05:12:00Z"),
      row(newId(), SigningKind.SIGN_ON, "2026-11-23T05:12:00Z"),
    ],
  });
  expect(results.map(({ match, slug }) => slug || SigningMatch[match])).toEqual([
    "MATCHED",
    "field.not-an-id",
    "caller.other-depot",
    "ORPHANED",
    "LATE",
    "LATE",
    "assignment.signed-on",
    "field.not-allowed",
    "driver.unknown",
  ]);
  expect((await day.worked()).map(({ workedMinutes }) => workedMinutes)).toEqual([4]);
});

test.each([
  ["by day", "2026-11-23", "2026-11-23T05:00:00Z", "2026-11-23T09:00:00Z", "2026-11-23T13:00:00Z", 240],
  ["across midnight", "2026-11-23", "2026-11-23T20:00:00Z", "2026-11-24T01:00:00Z", "2026-11-24T04:00:00Z", 300],
  [
    "as the clocks go forward",
    "2026-03-28",
    "2026-03-28T21:00:00Z",
    "2026-03-29T01:30:00Z",
    "2026-03-29T04:00:00Z",
    270,
  ],
  ["as the clocks go back", "2026-10-24", "2026-10-24T20:00:00Z", "2026-10-25T01:30:00Z", "2026-10-25T05:00:00Z", 330],
])(
  "who goes home in mid-duty, %s, is paid until then, and somebody else works the rest",
  async (_when, date, starts, leaves, ends, minutes) => {
    const short = await givenDay({}, `${date}T04:00:00Z`);
    const duty = await short.rosteredDuty(short.yusuf, { date, starts, ends });
    await short.setClock(starts);
    await short.signOn(short.yusuf, starts);
    await short.setClock(leaves);
    await short.signOff(short.yusuf, leaves);
    expect(await short.duty(duty)).toMatchObject({ state: DutyState.IN_PROGRESS, open: true });
    await short.assign(duty, short.mei, { date, at: leaves, rosterVersion: 2 });
    const comes = instant(leaves).add({ hours: 1 }).toString();
    await short.setClock(comes);
    await short.signOn(short.mei, comes);
    await short.setClock(ends);
    await short.signOff(short.mei, ends);
    expect(await short.duty(duty)).toMatchObject({ state: DutyState.COMPLETED, open: false });
    const left = instant(comes).until(instant(ends)).total("minutes");
    expect((await short.worked()).map(({ workedMinutes }) => workedMinutes)).toEqual([minutes, left]);
    await short.close();
  },
);

test.each([
  ["forward", "2026-03-28", "2026-03-28T21:00:00Z", "2026-03-29T04:00:00Z", 420],
  ["back", "2026-10-24", "2026-10-24T20:00:00Z", "2026-10-25T05:00:00Z", 540],
])("the night when the clocks go %s is paid as long as it lasts", async (_which, date, starts, ends, minutes) => {
  const night = await givenDay({}, `${date}T06:00:00Z`);
  await night.rosteredDuty(night.yusuf, { date, starts, ends });
  await night.setClock(starts);
  await night.signOn(night.yusuf, starts);
  await night.setClock(ends);
  await night.signOff(night.yusuf, ends);
  expect(await night.worked()).toMatchObject([{ serviceDate: date, workedMinutes: minutes }]);
  await night.close();
});
