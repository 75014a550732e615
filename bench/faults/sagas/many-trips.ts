import { Readable } from "node:stream";
import type { PlainDate } from "@headway/kernel/time";
import { csvLine } from "headway/demo/csv";
import { zipOf } from "headway/demo/zip";
import type { Span } from "headway/rehearse/cut-work";

/** A feed with so many trips, each of a vehicle of its own, all on the same morning of each Wednesday in the span. */
export const manyTrips = (count: number, { from, to }: Span): Promise<Uint8Array> => {
  const places = Array.from({ length: count }, (_, place) => `T${place}`);
  const compact = (date: PlainDate): string => date.toString().replaceAll("-", "");
  return zipOf({
    "agency.txt": rows(
      ["agency_id", "agency_name", "agency_url", "agency_timezone"],
      [["M", "Many", "https://many.example", "Europe/Paris"]],
    ),
    "routes.txt": rows(["route_id", "route_short_name", "route_long_name", "route_type"], [["W", "W", "Many", 1]]),
    "stops.txt": rows(
      ["stop_id", "stop_name", "stop_lat", "stop_lon"],
      [
        ["HERE", "Here", 44, -33],
        ["THERE", "There", 45, -33],
      ],
    ),
    "calendar.txt": rows(
      ["service_id", ...weekdays, "start_date", "end_date"],
      [["S", 0, 0, 1, 0, 0, 0, 0, compact(from), compact(to)]],
    ),
    "trips.txt": rows(
      ["route_id", "service_id", "trip_id", "block_id"],
      places.map((trip) => ["W", "S", trip, trip]),
    ),
    "stop_times.txt": rows(
      ["trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"],
      places.flatMap((trip) => [
        [trip, "08:00:00", "08:00:00", "HERE", 1],
        [trip, "12:00:00", "12:00:00", "THERE", 2],
      ]),
    ),
  });
};

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const rows = (columns: readonly string[], lines: readonly (readonly (string | number)[])[]): Readable =>
  Readable.from([columns, ...lines].map(csvLine));
