import { Readable } from "node:stream";
import type { PlainDate } from "@headway/kernel/time";
import { csvLine } from "./csv.ts";
import type { Metro } from "./metro.ts";
import { type DayKind, makeTrips, type Trip } from "./timetable.ts";
import { zipOf } from "./zip.ts";

const dayKinds: readonly DayKind[] = ["weekday", "saturday", "sunday"];
const validBefore = { days: 14 };
const validAfter = { years: 1 };
/** A holiday on a weekday, far enough away to be no surprise in the first weeks. */
const holidayAfter = { weeks: 6 };

/** The demo metro's timetable as a GTFS zip, with calendars that are valid around a date. */
export const makeFeed = async (seed: number, metro: Metro, around: PlainDate): Promise<Uint8Array> =>
  zipOf({
    "agency.txt": rows(
      ["agency_id", "agency_name", "agency_url", "agency_timezone"],
      [["MM", metro.agency, "https://metro.example", metro.zone]],
    ),
    "feed_info.txt": rows(
      ["feed_publisher_name", "feed_publisher_url", "feed_lang", "feed_version"],
      [[metro.agency, "https://metro.example", "en", `seed ${seed}`]],
    ),
    "routes.txt": rows(
      ["route_id", "agency_id", "route_short_name", "route_long_name", "route_type", "route_color"],
      metro.routes.map((route) => [route.id, "MM", route.id, route.name, 1, route.colour]),
    ),
    "stops.txt": rows(["stop_id", "stop_name", "stop_lat", "stop_lon"], stopRows(metro)),
    "calendar.txt": rows(calendarColumns, calendarRows(around)),
    "calendar_dates.txt": rows(["service_id", "date", "exception_type"], holidayRows(around)),
    "trips.txt": Readable.from(tripLines(seed, metro)),
    "stop_times.txt": Readable.from(stopTimeLines(seed, metro)),
  });

type Row = readonly (string | number)[];

const rows = (columns: Row, lines: Iterable<Row>): Readable =>
  Readable.from([csvLine(columns), ...[...lines].map(csvLine)]);

const stopRows = (metro: Metro): Row[] => [
  ...new Map(
    metro.routes.flatMap(({ stations }) =>
      stations.map((station): [string, Row] => [
        station.id,
        [station.id, station.name, station.latitude.toFixed(5), station.longitude.toFixed(5)],
      ]),
    ),
  ).values(),
];

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const calendarColumns = ["service_id", ...weekdays, "start_date", "end_date"];

const runsOn: Record<DayKind, readonly number[]> = {
  weekday: [1, 1, 1, 1, 1, 0, 0],
  saturday: [0, 0, 0, 0, 0, 1, 0],
  sunday: [0, 0, 0, 0, 0, 0, 1],
};

const calendarRows = (around: PlainDate): Row[] =>
  dayKinds.map((day) => [day, ...runsOn[day], compact(around.subtract(validBefore)), compact(around.add(validAfter))]);

const holidayRows = (around: PlainDate): Row[] => {
  const date = around.add(holidayAfter);
  const wednesday = compact(date.add({ days: 3 - date.dayOfWeek }));
  return [
    ["weekday", wednesday, 2],
    ["sunday", wednesday, 1],
  ];
};

const compact = (date: PlainDate): string => date.toString().replaceAll("-", "");

/** A chunk of lines for each route and kind of day, so that whoever shares the process can breathe between them. */
function* tripLines(seed: number, metro: Metro): Iterable<string> {
  yield csvLine(["route_id", "service_id", "trip_id", "trip_headsign", "direction_id", "block_id"]);
  for (const trips of tripsByDay(seed, metro))
    yield trips
      .map((trip) => csvLine([trip.route.id, trip.day, trip.id, headsign(trip), trip.direction, trip.block]))
      .join("");
}

const headsign = ({ route, direction }: Trip): string => route.stations.at(direction === 0 ? -1 : 0)?.name ?? "";

function* stopTimeLines(seed: number, metro: Metro): Iterable<string> {
  yield csvLine(["trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"]);
  for (const trips of tripsByDay(seed, metro))
    for (const trip of trips) yield trip.calls.map((call, index) => callLine(trip, call, index)).join("");
}

const callLine = (trip: Trip, { station, minute }: Trip["calls"][number], index: number): string => {
  const time = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}:00`;
  return csvLine([trip.id, time, time, trip.route.stations[station]?.id ?? "", index + 1]);
};

function* tripsByDay(seed: number, metro: Metro): Iterable<Trip[]> {
  for (const route of metro.routes) for (const day of dayKinds) yield makeTrips(seed, route, day);
}
