import { showServiceTime } from "@headway/kernel/service-day";
import type { Journey } from "../feed/feed.ts";
import type { Findings } from "../feed/finding.ts";
import type { BlockId, TripId } from "../ids.ts";
import { byStart } from "./block.ts";
import { joinTrips } from "./join-trips.ts";

/** A trip as the feed tells it: with a block, or without. */
export type ToldTrip = Journey & { readonly block: BlockId | null; readonly row: number };

/**
 * The block of every trip: the feed's own where it has one, else one that is built, within one service and line.
 * Trips that overlap in the feed's block cannot share a vehicle: they are told, and the block is split.
 */
export const assignBlocks = (trips: readonly ToldTrip[], findings: Findings): ReadonlyMap<TripId, BlockId> => {
  const blocks = new Map<TripId, BlockId>();
  for (const service of Map.groupBy(trips, ({ service }) => service).values()) {
    const told = Map.groupBy(service, ({ block }) => block);
    const give = (vehicle: readonly ToldTrip[], block: BlockId) => {
      for (const { id } of vehicle) blocks.set(id, block);
    };
    for (const [block, own] of told) {
      if (block === null) continue;
      const [first = [], ...others] = separate(own, findings);
      const names = freeNames((number) => `${block}+${number + 1}`, told);
      give(first, block);
      for (const vehicle of others) give(vehicle, names.next().value);
    }
    for (const [line, own] of Map.groupBy(told.get(null) ?? [], ({ line }) => line)) {
      const names = freeNames((number) => `${line}~${String(number).padStart(2, "0")}`, told);
      for (const vehicle of joinTrips(own)) give(vehicle, names.next().value);
    }
  }
  return blocks;
};

/** The vehicles that a block's trips need; one, unless trips overlap. */
const separate = (trips: readonly ToldTrip[], findings: Findings): ToldTrip[][] => {
  const vehicles: ToldTrip[][] = [];
  for (const trip of trips.toSorted(byStart)) {
    const free = vehicles.find((vehicle) => (vehicle.at(-1)?.ends ?? 0) <= trip.starts);
    if (free) {
      free.push(trip);
      continue;
    }
    const other = vehicles.at(-1)?.at(-1);
    if (other)
      findings.warn(
        { file: "trips.txt", row: trip.row, field: "block_id" },
        `Trip ${trip.id} starts at ${showServiceTime(trip.starts)} in block ${trip.block}, while trip ${other.id} still runs there until ${showServiceTime(other.ends)}: it gets a vehicle of its own.`,
      );
    vehicles.push([trip]);
  }
  return vehicles;
};

/** Names for blocks that are made up, passing over those that the feed has given. */
function* freeNames(
  nameOf: (number: number) => string,
  told: ReadonlyMap<BlockId | null, unknown>,
): Generator<BlockId, never> {
  for (let number = 1; ; number++) {
    const name = nameOf(number) as BlockId;
    if (!told.has(name)) yield name;
  }
}
