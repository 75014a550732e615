import { SigningMatch } from "@headway/contracts/gen/headway/dispatch/v1/signing_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { newId } from "@headway/kernel/ids";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type GivenDay, givenDay, instant, refusal } from "./given-day.ts";

let day: GivenDay;
beforeEach(async () => {
  day = await givenDay();
});
afterEach(() => day.close());

const monday = "2026-11-23";
const tuesday = "2026-11-24";

/** Yusuf has a duty on an activated day. */
const given = async (run: string, starts: string, ends: string, date = monday, calledIn = `${monday}T00:00:00Z`) => {
  const dutyId = await day.plan({ run, starts, ends, date });
  const assignment = await day.assign(dutyId, day.yusuf, { date, at: calledIn });
  await day.activate(date);
  return { dutyId, assignment };
};

const signOn = async (dutyId: string, at: string) => {
  await day.setClock(at);
  await day.signOn(day.yusuf, at, { dutyId });
};

const signOff = async (dutyId: string, at: string) => {
  await day.setClock(at);
  await day.signOff(day.yusuf, at, { dutyId });
};

const relieve = ({ dutyId, assignment }: { dutyId: string; assignment: string }, at: string, date = monday) =>
  day.release(dutyId, day.yusuf, { assignment, rosterVersion: 2, at, date });

const verify = async (dutyId: string, signedOff: string) => {
  const { assignments, version: expectedVersion } = await day.duty(dutyId);
  const assignmentId = assignments[0]?.id ?? "";
  const signedOffAt = toTimestamp(instant(signedOff));
  return refusal(day.reviews.verifyWorkedTime({ dutyId, assignmentId, expectedVersion, signedOffAt }));
};

/** What counts now, by duty: the minutes, with a question mark where a person must look. */
const counted = async () =>
  Object.fromEntries(
    (await day.worked()).map(({ dutyId, workedMinutes, needsReview }) => [
      dutyId,
      `${workedMinutes}${needsReview ? "?" : ""}`,
    ]),
  );

describe("a sign-off that a dispatcher gives", () => {
  test("lies no later than the system waits for one", async () => {
    const { dutyId } = await given("005", `${monday}T12:05:00Z`, `${monday}T16:20:00Z`);
    await signOn(dutyId, `${monday}T12:05:00Z`);
    const next = await given("006", `${tuesday}T12:05:00Z`, `${tuesday}T16:20:00Z`, tuesday);
    await signOn(next.dutyId, `${tuesday}T12:05:00Z`);
    await signOff(next.dutyId, `${tuesday}T16:20:00Z`);
    expect(await verify(dutyId, `${tuesday}T16:20:00Z`)).toBe("signing.too-late");
    expect(await verify(dutyId, `${monday}T20:20:01Z`)).toBe("signing.too-late");
    expect(await counted()).toEqual({ [dutyId]: "255?", [next.dutyId]: "255" });
    expect(await verify(dutyId, `${monday}T20:20:00Z`)).toBe("not refused");
  });

  test("waits as long as the depot's system does, also across midnight", async () => {
    const { dutyId } = await given("900", `${monday}T18:00:00Z`, `${monday}T23:00:00Z`);
    await signOn(dutyId, `${monday}T18:00:00Z`);
    await day.setClock(`${tuesday}T09:00:00Z`);
    expect(await verify(dutyId, `${tuesday}T03:00:01Z`)).toBe("signing.too-late");
    await day.db.rows("update depot set sign_off_by_system_minutes = 300");
    expect(await verify(dutyId, `${tuesday}T03:00:01Z`)).toBe("not refused");
  });

  test.each([
    ["by day", "05:00", "13:00", "09:00", "10:00", "14:00", "12:00"],
    ["across midnight", "20:00", "28:00", "23:30", "24:30", "29:00", "26:00"],
  ])("%s it does not reach into what the driver worked next", async (_when, ...clocks) => {
    const [from, to, relieved, nextFrom, nextTo, wanted] = clocks.map((clock) => {
      const [hours = 0, minutes = 0] = clock.split(":").map(Number);
      return instant(`${monday}T00:00:00Z`).add({ hours, minutes }).toString();
    }) as [string, string, string, string, string, string];
    const first = await given("101", from, to);
    await signOn(first.dutyId, from);
    await day.setClock(relieved);
    await relieve(first, relieved);
    const second = await given("102", nextFrom, nextTo);
    await signOn(second.dutyId, nextFrom);
    await signOff(second.dutyId, nextTo);
    expect(await verify(first.dutyId, wanted)).toBe("driver.at-work");
    expect(await verify(first.dutyId, nextFrom)).toBe("not refused");
  });
});

describe("a sign-on", () => {
  test("is refused while the driver is at work on another duty, until they have signed off there", async () => {
    const first = await given("101", `${monday}T05:00:00Z`, `${monday}T13:00:00Z`);
    await signOn(first.dutyId, `${monday}T05:00:00Z`);
    const second = await given("102", `${monday}T12:00:00Z`, `${monday}T15:00:00Z`);
    expect(await refusal(signOn(second.dutyId, `${monday}T12:00:00Z`))).toBe("driver.at-work");
    await signOff(first.dutyId, `${monday}T12:00:00Z`);
    await signOn(second.dutyId, `${monday}T12:00:00Z`);
    await signOff(second.dutyId, `${monday}T15:00:00Z`);
    expect(await counted()).toEqual({ [first.dutyId]: "420", [second.dutyId]: "180" });
  });

  test("from an offline device is refused where the driver was at work elsewhere", async () => {
    const first = await given("101", `${monday}T05:00:00Z`, `${monday}T13:00:00Z`);
    await signOn(first.dutyId, `${monday}T05:00:00Z`);
    await day.setClock(`${monday}T09:00:00Z`);
    await relieve(first, `${monday}T09:00:00Z`);
    const second = await given("102", `${monday}T08:40:00Z`, `${monday}T14:00:00Z`, monday, `${monday}T09:00:00Z`);
    await day.setClock(`${monday}T10:00:00Z`);
    const late = (at: string) => refusal(day.signOn(day.yusuf, at, { dutyId: second.dutyId }));
    expect(await late(`${monday}T08:45:00Z`)).toBe("driver.at-work");
    expect(await late(`${monday}T09:00:00Z`)).toBe("not refused");
  });

  test("to two duties at once: one counts", async () => {
    const both = [
      await given("101", `${monday}T05:00:00Z`, `${monday}T13:00:00Z`),
      await given("102", `${monday}T05:00:00Z`, `${monday}T13:00:00Z`),
    ];
    await day.setClock(`${monday}T05:00:00Z`);
    const answers = both.map(({ dutyId }) => refusal(day.signOn(day.yusuf, `${monday}T05:00:00Z`, { dutyId })));
    expect((await Promise.all(answers)).toSorted()).toEqual(["driver.at-work", "not refused"]);
  });
});

describe("who forgot to sign off and has signed on elsewhere", () => {
  test("is paid to the planned end, whatever a late sign-off says", async () => {
    const first = await given("101", `${monday}T05:00:00Z`, `${monday}T13:00:00Z`);
    await signOn(first.dutyId, `${monday}T05:00:00Z`);
    const second = await given("102", `${monday}T13:05:00Z`, `${monday}T15:00:00Z`);
    await signOn(second.dutyId, `${monday}T13:05:00Z`);
    await signOff(first.dutyId, `${monday}T13:10:00Z`);
    await signOff(second.dutyId, `${monday}T15:00:00Z`);
    expect(await counted()).toEqual({ [first.dutyId]: "480?", [second.dutyId]: "115" });
  });

  test("is paid to the sign-on elsewhere where the planned end has moved beyond it", async () => {
    const first = await given("101", `${monday}T05:00:00Z`, `${monday}T13:00:00Z`);
    await signOn(first.dutyId, `${monday}T05:00:00Z`);
    const second = await given("102", `${monday}T13:05:00Z`, `${monday}T15:00:00Z`);
    await signOn(second.dutyId, `${monday}T13:05:00Z`);
    const later = { starts: `${monday}T05:00:00Z`, ends: `${monday}T14:00:00Z`, version: 2 };
    await day.plan({ id: first.dutyId, ...later }, "DutyChanged");
    await signOff(second.dutyId, `${monday}T15:00:00Z`);
    await day.setClock(`${monday}T18:00:00Z`);
    expect(await counted()).toEqual({ [first.dutyId]: "485?", [second.dutyId]: "115" });
  });
});

describe("an orphaned sign-on that is matched", () => {
  /** Taken off the first duty before it began, and at work on the second; the first one's sign-on comes late. */
  const orphaned = async (at: string) => {
    const first = await given("101", `${monday}T05:00:00Z`, `${monday}T13:00:00Z`);
    await relieve(first, `${monday}T04:00:00Z`);
    const second = await given("102", `${monday}T10:00:00Z`, `${monday}T14:00:00Z`);
    await signOn(second.dutyId, `${monday}T10:00:00Z`);
    await signOff(second.dutyId, `${monday}T14:00:00Z`);
    const signingId = newId();
    const taken = await day.signOn(day.yusuf, at, { dutyId: first.dutyId, signingId });
    expect(taken.match).toBe(SigningMatch.ORPHANED);
    return { first, second, match: { signingId, assignmentId: first.assignment } };
  };

  test("counts until the driver's next work began", async () => {
    const { first, second, match } = await orphaned(`${monday}T04:58:00Z`);
    await day.reviews.matchOrphanedSigning(match);
    await day.setClock(`${monday}T18:00:00Z`);
    expect(await counted()).toEqual({ [first.dutyId]: "300?", [second.dutyId]: "240" });
  });

  test("is refused where the driver was at work elsewhere", async () => {
    const { match } = await orphaned(`${monday}T11:00:00Z`);
    expect(await refusal(day.reviews.matchOrphanedSigning(match))).toBe("driver.at-work");
  });
});
