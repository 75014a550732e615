import { assignBlocks, type ToldTrip } from "../block/assign-blocks.ts";
import type { Draft } from "./draft.ts";
import { expandTrips, type TimedTrip } from "./expand.ts";
import type { Feed, Stop, Trip } from "./feed.ts";
import { spanOf } from "./service.ts";
import { terminalsOf } from "./terminal.ts";

/** Makes the feed of a draft whose files all read well; null when it still cannot be used (with findings). */
export const finishFeed = (draft: Draft): Feed | null => {
  const { zone, findings } = draft;
  const services = [...draft.services.values()];
  const span = spanOf(services);
  const unusable = (file: string, message: string) => findings.error({ file, row: null, field: null }, message);
  if (span === null) unusable("calendar.txt", "No service of the feed runs on any day.");
  else warnOfIdle(draft);
  const stops = [...draft.stops.values()].map(({ place: _, ...stop }) => stop);
  const timed = expandTrips(draft);
  if (timed.length === 0 && findings.errors === 0) unusable("trips.txt", "The feed has no trip that could be driven.");
  const trips = withBlocks(timed, stops, draft);
  if (zone === null || span === null || findings.errors > 0) return null;
  const hasBlocks = timed.some(({ block }) => block !== null);
  return { zone, span, hasBlocks, lines: [...draft.lines.values()], stops, services, trips };
};

/** Services with trips that run on no day. */
const warnOfIdle = ({ services, trips, findings }: Draft): void => {
  const used = new Set([...trips.values()].map(({ service }) => service));
  for (const service of services.values())
    if (used.has(service.id) && spanOf([service]) === null)
      findings.warn(
        { file: "calendar.txt", row: null, field: "service_id" },
        `Service ${service.id} runs on no day: its trips are never driven.`,
      );
};

const withBlocks = (timed: readonly TimedTrip[], stops: readonly Stop[], { findings }: Draft): Trip[] => {
  const terminals = terminalsOf(stops);
  const trips = timed.flatMap(({ times: _, frequencies: __, ...trip }) => {
    const [from, to] = [stops[trip.stops.at(0) ?? 0], stops[trip.stops.at(-1) ?? 0]];
    if (!from || !to) return [];
    const ends = { starts: trip.departures.at(0) ?? 0, ends: trip.arrivals.at(-1) ?? 0 };
    return [{ ...trip, ...ends, from: terminals.get(from.id) ?? from.id, to: terminals.get(to.id) ?? to.id }];
  });
  const blocks = assignBlocks(trips satisfies ToldTrip[], findings);
  return trips.flatMap(({ row: _, ...trip }) => {
    const block = blocks.get(trip.id);
    return block === undefined ? [] : [{ ...trip, block }];
  });
};
