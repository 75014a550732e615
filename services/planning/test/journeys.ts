import fc from "fast-check";
import type { BlockTrip } from "../src/model/block/block.ts";
import type { Journey } from "../src/model/feed/feed.ts";
import type { BlockId, LineCode, ServiceId, Terminal, TripId } from "../src/model/ids.ts";

export const journey = (id: string, from: string, to: string, starts: number, ends: number): Journey => ({
  id: id as TripId,
  service: "S" as ServiceId,
  line: "A" as LineCode,
  from: from as Terminal,
  to: to as Terminal,
  starts,
  ends,
});

const terminal = fc.constantFrom("X", "Y", "Z");

/** Trips of one line between three terminals, each at least a second long. */
export const journeys = fc
  .array(fc.tuple(terminal, terminal, fc.nat(100), fc.integer({ min: 1, max: 30 })), { maxLength: 40 })
  .map((trips) => trips.map(([from, to, starts, length], at) => journey(`T${at}`, from, to, starts, starts + length)));

const vehicle = fc.record({
  starts: fc.nat(20 * 3600),
  legs: fc.array(fc.tuple(fc.integer({ min: 60, max: 4 * 3600 }), fc.nat(2 * 3600)), { minLength: 1, maxLength: 25 }),
  line: fc.constantFrom("A", "B"),
  service: fc.constantFrom("S", "T"),
});

/** Trips of up to four hours in blocks of two lines and two services, with layovers of up to two hours, to the second. */
export const blockTrips = fc.array(vehicle, { maxLength: 12 }).map((vehicles) =>
  vehicles.flatMap(({ starts, legs, line, service }, number) => {
    let at = starts;
    return legs.map(([length, layover], leg): BlockTrip => {
      const [from, to] = leg % 2 === 0 ? ["X", "Y"] : ["Y", "X"];
      const trip = journey(`${service}-${number}-${leg}`, from, to, at, at + length);
      at += length + layover;
      return { ...trip, line: line as LineCode, service: service as ServiceId, block: `${number}` as BlockId };
    });
  }),
);
