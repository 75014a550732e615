import { AssignmentState, DutyState } from "@headway/contracts/gen/headway/dispatch/v1/day_service_pb";
import { DismissReason } from "@headway/contracts/gen/headway/dispatch/v1/events_pb";
import { OrphanState, ReviewService } from "@headway/contracts/gen/headway/dispatch/v1/review_service_pb";
import { SigningKind, SigningMatch } from "@headway/contracts/gen/headway/dispatch/v1/signing_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { type DepotId, newId } from "@headway/kernel/ids";
import { actorOf } from "@headway/service/caller";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type GivenDay, givenDay, instant, person, refusal } from "./given-day.ts";

let day: GivenDay;
beforeEach(async () => {
  day = await givenDay();
});
afterEach(() => day.close());

const date = "2026-11-23";
const stamp = (text: string) => toTimestamp(instant(text));
const listed = async (waiting = true) =>
  (await day.reviews.listOrphanedSignings({ depotId: day.depot, serviceDate: date, waiting })).signings;

/** Yusuf is marked as missed, the roster takes him off, and then a terminal that was cut off sends his sign-on. */
const tooLate = async (at = `${date}T04:58:00Z`) => {
  const dutyId = await day.plan();
  const assignmentId = await day.assign(dutyId, day.yusuf);
  await day.activate();
  await day.setClock(`${date}T05:30:00Z`);
  await day.release(dutyId, day.yusuf, { assignment: assignmentId, rosterVersion: 2, at: `${date}T05:21:00Z` });
  const signingId = newId();
  await day.signOn(day.yusuf, at, { signingId });
  return { dutyId, assignmentId, signingId };
};

describe("a signing that fits nothing", () => {
  test("is listed in its depot and day, with the duty that it came too late for", async () => {
    const { dutyId, signingId } = await tooLate();
    const home = newId();
    await day.signOn(day.mei, `${date}T05:10:00Z`, { signingId: home });
    expect(await listed()).toMatchObject([
      {
        signing: { signingId, driverId: day.yusuf, dutyId, kind: SigningKind.SIGN_ON, at: stamp(`${date}T04:58:00Z`) },
        state: OrphanState.WAITING,
        receivedAt: stamp(`${date}T05:30:00Z`),
        settledBy: "",
        assignmentId: "",
      },
      { signing: { signingId: home, driverId: day.mei, dutyId: "" }, state: OrphanState.WAITING },
    ]);
    const tomorrow = { depotId: day.depot, serviceDate: "2026-11-24", waiting: true };
    expect((await day.reviews.listOrphanedSignings(tomorrow)).signings).toEqual([]);
  });

  test("is another depot's dispatcher's business in no way", async () => {
    const { assignmentId, signingId } = await tooLate();
    const other = day.as(person([{ role: "dispatcher", depots: [newId<DepotId>()] }]), ReviewService);
    const attempts = [
      other.listOrphanedSignings({ depotId: day.depot, serviceDate: date }),
      other.matchOrphanedSigning({ signingId, assignmentId }),
      other.dismissOrphanedSigning({ signingId, reason: DismissReason.OTHER }),
    ];
    expect(await Promise.all(attempts.map(refusal))).toEqual(attempts.map(() => "caller.other-depot"));
  });
});

describe("matched to an assignment", () => {
  test("it counts at its own time: the driver has the duty again, and is paid for all of it", async () => {
    const { dutyId, assignmentId, signingId } = await tooLate();
    const { signing, duty } = await day.reviews.matchOrphanedSigning({ signingId, assignmentId });
    expect(signing).toMatchObject({
      state: OrphanState.MATCHED,
      assignmentId,
      settledBy: actorOf(day.dispatcher),
      settledAt: stamp(`${date}T05:30:00Z`),
    });
    expect(duty).toMatchObject({
      state: DutyState.IN_PROGRESS,
      open: false,
      assignments: [{ id: assignmentId, state: AssignmentState.SIGNED_ON, signedOnAt: stamp(`${date}T04:58:00Z`) }],
    });
    expect(await listed()).toEqual([]);
    expect(await listed(false)).toMatchObject([{ state: OrphanState.MATCHED, signing: { dutyId } }]);

    await day.setClock(`${date}T13:00:00Z`);
    await day.signOff(day.yusuf, `${date}T13:00:00Z`);
    expect((await day.worked()).map(({ driverId, workedMinutes }) => [driverId, workedMinutes])).toEqual([
      [day.yusuf, 480],
    ]);
    expect((await day.facts()).slice(1)).toEqual([
      "DriverLate 05:05:00",
      "DriverMissed 05:20:00",
      "SigningOrphaned 04:58:00",
      "DriverSignedOn 04:58:00",
      "SigningMatched 05:30:00",
      "DriverSignedOff 13:00:00",
      "WorkedTimeRecorded 13:00:00",
    ]);
    expect(await day.told("SigningMatched")).toMatchObject([
      { depotId: day.depot, serviceDate: date, driverId: day.yusuf, signingId, dutyId, assignmentId },
    ]);
  });

  test("sent again by the device it answers as it counts now", async () => {
    const { assignmentId, signingId, dutyId } = await tooLate();
    await day.reviews.matchOrphanedSigning({ signingId, assignmentId });
    expect(await day.signOn(day.yusuf, `${date}T04:58:00Z`, { signingId })).toMatchObject({
      match: SigningMatch.EARLY,
      dutyId,
      assignment: { id: assignmentId },
    });
    expect((await day.facts()).filter((fact) => fact.startsWith("DriverSignedOn"))).toHaveLength(1);
  });

  test("other times of the duty do not take it away, another driver in the roster does and pays until then", async () => {
    const { dutyId, assignmentId, signingId } = await tooLate();
    await day.reviews.matchOrphanedSigning({ signingId, assignmentId });
    await day.plan({ id: dutyId, ends: `${date}T13:30:00Z`, version: 2 }, "DutyChanged");
    expect(await day.duty(dutyId)).toMatchObject({
      open: false,
      ends: stamp(`${date}T13:30:00Z`),
      assignments: [{ state: AssignmentState.SIGNED_ON }],
    });
    await day.setClock(`${date}T07:00:00Z`);
    await day.assign(dutyId, day.mei, { rosterVersion: 3, at: `${date}T07:00:00Z` });
    expect((await day.duty(dutyId)).assignments).toMatchObject([
      { driverId: day.yusuf, state: AssignmentState.SIGNED_OFF, workedMinutes: 120 },
      { driverId: day.mei, state: AssignmentState.ASSIGNED },
    ]);
  });

  test("on the day after, with sign-on and sign-off both lost, the whole day is put right", async () => {
    const { dutyId, assignmentId, signingId: on } = await tooLate();
    await day.setClock("2026-11-24T08:00:00Z");
    const off = newId();
    await day.signOff(day.yusuf, `${date}T12:50:00Z`, { signingId: off });
    expect(await refusal(day.reviews.matchOrphanedSigning({ signingId: off, assignmentId }))).toBe("assignment.missed");
    await day.reviews.matchOrphanedSigning({ signingId: on, assignmentId });
    await day.reviews.matchOrphanedSigning({ signingId: off, assignmentId });
    expect(await day.duty(dutyId)).toMatchObject({
      state: DutyState.COMPLETED,
      assignments: [{ state: AssignmentState.SIGNED_OFF, workedMinutes: 470 }],
    });
    expect((await day.worked()).at(-1)).toMatchObject({ workedMinutes: 470, needsReview: false });
  });

  test("refused: another driver's assignment, a duty that another has by now, or that is over or called off", async () => {
    const { dutyId, assignmentId, signingId } = await tooLate();
    const meis = await day.assign(dutyId, day.mei, { rosterVersion: 3, at: `${date}T05:25:00Z` });
    const match = (assignment: string, signing = signingId) =>
      refusal(day.reviews.matchOrphanedSigning({ signingId: signing, assignmentId: assignment }));
    expect(await match(meis)).toBe("signing.other-driver");
    expect(await match(assignmentId)).toBe("duty.covered");
    expect(await match(newId())).toBe("assignment.unknown");
    expect(await match(assignmentId, newId())).toBe("signing.unknown");

    await day.release(dutyId, day.mei, { assignment: meis, rosterVersion: 4, at: `${date}T05:26:00Z` });
    await day.withdraw(dutyId);
    expect(await match(assignmentId)).toBe("duty.cancelled");
    expect(await listed()).toMatchObject([{ state: OrphanState.WAITING }]);
  });

  test("ten dispatchers settle it at once: one does, nine are told so", async () => {
    const { assignmentId, signingId } = await tooLate();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => refusal(day.reviews.matchOrphanedSigning({ signingId, assignmentId }))),
    );
    expect(answers.toSorted()).toEqual(["not refused", ...Array.from({ length: 9 }, () => "signing.matched")]);
    const dismissal = { signingId, reason: DismissReason.MISTAKE };
    expect(await refusal(day.reviews.dismissOrphanedSigning(dismissal))).toBe("signing.matched");
  });
});

describe("dismissed", () => {
  test("it counts for nothing, with a code that is told and a note that is not", async () => {
    const { dutyId, assignmentId, signingId } = await tooLate();
    const note = "Came in uniform to fetch a coat.";
    const { signing } = await day.reviews.dismissOrphanedSigning({ signingId, reason: DismissReason.NOT_WORKED, note });
    expect(signing).toMatchObject({
      state: OrphanState.DISMISSED,
      reason: DismissReason.NOT_WORKED,
      note,
      settledBy: actorOf(day.dispatcher),
      assignmentId: "",
    });
    expect(await listed()).toEqual([]);
    expect(await day.duty(dutyId)).toMatchObject({ open: true, assignments: [{ state: AssignmentState.MISSED }] });
    expect(await day.told("SigningDismissed")).toMatchObject([{ signingId, reason: DismissReason.NOT_WORKED }]);
    for (const { payload } of await day.recorded()) expect(Buffer.from(payload).includes("coat")).toBe(false);
    expect(await refusal(day.reviews.matchOrphanedSigning({ signingId, assignmentId }))).toBe("signing.dismissed");
  });

  test("not without a reason", async () => {
    const { signingId } = await tooLate();
    expect(await refusal(day.reviews.dismissOrphanedSigning({ signingId }))).toBe("field.not-allowed");
    expect(await listed()).toHaveLength(1);
  });
});
