import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assignBlocks } from "../src/model/block/assign-blocks.ts";
import { blocksOf } from "../src/model/block/block.ts";
import { joinTrips } from "../src/model/block/join-trips.ts";
import { Findings } from "../src/model/feed/finding.ts";
import type { BlockId, LineCode, ServiceId, Terminal, TripId } from "../src/model/ids.ts";
import { journey, journeys } from "./journeys.ts";

describe("given trips without blocks, when joined", () => {
  test("each trip is on exactly one vehicle, which is where and when the trip starts", () => {
    fc.assert(
      fc.property(journeys, (trips) => {
        const vehicles = joinTrips(trips);
        expect(
          vehicles
            .flat()
            .map(({ id }) => id)
            .sort(),
        ).toEqual(trips.map(({ id }) => id).sort());
        for (const vehicle of vehicles)
          for (const [at, trip] of vehicle.entries()) {
            const before = vehicle[at - 1];
            if (!before) continue;
            expect(before.to).toBe(trip.from);
            expect(before.ends).toBeLessThanOrEqual(trip.starts);
          }
      }),
    );
  });

  test("no fewer vehicles could do it: at each terminal, as many start as departures are ever ahead of arrivals", () => {
    fc.assert(
      fc.property(journeys, (trips) => {
        expect(joinTrips(trips)).toHaveLength(leastVehicles(trips));
      }),
    );
  });

  test("the order in which they are told does not matter", () => {
    fc.assert(
      fc.property(journeys, (trips) => {
        expect(joinTrips(trips.toReversed())).toEqual(joinTrips(trips));
      }),
    );
  });
});

/** A vehicle that departs was there at the start of the day or has arrived by then. */
const leastVehicles = (trips: readonly { from: Terminal; to: Terminal; starts: number; ends: number }[]): number => {
  const terminals = new Set(trips.map(({ from }) => from));
  return [...terminals].reduce((sum, terminal) => {
    const shortages = trips
      .filter(({ from }) => from === terminal)
      .map(({ starts: now }) => {
        const departed = trips.filter(({ from, starts }) => from === terminal && starts <= now).length;
        const arrived = trips.filter(({ to, ends }) => to === terminal && ends <= now).length;
        return departed - arrived;
      });
    return sum + Math.max(0, ...shortages);
  }, 0);
};

describe("given trips with blocks", () => {
  const trip = (id: string, line: string, block: string, starts: number, ends: number, service = "S") => ({
    ...journey(id, "X", "Y", starts, ends),
    line: line as LineCode,
    block: block as BlockId,
    service: service as ServiceId,
  });

  test("a block belongs to the line on which it spends most time, and counts within its service", () => {
    const blocks = blocksOf([
      trip("3", "B", "1", 200, 290),
      trip("1", "A", "1", 0, 50),
      trip("2", "A", "1", 100, 150),
      trip("4", "A", "1", 0, 50, "T"),
    ]);
    expect(blocks.map(({ service, id, line, trips }) => [service, id, line, trips.map(({ id }) => id)])).toEqual([
      ["S", "1", "A", ["1", "2", "3"] as TripId[]],
      ["T", "1", "A", ["4"] as TripId[]],
    ]);
  });
});

describe("given trips that overlap within a block", () => {
  test("each gets a vehicle that is free, under a name that is free", () => {
    const told = (id: string, block: string | null, starts: number, ends: number) => ({
      ...journey(id, "X", "X", starts, ends),
      block: block as BlockId | null,
      row: 1,
    });
    const findings = new Findings();
    const blocks = assignBlocks(
      [
        told("1", "B", 0, 100),
        told("2", "B", 50, 150),
        told("3", "B", 100, 200),
        told("4", "B", 120, 180),
        told("5", "B+2", 0, 10),
        told("6", "A~01", 0, 10),
        told("7", null, 0, 10),
        told("8", null, 10, 20),
      ],
      findings,
    );
    expect(Object.fromEntries(blocks)).toEqual({
      "1": "B",
      "2": "B+3",
      "3": "B",
      "4": "B+4",
      "5": "B+2",
      "6": "A~01",
      "7": "A~02",
      "8": "A~02",
    });
    expect(findings.kept).toHaveLength(2);
  });
});
