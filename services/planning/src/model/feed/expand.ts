import type { TripId } from "../ids.ts";
import type { Draft, DraftTrip } from "./draft.ts";
import { type Timed, timed } from "./stop-times.ts";

/** Departures that frequencies.txt may make, all in all: a headway of a second would make millions. */
const mostRepeats = 200_000;

export type TimedTrip = DraftTrip & Timed;

/**
 * The trips of a draft with their times; those of frequencies.txt once for each departure, as `trip@HH:MM:SS`.
 * A repeated trip loses its block: one vehicle cannot run all of its departures.
 */
export const expandTrips = ({ trips, findings }: Draft): TimedTrip[] => {
  const expanded: TimedTrip[] = [];
  let repeats = 0;
  for (const trip of trips.values()) {
    const stopTimes = trip.times.inOrder();
    if (stopTimes.length < 2) {
      const message = `Trip ${trip.id} has fewer than two stop times: it is left out.`;
      findings.warn({ file: "trips.txt", row: trip.row, field: "trip_id" }, message);
      continue;
    }
    const times = timed(trip.id, stopTimes, findings);
    if (!times) continue;
    if (trip.frequencies.length === 0) {
      expanded.push({ ...trip, ...times });
      continue;
    }
    const departures = new Set<number>();
    for (const { row, starts, ends, headway } of trip.frequencies) {
      repeats += Math.ceil((ends - starts) / headway);
      if (repeats > mostRepeats) {
        const message = `The frequencies make more than ${mostRepeats} trips.`;
        findings.error({ file: "frequencies.txt", row, field: "headway_secs" }, message);
        return expanded;
      }
      for (let departure = starts; departure < ends; departure += headway) departures.add(departure);
    }
    for (const departure of departures) expanded.push(repeated(trip, times, departure));
  }
  return expanded;
};

const repeated = (trip: DraftTrip, { stops, arrivals, departures }: Timed, departure: number): TimedTrip => {
  const later = departure - (departures[0] ?? 0);
  return {
    ...trip,
    id: `${trip.id}@${clock(departure)}` as TripId,
    block: null,
    stops,
    arrivals: arrivals.map((at) => at + later),
    departures: departures.map((at) => at + later),
  };
};

const clock = (seconds: number): string =>
  [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
