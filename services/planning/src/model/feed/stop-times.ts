import type { ServiceSeconds } from "@headway/kernel/service-day";
import type { Findings } from "./finding.ts";

export type StopTime = {
  readonly row: number;
  readonly sequence: number;
  /** Place in the feed's list of stops. */
  readonly stop: number;
  readonly arrival: ServiceSeconds | null;
  readonly departure: ServiceSeconds | null;
};

export type Timed = { readonly stops: Int32Array; readonly arrivals: Int32Array; readonly departures: Int32Array };

const file = "stop_times.txt";
const unknown = -1;

/** The stop times of one trip as they are read: five numbers a row in one list, for a feed may have millions of rows. */
export class StopTimes {
  readonly #numbers: number[] = [];

  add({ row, sequence, stop, arrival, departure }: StopTime): void {
    this.#numbers.push(row, sequence, stop, arrival ?? unknown, departure ?? unknown);
  }

  get count(): number {
    return this.#numbers.length / 5;
  }

  /** In order of `stop_sequence`, whatever the order of the file. */
  inOrder(): StopTime[] {
    const time = (at: number) => (this.#numbers[at] === unknown ? null : (this.#numbers[at] ?? null));
    const number = (at: number) => this.#numbers[at] ?? 0;
    return Array.from({ length: this.count }, (_, index) => {
      const at = index * 5;
      return {
        row: number(at),
        sequence: number(at + 1),
        stop: number(at + 2),
        arrival: time(at + 3),
        departure: time(at + 4),
      };
    }).sort((a, b) => a.sequence - b.sequence);
  }
}

/**
 * The times of a trip, those between timepoints filled in at even steps; null when they make no sense (with findings).
 * Times must not run backwards, and the first and last must be there (GTFS reference, stop_times.txt).
 */
export const timed = (trip: string, stopTimes: readonly StopTime[], findings: Findings): Timed | null => {
  const before = findings.errors;
  const wrong = (at: StopTime, field: string, message: string) => findings.error({ file, row: at.row, field }, message);
  const [first, last] = [stopTimes.at(0), stopTimes.at(-1)];
  for (const end of [first, last])
    if (end && end.arrival === null && end.departure === null)
      wrong(end, "arrival_time", `Trip ${trip} must have a time at its first and last stop.`);

  let previous: StopTime | null = null;
  let latest = 0;
  for (const stopTime of stopTimes) {
    if (previous?.sequence === stopTime.sequence)
      wrong(
        stopTime,
        "stop_sequence",
        `Trip ${trip} has stop_sequence ${stopTime.sequence} twice (see row ${previous.row}).`,
      );
    const arrival = stopTime.arrival ?? stopTime.departure;
    const departure = stopTime.departure ?? stopTime.arrival;
    if (arrival !== null && departure !== null) {
      if (arrival < latest) wrong(stopTime, "arrival_time", `Trip ${trip} arrives before it left the stop before.`);
      if (departure < arrival) wrong(stopTime, "departure_time", `Trip ${trip} departs before it arrives.`);
      latest = departure;
    }
    previous = stopTime;
  }
  return findings.errors > before ? null : interpolated(stopTimes);
};

const interpolated = (stopTimes: readonly StopTime[]): Timed => {
  const arrivals = Int32Array.from(stopTimes, ({ arrival, departure }) => arrival ?? departure ?? unknown);
  const departures = Int32Array.from(stopTimes, ({ arrival, departure }) => departure ?? arrival ?? unknown);
  let known = 0;
  for (let at = 1; at < arrivals.length; at++) {
    if (arrivals[at] === unknown) continue;
    const leaves = departures[known] ?? 0;
    const step = ((arrivals[at] ?? 0) - leaves) / (at - known);
    for (let between = known + 1; between < at; between++) {
      arrivals[between] = Math.round(leaves + step * (between - known));
      departures[between] = arrivals[between] ?? 0;
    }
    known = at;
  }
  return { stops: Int32Array.from(stopTimes, ({ stop }) => stop), arrivals, departures };
};
