import { CancelCause } from "@headway/contracts/gen/headway/dispatch/v1/events_pb";
import { BoardState, ReportService } from "@headway/contracts/gen/headway/reporting/v1/report_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { newId } from "@headway/kernel/ids";
import type { BusMessage } from "@headway/messaging/bus";
import { roles } from "@headway/service/caller";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as metros from "./metro.ts";

const { aCaller, admin, aDuty, anAssignment, assigned, at, cancelled, day, dispatched, planned, released, withdrawn } =
  metros;

let metro: metros.Metro;
beforeAll(async () => {
  metro = await metros.aMetro();
});
afterAll(() => metro.service.close());

const board = (caller = admin, depotId: string = metros.depot) =>
  metro.service.as(caller, ReportService).getDayBoard({ depotId, serviceDate: day });

const bar = async (duty: metros.DutySaid) => {
  const { duties } = await board(admin, duty.depot);
  return duties.find(({ dutyId }) => dutyId === duty.id);
};

describe("the day board", () => {
  test("shows a duty as planned, with who has it, and what became of it", async () => {
    const [duty, ann] = [aDuty({ run: "B-7" }), anAssignment()];
    await metro.tell(planned(duty));
    expect(await bar(duty)).toMatchObject({
      runId: "B-7",
      line: "B",
      driverId: "",
      state: BoardState.OPEN,
      starts: toTimestamp(at(60)),
      ends: toTimestamp(at(540)),
      pieces: [
        { blockId: "A-101", starts: toTimestamp(at(60)), ends: toTimestamp(at(280)) },
        { blockId: "A-102", starts: toTimestamp(at(320)), ends: toTimestamp(at(540)) },
      ],
      changedAt: toTimestamp(at(1)),
    });
    await metro.tell(assigned(duty, ann), dispatched("DriverLate", duty, ann, 65));
    expect(await bar(duty)).toMatchObject({ state: BoardState.LATE, driverId: ann.driverId });
    await metro.tell(dispatched("DriverSignedOn", duty, ann, 66));
    expect(await bar(duty)).toMatchObject({
      state: BoardState.ON_DUTY,
      driverId: ann.driverId,
      signedOnAt: toTimestamp(at(66)),
      changedAt: toTimestamp(at(66)),
    });
    await metro.tell(dispatched("DriverSignedOff", duty, ann, 541));
    expect(await bar(duty)).toMatchObject({ state: BoardState.DONE, signedOffAt: toTimestamp(at(541)) });
  });

  test("keeps who missed it while another has it", async () => {
    const [duty, ann, bob] = [aDuty(), anAssignment(), anAssignment()];
    await metro.tell(planned(duty), assigned(duty, ann), dispatched("DriverMissed", duty, ann, 80));
    expect(await bar(duty)).toMatchObject({ state: BoardState.MISSED, driverId: "", missedBy: ann.driverId });
    await metro.tell(released(duty, ann, 81), assigned(duty, bob, 81, 3));
    expect(await bar(duty)).toMatchObject({
      state: BoardState.COVERED,
      driverId: bob.driverId,
      missedBy: ann.driverId,
    });
  });

  test("knows since when a driver rests, whatever else becomes of the duty meanwhile", async () => {
    const [duty, ann, bob] = [aDuty(), anAssignment(), anAssignment()];
    await metro.tell(planned(duty), assigned(duty, ann), dispatched("DriverSignedOn", duty, ann, 60));
    expect((await bar(duty))?.breakSince).toBeUndefined();
    await metro.tell(dispatched("BreakStarted", duty, ann, 280));
    await metro.tell(planned(duty, 300), released(duty, ann, 301), assigned(duty, bob, 302, 3));
    expect(await bar(duty)).toMatchObject({
      state: BoardState.ON_BREAK,
      breakSince: toTimestamp(at(280)),
      changedAt: toTimestamp(at(302)),
    });
    await metro.tell(dispatched("BreakEnded", duty, ann, 310));
    expect((await bar(duty))?.breakSince).toBeUndefined();
  });

  test("shows a cancelled duty with its cause, and a withdrawn one not at all", async () => {
    const [duty, other] = [aDuty(), aDuty()];
    await metro.tell(planned(duty), planned(other), cancelled(duty, CancelCause.NO_VEHICLE, 50), withdrawn(other));
    expect(await bar(duty)).toMatchObject({ state: BoardState.CANCELLED, cancelCause: CancelCause.NO_VEHICLE });
    expect(await bar(other)).toBeUndefined();
  });

  test("knows older news of a plan by its version", async () => {
    const duty = aDuty();
    await metro.tell(planned(duty), planned(duty, 3, 70), planned(duty, 2, 80));
    expect(await bar(duty)).toMatchObject({ starts: toTimestamp(at(70)), changedAt: toTimestamp(at(3)) });
    await metro.tell(withdrawn(duty, 2));
    expect(await bar(duty)).toMatchObject({ starts: toTimestamp(at(70)) });
    await metro.tell(withdrawn(duty, 5), planned(duty, 4));
    expect(await bar(duty)).toBeUndefined();
    await metro.tell(planned(duty, 6));
    expect(await bar(duty)).toBeDefined();
  });

  test("has the duties by start and run, the day's activation, and the clock", async () => {
    const depot = newId<typeof metros.depot>();
    const duties = ["C-2", "C-1", "C-3"].map((run) => aDuty({ run, depot }));
    await metro.tell(...duties.map((duty) => planned(duty)), planned({ ...aDuty({ run: "D-1" }), depot }, 2, 30));
    const before = await board(admin, depot);
    expect(before.duties.map(({ runId }) => runId)).toEqual(["D-1", "C-1", "C-2", "C-3"]);
    expect([before.activated, before.now]).toEqual([false, toTimestamp(metro.service.hosted.ground.clock.now())]);
    await metro.tell(metros.activated(aDuty({ depot })));
    expect((await board(admin, depot)).activated).toBe(true);
  });

  test("looks the same whoever was heard first", async () => {
    const [ann, bob] = [anAssignment(), anAssignment()];
    const tellings = (duty: metros.DutySaid): BusMessage[][] => [
      [planned(duty), planned(duty, 2, 70)],
      [assigned(duty, ann), released(duty, ann), assigned(duty, bob, 21, 3)],
      [
        dispatched("DriverMissed", duty, ann, 80),
        dispatched("DriverSignedOn", duty, bob, 90),
        dispatched("BreakStarted", duty, bob, 280),
      ],
    ];
    const expected = {
      state: BoardState.ON_BREAK,
      driverId: bob.driverId,
      missedBy: ann.driverId,
      starts: toTimestamp(at(70)),
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 2 }), { minLength: 8, maxLength: 30 }), async (turns) => {
        const duty = aDuty({ depot: newId() });
        const streams = tellings(duty);
        const mixed = [...turns.flatMap((turn) => streams[turn]?.splice(0, 1) ?? []), ...streams.flat()];
        for (const message of mixed) await metro.tell(message);
        expect(await bar(duty)).toMatchObject(expected);
      }),
      { numRuns: 25 },
    );
  });
});

describe("a depot without duties", () => {
  test("has an empty board if it is there", async () => {
    expect(
      (await metro.service.as(admin, ReportService).getDayBoard({ depotId: metros.depot, serviceDate: "2026-12-24" }))
        .duties,
    ).toEqual([]);
  });

  test("is refused if it is not", async () => {
    await expect(board(admin, newId())).rejects.toMatchObject({ kind: "missing", slug: "depot.unknown" });
  });
});

describe("who sees the board", () => {
  const viewers = ["dispatcher", "planner", "auditor", "admin"];

  test.each(roles.filter((role) => !viewers.includes(role)))("not who is only %s", async (role) => {
    await expect(board(aCaller(role))).rejects.toMatchObject({ slug: "caller.role" });
  });

  test.each(roles.filter((role) => viewers.includes(role)))("a %s of the depot, not of another", async (role) => {
    await expect(board(aCaller(role, [metros.depot]))).resolves.toMatchObject({ activated: false });
    await expect(board(aCaller(role, [newId()]))).rejects.toMatchObject({ slug: "caller.other-depot" });
  });
});
