import { Temporal } from "@headway/kernel/time";
import { describe, expect, it } from "vitest";
import { makeFeed } from "../src/demo/feed.ts";
import { makeMetro } from "../src/demo/metro.ts";
import { makeTrips, type Trip } from "../src/demo/timetable.ts";

const metro = makeMetro(1, "Europe/Lisbon");
const around = Temporal.PlainDate.from("2026-11-21");
const days = ["weekday", "saturday", "sunday"] as const;
const tripsOn = (day: (typeof days)[number]): Trip[] => metro.routes.flatMap((route) => makeTrips(1, route, day));

describe("the demo metro", () => {
  it("has three lines and four depots, each with a route of its own", () => {
    expect(new Set(metro.routes.map(({ name }) => name.split(",")[0])).size).toBe(3);
    expect(metro.routes.map(({ depot }) => depot).sort()).toEqual(metro.depots.map(({ code }) => code).sort());
  });

  it("gives every stop but the central one a name of its own line", () => {
    for (const { stations } of metro.routes)
      expect(new Set(stations.map(({ name }) => name)).size).toBe(stations.length);
  });

  it.each(days)("moves each vehicle of a %s without a jump in place or time", (day) => {
    for (const trips of Map.groupBy(tripsOn(day), ({ block }) => block).values()) {
      for (const [index, trip] of trips.slice(1).entries()) {
        const before = trips[index];
        expect(trip.calls[0]?.station).toBe(before?.calls.at(-1)?.station);
        expect(trip.calls[0]?.minute).toBeGreaterThanOrEqual(before?.calls.at(-1)?.minute ?? 0);
      }
    }
  });

  it("keeps about 7,500 trips and 8,300 vehicle hours going on a weekday, into the night", () => {
    const trips = tripsOn("weekday");
    const blocks = [...Map.groupBy(trips, ({ block }) => block).values()];
    const hours = blocks.reduce(
      (sum, block) => sum + ((block.at(-1)?.calls.at(-1)?.minute ?? 0) - (block[0]?.calls[0]?.minute ?? 0)) / 60,
      0,
    );
    expect(trips.length).toBeGreaterThan(7_000);
    expect(hours).toBeGreaterThan(7_800);
    expect(hours).toBeLessThan(8_800);
    expect(Math.max(...trips.map(({ calls }) => calls.at(-1)?.minute ?? 0))).toBeGreaterThan(24 * 60);
  });

  it("names each trip once", () => {
    const ids = days.flatMap((day) => tripsOn(day).map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("makes the same zip from the same seed, and another from another", async () => {
    const [first, again, other] = await Promise.all([
      makeFeed(1, metro, around),
      makeFeed(1, makeMetro(1, "Europe/Lisbon"), around),
      makeFeed(2, makeMetro(2, "Europe/Lisbon"), around),
    ]);
    expect(Buffer.compare(first, again)).toBe(0);
    expect(Buffer.compare(first, other)).not.toBe(0);
  });
});
