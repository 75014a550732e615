import { AssignmentState } from "@headway/contracts/gen/headway/dispatch/v1/day_service_pb";
import { ReviewService } from "@headway/contracts/gen/headway/dispatch/v1/review_service_pb";
import { SigningKind, SigningMatch } from "@headway/contracts/gen/headway/dispatch/v1/signing_service_pb";
import { toInstant, toTimestamp } from "@headway/contracts/instant";
import { type DepotId, newId } from "@headway/kernel/ids";
import { actorOf } from "@headway/service/caller";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type GivenDay, givenDay, instant, person, refusal } from "./given-day.ts";

let day: GivenDay;
beforeEach(async () => {
  day = await givenDay();
});
afterEach(() => day.close());

const date = "2026-11-23";
const stamp = (text: string) => toTimestamp(instant(text));

/** Yusuf signs on; nobody signs off, until the clock is there. */
const forgotten = async (now = `${date}T18:00:00Z`) => {
  const dutyId = await day.rosteredDuty(day.yusuf);
  await day.setClock(`${date}T05:00:00Z`);
  await day.signOn(day.yusuf, `${date}T05:00:00Z`);
  await day.setClock(now);
  return dutyId;
};

const verify = async (dutyId: string, signedOff: string | null = null, reviews = day.reviews) => {
  const { assignments, version: expectedVersion } = await day.duty(dutyId);
  const at = signedOff ? { signedOffAt: stamp(signedOff) } : {};
  return reviews.verifyWorkedTime({ dutyId, assignmentId: assignments[0]?.id ?? "", expectedVersion, ...at });
};

const awaitingReview = async (depotId = day.depot) =>
  (await day.reviews.listReviews({ depotId, serviceDate: date })).duties.map(({ dutyId }) => dutyId);

const workedMinutes = async () =>
  (await day.worked()).map(({ workedMinutes, needsReview }) => `${workedMinutes}${needsReview ? "?" : ""}`);

test("what the system signed off is listed, and counts for good once a dispatcher has verified it", async () => {
  const dutyId = await forgotten();
  await day.plan({ run: "102" });
  expect(await awaitingReview()).toEqual([dutyId]);
  const { duty } = await verify(dutyId);
  expect(duty?.assignments).toMatchObject([
    {
      state: AssignmentState.VERIFIED,
      workedMinutes: 480,
      verifiedBy: actorOf(day.dispatcher),
      verifiedAt: stamp(`${date}T18:00:00Z`),
    },
  ]);
  expect(await awaitingReview()).toEqual([]);
  expect(await workedMinutes()).toEqual(["480?", "480"]);
  expect((await day.facts()).slice(-2)).toEqual(["WorkedTimeVerified 18:00:00", "WorkedTimeRecorded 18:00:00"]);
});

test("it counts until the sign-off that the dispatcher gives, and can be corrected again", async () => {
  const dutyId = await forgotten();
  await verify(dutyId, `${date}T12:40:30Z`);
  expect((await day.duty(dutyId)).assignments).toMatchObject([
    { state: AssignmentState.VERIFIED, workedMinutes: 460, signedOffAt: stamp(`${date}T12:40:30Z`) },
  ]);
  await verify(dutyId, `${date}T14:10:00Z`);
  expect(await workedMinutes()).toEqual(["480?", "460", "550"]);
  expect(await day.told("WorkedTimeVerified")).toMatchObject([
    { dutyId, driverId: day.yusuf, signedOffAt: stamp(`${date}T12:40:30Z`) },
    { dutyId, driverId: day.yusuf, signedOffAt: stamp(`${date}T14:10:00Z`) },
  ]);
});

test("a sign-off long after the planned end is paid to the planned end, until a dispatcher grants the rest", async () => {
  const dutyId = await forgotten(`${date}T14:00:00Z`);
  await day.signOff(day.yusuf, `${date}T14:00:00Z`);
  expect(await awaitingReview()).toEqual([dutyId]);
  await verify(dutyId);
  await verify(dutyId, `${date}T14:00:00Z`);
  expect(await workedMinutes()).toEqual(["480?", "480", "540"]);
});

test("a driver's own sign-off, long after the system's, can be verified, also once less was", async () => {
  const dutyId = await forgotten(`${date}T18:10:00Z`);
  expect(await day.signOff(day.yusuf, `${date}T18:10:00Z`)).toMatchObject({ match: SigningMatch.LATE });
  await verify(dutyId);
  await day.setClock(`${date}T19:00:00Z`);
  expect(await refusal(verify(dutyId, `${date}T18:10:01Z`))).toBe("signing.too-late");
  await verify(dutyId, `${date}T18:10:00Z`);
  expect((await workedMinutes()).at(-1)).toBe("790");
});

test("it can be verified where it arrived after a verification", async () => {
  const dutyId = await forgotten(`${date}T18:10:00Z`);
  await verify(dutyId);
  expect(await day.signOff(day.yusuf, `${date}T18:10:00Z`)).toMatchObject({ match: SigningMatch.ORPHANED });
  await verify(dutyId, `${date}T18:10:00Z`);
  expect((await workedMinutes()).at(-1)).toBe("790");
});

test("a duty tells until when its work counts at most, and what it tells is never refused", async () => {
  const dutyId = await day.rosteredDuty(day.yusuf);
  const most = async () => {
    const { countsUntil } = (await day.duty(dutyId)).assignments[0] ?? {};
    return countsUntil ? toInstant(countsUntil, "countsUntil").toString() : null;
  };
  const verified = async () => refusal(verify(dutyId, await most()));
  expect(await most()).toBeNull();
  await day.setClock(`${date}T05:00:00Z`);
  await day.signOn(day.yusuf, `${date}T05:00:00Z`);
  expect(await most()).toBe(`${date}T17:00:00Z`);
  await day.setClock(`${date}T19:00:00Z`);
  expect(await verified()).toBe("not refused");
  await day.signOff(day.yusuf, `${date}T18:10:00Z`);
  expect([await most(), await verified()]).toEqual([`${date}T18:10:00Z`, "not refused"]);
  await verify(dutyId, `${date}T13:00:00Z`);
  const next = { run: "102", starts: `${date}T15:30:00Z`, ends: `${date}T18:00:00Z` };
  const nextId = await day.plan(next);
  await day.assign(nextId, day.yusuf, { at: `${date}T15:00:00Z` });
  await day.sign(day.dispatcher, day.yusuf, SigningKind.SIGN_ON, `${date}T15:30:00Z`, { dutyId: nextId });
  expect([await most(), await verified()]).toEqual([`${date}T15:30:00Z`, "not refused"]);
});

test("breaks stay out of what is verified", async () => {
  const dutyId = await day.rosteredDuty(day.yusuf);
  await day.setClock(`${date}T05:00:00Z`);
  await day.signOn(day.yusuf, `${date}T05:00:00Z`);
  await day.setClock(`${date}T12:00:00Z`);
  const me = day.asDriver(day.yusuf);
  await day.sign(me, day.yusuf, SigningKind.START_BREAK, `${date}T08:00:00Z`);
  await day.sign(me, day.yusuf, SigningKind.END_BREAK, `${date}T08:30:00Z`);
  await day.setClock(`${date}T18:00:00Z`);
  await verify(dutyId, `${date}T13:00:00Z`);
  expect((await workedMinutes()).at(-1)).toBe("450");
});

test("refused: before the driver has left, a sign-off out of order or in the future, and what was seen too early", async () => {
  const dutyId = await forgotten(`${date}T12:00:00Z`);
  expect(await refusal(verify(dutyId))).toBe("assignment.signed-on");
  await day.setClock(`${date}T18:00:00Z`);
  expect(await refusal(verify(dutyId, `${date}T04:59:00Z`))).toBe("signing.out-of-order");
  expect(await refusal(verify(dutyId, `${date}T18:05:00Z`))).toBe("signing.in-future");
  const { assignments, version: expectedVersion } = await day.duty(dutyId);
  const seen = { dutyId, assignmentId: assignments[0]?.id ?? "", expectedVersion };
  const attempts = Array.from({ length: 10 }, () => refusal(day.reviews.verifyWorkedTime(seen)));
  expect((await Promise.all(attempts)).toSorted()).toEqual([
    ...Array.from({ length: 9 }, () => "duty.changed"),
    "not refused",
  ]);
  expect(await workedMinutes()).toEqual(["480?", "480"]);
});

test("another depot's dispatcher sees nothing and verifies nothing", async () => {
  const dutyId = await forgotten();
  const other = day.as(person([{ role: "dispatcher", depots: [newId<DepotId>()] }]), ReviewService);
  expect(await refusal(verify(dutyId, null, other))).toBe("caller.other-depot");
  expect(await refusal(other.listReviews({ depotId: day.depot, serviceDate: date }))).toBe("caller.other-depot");
});

test("a sign-off that arrives after the verification changes nothing and waits for a person", async () => {
  const dutyId = await forgotten();
  await verify(dutyId, `${date}T12:40:00Z`);
  expect(await day.signOff(day.yusuf, `${date}T12:55:00Z`)).toMatchObject({ match: SigningMatch.ORPHANED, dutyId });
  expect((await day.duty(dutyId)).assignments).toMatchObject([{ state: AssignmentState.VERIFIED, workedMinutes: 460 }]);
});

test.each([
  ["an ordinary night", "2026-11-23", "2026-11-23T21:00:00Z", "2026-11-24T05:00:00Z", 480, 450],
  ["the night when the clocks go forward", "2026-03-28", "2026-03-28T21:00:00Z", "2026-03-29T04:00:00Z", 420, 390],
  ["the night when the clocks go back", "2026-10-24", "2026-10-24T20:00:00Z", "2026-10-25T05:00:00Z", 540, 510],
])("across midnight, %s: verified for as long as it lasted", async (_night, serviceDate, starts, ends, whole, left) => {
  const night = await givenDay({}, `${serviceDate}T06:00:00Z`);
  const dutyId = await night.rosteredDuty(night.yusuf, { date: serviceDate, starts, ends });
  await night.setClock(starts);
  await night.signOn(night.yusuf, starts);
  await night.setClock(instant(ends).add({ hours: 5 }).toString());
  const listed = await night.reviews.listReviews({ depotId: night.depot, serviceDate });
  expect(listed.duties.map((duty) => duty.dutyId)).toEqual([dutyId]);
  const early = toTimestamp(instant(ends).subtract({ minutes: 30 }));
  for (const at of [{}, { signedOffAt: early }]) {
    const { assignments, version: expectedVersion } = await night.duty(dutyId);
    await night.reviews.verifyWorkedTime({ dutyId, assignmentId: assignments[0]?.id ?? "", expectedVersion, ...at });
  }
  expect(await night.worked()).toMatchObject([
    { serviceDate, workedMinutes: whole, needsReview: true },
    { serviceDate, workedMinutes: whole, needsReview: false },
    { serviceDate, workedMinutes: left, needsReview: false },
  ]);
  await night.close();
});
