import { ReleaseCause } from "@headway/contracts/gen/headway/scheduling/v1/events_pb";
import { SwapService, SwapState } from "@headway/contracts/gen/headway/scheduling/v1/swap_service_pb";
import { firstVersion, newId } from "@headway/kernel/ids";
import { afterAll, beforeEach, describe, expect, it, test } from "vitest";
import type { Swap } from "../src/model/swap.ts";
import { acceptSwap } from "../src/usecases/accept-swap.ts";
import { approveSwap } from "../src/usecases/approve-swap.ts";
import { instant } from "./model/given.ts";
import { type Scenario, scenario } from "./scenario.ts";

let metro: Scenario;
beforeEach(async () => {
  await metro?.service.close();
  metro = await scenario();
});
afterAll(() => metro.service.close());

/** Anna holds Monday's duty, Ben Wednesday's. */
const given = async () => {
  const roster = await metro.openRoster();
  const [anna, ben] = [await metro.driver(), await metro.driver()];
  const [monday, wednesday] = [
    await metro.duty("2026-03-23", "06:00", "14:00"),
    await metro.duty("2026-03-25", "06:00", "14:00"),
  ];
  await metro.rosters.assignDuty({ dutyId: monday, driverId: anna });
  await metro.rosters.assignDuty({ dutyId: wednesday, driverId: ben });
  await metro.publish(roster);
  const [offered, wanted] = [await metro.assignmentOf(roster, monday), await metro.assignmentOf(roster, wednesday)];
  const asked = { offeredAssignmentId: offered.id, wantedAssignmentId: wanted.id };
  const request = async () => {
    const { swap } = await metro.swapsOf(anna).requestSwap(asked);
    return { swapId: swap?.id ?? "", expectedVersion: swap?.version ?? 0 };
  };
  return { roster, anna, ben, monday, wednesday, offered, wanted, asked, request };
};

describe("a swap", () => {
  it("asked for, accepted and approved, exchanges the duties as one version of the roster", async () => {
    const { roster, anna, ben, monday, wednesday, request } = await given();
    const asked = await request();
    const accepted = await metro.swapsOf(ben).acceptSwap(asked);
    expect(accepted.swap).toMatchObject({ state: SwapState.ACCEPTED, requestedBy: anna, requestedOf: ben, version: 2 });
    expect(await metro.holders(roster)).toEqual({ [monday]: anna, [wednesday]: ben });
    const approved = await metro.swaps.approveSwap({ ...asked, expectedVersion: 2 });
    expect(approved.swap).toMatchObject({ state: SwapState.COMPLETED, version: 3 });
    expect(await metro.holders(roster)).toEqual({ [monday]: ben, [wednesday]: anna });
    expect(await metro.roster(roster)).toMatchObject({ rosterVersion: 2 });
    expect((await metro.told("DutyReleased")).map(({ cause }) => cause)).toEqual([
      ReleaseCause.SWAP,
      ReleaseCause.SWAP,
    ]);
    const types = (await metro.service.recorded()).map(({ type }) => type);
    expect(types.slice(-7)).toEqual([
      "SwapRequested",
      "SwapAccepted",
      "DutyReleased",
      "DutyReleased",
      "DutyAssigned",
      "DutyAssigned",
      "SwapApproved",
    ]);
  });

  it("is asked for by who holds the one duty, of who holds the other, once, in a published roster", async () => {
    const { anna, ben, asked, offered } = await given();
    const refused = (driver: string, more: object, slug: string) =>
      expect(metro.swapsOf(driver).requestSwap({ ...asked, ...more })).rejects.toMatchObject({ slug });
    await refused(ben, {}, "swap.not-yours");
    await refused(anna, { wantedAssignmentId: offered.id }, "swap.with-yourself");
    await refused(anna, { wantedAssignmentId: newId() }, "assignment.unknown");
    await metro.swapsOf(anna).requestSwap(asked);
    await refused(anna, {}, "swap.exists");
    const draft = await metro.openRoster("2026-04-06", "2026-04-06");
    const duties = [await metro.duty("2026-04-06", "06:00", "14:00"), await metro.duty("2026-04-06", "06:30", "14:30")];
    for (const [index, driverId] of [anna, ben].entries())
      await metro.rosters.assignDuty({ dutyId: duties[index] ?? "", driverId });
    const [own, other] = [
      await metro.assignmentOf(draft, duties[0] ?? ""),
      await metro.assignmentOf(draft, duties[1] ?? ""),
    ];
    await refused(anna, { offeredAssignmentId: own.id, wantedAssignmentId: other.id }, "roster.draft");
    await refused(anna, { wantedAssignmentId: other.id }, "swap.other-roster");
  });

  it("is refused where one of both may not work the other's duty, at every step", async () => {
    const { roster, anna, ben, monday, asked, request } = await given();
    const late = await metro.duty("2026-03-22", "16:00", "24:00");
    await metro.openRoster("2026-03-22", "2026-03-22");
    const waiting = await request();
    await metro.swapsOf(ben).acceptSwap(waiting);
    await metro.rosters.assignDuty({ dutyId: late, driverId: ben });
    const illegal = {
      kind: "conflict",
      slug: "swap.illegal",
      findings: [{ field: "requestedOf", slug: "eu-2003-88.rest@1" }],
    };
    await expect(metro.swaps.approveSwap({ ...waiting, expectedVersion: 2 })).rejects.toMatchObject(illegal);
    await metro.swaps.declineSwap({ ...waiting, expectedVersion: 2 });
    await expect(metro.swapsOf(anna).requestSwap(asked)).rejects.toMatchObject(illegal);
    expect((await metro.holders(roster))[monday]).toBe(anna);
  });

  it("does not hold the duty that a driver gives against the one they get", async () => {
    const roster = await metro.openRoster("2026-03-30", "2026-03-31");
    const [anna, ben] = [await metro.driver(), await metro.driver()];
    const [early, late] = [
      await metro.duty("2026-03-30", "05:00", "13:00"),
      await metro.duty("2026-03-30", "06:00", "14:00"),
    ];
    await metro.rosters.assignDuty({ dutyId: early, driverId: anna });
    await metro.rosters.assignDuty({ dutyId: late, driverId: ben });
    await metro.publish(roster);
    const asked = {
      offeredAssignmentId: (await metro.assignmentOf(roster, early)).id,
      wantedAssignmentId: (await metro.assignmentOf(roster, late)).id,
    };
    const { swap } = await metro.swapsOf(anna).requestSwap(asked);
    await metro.swapsOf(ben).acceptSwap({ swapId: swap?.id ?? "", expectedVersion: 1 });
    await metro.swaps.approveSwap({ swapId: swap?.id ?? "", expectedVersion: 2 });
    expect(await metro.holders(roster)).toEqual({ [early]: ben, [late]: anna });
  });

  it("is accepted by who was asked, declined by them or a dispatcher, taken back by who asked", async () => {
    const { anna, ben, request } = await given();
    const asked = await request();
    const denied = { kind: "denied", slug: "swap.not-yours" };
    await expect(metro.swapsOf(anna).acceptSwap(asked)).rejects.toMatchObject(denied);
    await expect(metro.swapsOf(anna).declineSwap(asked)).rejects.toMatchObject(denied);
    await expect(metro.swapsOf(ben).cancelSwap(asked)).rejects.toMatchObject(denied);
    await expect(metro.swaps.approveSwap(asked)).rejects.toMatchObject({ kind: "conflict", slug: "swap.pending" });
    await expect(metro.swapsOf(ben).acceptSwap({ ...asked, expectedVersion: 2 })).rejects.toMatchObject({
      kind: "stale",
    });
    const elsewhere = metro.service.as(metro.person("dispatcher", [newId()]), SwapService);
    await expect(elsewhere.approveSwap(asked)).rejects.toMatchObject({ slug: "caller.other-depot" });
    await expect(elsewhere.declineSwap(asked)).rejects.toMatchObject({ slug: "caller.other-depot" });
    expect((await metro.swapsOf(anna).cancelSwap(asked)).swap?.state).toBe(SwapState.CANCELLED);
    expect((await metro.swapsOf(ben).declineSwap(await request())).swap?.state).toBe(SwapState.DECLINED);
    expect((await metro.swaps.declineSwap(await request())).swap?.state).toBe(SwapState.DECLINED);
  });

  it("ends by itself when a duty begins or changes hands; it is too late from the very minute", async () => {
    const { roster, anna, ben, monday, request } = await given();
    const first = await request();
    const held = await metro.assignmentOf(roster, monday);
    await metro.rosters.releaseDuty({ assignmentId: held.id, expectedVersion: held.version });
    await expect(metro.swapsOf(ben).acceptSwap(first)).rejects.toMatchObject({
      kind: "conflict",
      slug: "assignment.released",
    });
    await metro.service.setClock("2026-03-20T00:00:00Z");
    const listed = async (waiting: boolean) =>
      (await metro.swapsOf(anna).listSwaps({ waiting })).swaps.map(({ id, state }) => [id, state]);
    expect(await listed(true)).toEqual([]);
    expect(await listed(false)).toEqual([[first.swapId, SwapState.EXPIRED]]);

    await metro.rosters.assignDuty({ dutyId: monday, driverId: anna });
    const again = { offeredAssignmentId: (await metro.assignmentOf(roster, monday)).id };
    const { swaps } = await metro.swaps.listSwaps({ depotId: metro.depot });
    const wantedAssignmentId = swaps[0]?.wantedAssignmentId ?? "";
    const { swap } = await metro.swapsOf(anna).requestSwap({ ...again, wantedAssignmentId });
    expect(await listed(true)).toEqual([[swap?.id, SwapState.PENDING]]);
    await metro.service.setClock("2026-03-23T05:00:00Z");
    await expect(metro.swapsOf(ben).acceptSwap({ swapId: swap?.id ?? "", expectedVersion: 1 })).rejects.toMatchObject({
      kind: "stale",
    });
    expect(await listed(true)).toEqual([]);
    await expect(metro.swapsOf(anna).requestSwap({ ...again, wantedAssignmentId })).rejects.toMatchObject({
      slug: "swap.too-late",
    });
  });

  it("tells of its end once, however many look for it at once, and as of when it lapsed", async () => {
    const { roster, anna, ben, monday, asked, request } = await given();
    const first = await request();
    const look = (at: string) =>
      Promise.all(
        Array.from({ length: 8 }, () =>
          metro.service.hosted.parts.jobs.map((job) => job.run(instant(at), new AbortController().signal)),
        ).flat(),
      );
    await look("2026-03-20T08:00:00Z");
    expect(await metro.told("SwapExpired")).toEqual([]);
    const held = await metro.assignmentOf(roster, monday);
    await metro.rosters.releaseDuty({ assignmentId: held.id, expectedVersion: held.version });
    await look("2026-03-20T08:00:00Z");
    await metro.rosters.assignDuty({ dutyId: monday, driverId: anna });
    const offeredAssignmentId = (await metro.assignmentOf(roster, monday)).id;
    const { swap } = await metro.swapsOf(anna).requestSwap({ ...asked, offeredAssignmentId });
    await metro.swapsOf(ben).acceptSwap({ swapId: swap?.id ?? "", expectedVersion: 1 });
    await look("2026-03-23T04:59:59Z");
    await look("2026-03-23T05:20:00Z");
    const parties = { depotId: metro.depot, requestedBy: anna, requestedOf: ben };
    expect(await metro.told("SwapExpired")).toMatchObject([
      { swapId: first.swapId, ...parties },
      { swapId: swap?.id, ...parties },
    ]);
    const logged = await metro.service.db.rows(
      "select aggregate_version, occurred_at from event_log where type = 'SwapExpired' order by position",
    );
    expect(logged).toEqual([
      { aggregate_version: 2, occurred_at: "2026-03-20 08:00:00+00" },
      { aggregate_version: 3, occurred_at: "2026-03-23 05:00:00+00" },
    ]);
  });

  it("is seen by both drivers and by the depot's dispatchers only", async () => {
    const { ben, request } = await given();
    const { swapId } = await request();
    const seenBy = async (client: ReturnType<Scenario["swapsOf"]>) =>
      (await client.listSwaps({})).swaps.map(({ id }) => id);
    expect(await seenBy(metro.swapsOf(ben))).toEqual([swapId]);
    expect(await seenBy(metro.swaps)).toEqual([swapId]);
    expect(await seenBy(metro.swapsOf(await metro.driver()))).toEqual([]);
    expect(await seenBy(metro.service.as(metro.person("dispatcher", [newId()]), SwapService))).toEqual([]);
    await expect(metro.swapsOf(ben).listSwaps({ depotId: metro.depot })).rejects.toMatchObject({
      slug: "caller.not-yours",
    });
  });
});

test("from the minute of the first duty it is too late, also before the job has looked", async () => {
  const now = metro.at("2026-03-23", "06:00");
  const swap: Swap = {
    id: newId(),
    depot: metro.depot,
    requestedBy: newId(),
    requestedOf: newId(),
    offered: newId(),
    wanted: newId(),
    state: "pending",
    requestedAt: now.subtract({ hours: 1 }),
    expiresAt: now,
    version: firstVersion,
  };
  const unused = () => Promise.reject(new Error("not to be asked"));
  const needs = {
    swaps: { lock: () => Promise.resolve(swap), save: unused },
    sides: { lock: unused },
    events: { record: unused },
    rosters: { lock: unused, save: unused },
  };
  const input = { swap: swap.id, expected: firstVersion, driver: swap.requestedOf, now };
  const late = { kind: "conflict", slug: "swap.too-late" };
  await metro.service.db.inTx(async (tx) => {
    await expect(acceptSwap(needs)(tx, input)).rejects.toMatchObject(late);
    await expect(approveSwap(needs)(tx, input)).rejects.toMatchObject(late);
  });
});
