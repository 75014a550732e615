import { DomainError } from "@headway/kernel/domain-error";
import { parseZone } from "@headway/kernel/time";
import type { BlockId, LineCode, ServiceId, StopId, TripId } from "../ids.ts";
import type { Cells } from "./cells.ts";
import type { Draft, DraftService } from "./draft.ts";
import type { Week } from "./service.ts";
import { StopTimes } from "./stop-times.ts";

/** How one file of a feed is read: the columns it must have, and what each row adds to the draft. */
export type Table = {
  readonly file: string;
  readonly required: boolean;
  /** Far more than any metro has, and few enough to be held in memory. */
  readonly mostRows: number;
  readonly columns: readonly string[];
  readonly read: (cells: Cells, draft: Draft) => void;
};

const many = 500_000;

const agency: Table = {
  file: "agency.txt",
  required: true,
  mostRows: many,
  columns: ["agency_timezone"],
  read(cells, draft) {
    const text = cells.required("agency_timezone");
    if (text === null) return;
    const zone = toZone(cells, text);
    if (zone && draft.zone && zone !== draft.zone)
      cells.error("agency_timezone", `All agencies of a feed must share one zone: ${draft.zone}, not "${text}".`);
    draft.zone ??= zone;
  },
};

const routes: Table = {
  file: "routes.txt",
  required: true,
  mostRows: many,
  columns: ["route_id"],
  read(cells, { lines }) {
    const code = cells.code("route_id") as LineCode | null;
    if (code === null) return;
    if (lines.has(code)) return void cells.error("route_id", `Route ${code} is there twice.`);
    const name = cells.name("route_long_name") ?? cells.name("route_short_name") ?? code;
    const colour = cells.optional("route_color")?.toUpperCase() ?? null;
    lines.set(code, { code, name, colour: colour && /^[0-9A-F]{6}$/.test(colour) ? colour : null });
  },
};

const stops: Table = {
  file: "stops.txt",
  required: true,
  mostRows: many,
  columns: ["stop_id"],
  read(cells, { stops }) {
    const id = cells.code("stop_id") as StopId | null;
    if (id === null) return;
    if (stops.has(id)) return void cells.error("stop_id", `Stop ${id} is there twice.`);
    const parent = cells.optionalCode("parent_station") as StopId | null;
    const [latitude, longitude] = [cells.degrees("stop_lat"), cells.degrees("stop_lon")];
    const at = latitude === null || longitude === null ? null : { latitude, longitude };
    stops.set(id, { id, name: cells.name("stop_name") ?? id, parent, at, place: stops.size });
  },
};

const calendar: Table = {
  file: "calendar.txt",
  required: false,
  mostRows: many,
  columns: [
    "service_id",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "start_date",
    "end_date",
  ],
  read(cells, { services }) {
    const id = cells.code("service_id") as ServiceId | null;
    const day = (column: string) => cells.whole(column, 0, 1) === 1;
    const week: Week = [
      day("monday"),
      day("tuesday"),
      day("wednesday"),
      day("thursday"),
      day("friday"),
      day("saturday"),
      day("sunday"),
    ];
    const from = cells.date("start_date");
    const to = cells.date("end_date");
    if (id === null || !from || !to) return;
    if (services.has(id)) return void cells.error("service_id", `Service ${id} is there twice.`);
    if (to.since(from).sign < 0) cells.error("end_date", `Service ${id} ends on ${to}, before it starts on ${from}.`);
    services.set(id, { ...emptyService(id), season: { week, from, to } });
  },
};

const calendarDates: Table = {
  file: "calendar_dates.txt",
  required: false,
  mostRows: many,
  columns: ["service_id", "date", "exception_type"],
  read(cells, { services }) {
    const id = cells.code("service_id") as ServiceId | null;
    const date = cells.date("date")?.toString();
    const type = cells.whole("exception_type", 1, 2);
    if (id === null || date === undefined || type === null) return;
    const service = services.get(id) ?? emptyService(id);
    if (service.added.has(date) || service.removed.has(date))
      return void cells.error("date", `Service ${id} has two exceptions on ${date}.`);
    (type === 1 ? service.added : service.removed).add(date);
    services.set(id, service);
  },
};

const trips: Table = {
  file: "trips.txt",
  required: true,
  mostRows: many,
  columns: ["route_id", "service_id", "trip_id"],
  read(cells, { trips, lines, services }) {
    const id = cells.code("trip_id") as TripId | null;
    const line = cells.code("route_id") as LineCode | null;
    const service = cells.code("service_id") as ServiceId | null;
    if (id === null || line === null || service === null) return;
    if (trips.has(id)) return void cells.error("trip_id", `Trip ${id} is there twice.`);
    if (!lines.has(line))
      cells.unknown("route_id", ["routes.txt"], `Trip ${id} is of route ${line}, which routes.txt does not have.`);
    if (!services.has(service))
      cells.unknown(
        "service_id",
        ["calendar.txt", "calendar_dates.txt"],
        `Trip ${id} runs on service ${service}, which neither calendar.txt nor calendar_dates.txt has.`,
      );
    trips.set(id, {
      id,
      row: cells.row,
      service,
      line,
      headsign: cells.name("trip_headsign"),
      block: cells.optionalCode("block_id") as BlockId | null,
      times: new StopTimes(),
      frequencies: [],
    });
  },
};

/** Of one trip; the longest lines of the world have some hundred. */
const mostStops = 5000;

const stopTimes: Table = {
  file: "stop_times.txt",
  required: true,
  mostRows: 20 * many,
  columns: ["trip_id", "stop_id", "stop_sequence", "arrival_time", "departure_time"],
  read(cells, { trips, stops }) {
    const tripId = cells.code("trip_id") as TripId | null;
    const stopId = cells.code("stop_id") as StopId | null;
    const sequence = cells.whole("stop_sequence", 0, 2_000_000_000);
    const arrival = cells.time("arrival_time");
    const departure = cells.time("departure_time");
    if (tripId === null || stopId === null || sequence === null) return;
    const trip = trips.get(tripId);
    const stop = stops.get(stopId);
    if (!trip) cells.unknown("trip_id", ["trips.txt"], `Trip ${tripId} is not in trips.txt.`);
    if (!stop) cells.unknown("stop_id", ["stops.txt"], `Stop ${stopId} is not in stops.txt.`);
    if (!trip || !stop) return;
    if (trip.times.count === mostStops)
      return void cells.error("trip_id", `Trip ${tripId} stops more than ${mostStops} times.`);
    trip.times.add({ row: cells.row, sequence, stop: stop.place, arrival, departure });
  },
};

const frequencies: Table = {
  file: "frequencies.txt",
  required: false,
  mostRows: many,
  columns: ["trip_id", "start_time", "end_time", "headway_secs"],
  read(cells, { trips }) {
    const id = cells.code("trip_id") as TripId | null;
    const starts = cells.requiredTime("start_time");
    const ends = cells.requiredTime("end_time");
    const headway = cells.whole("headway_secs", 1, 86_400);
    if (id === null || starts === null || ends === null || headway === null) return;
    const trip = trips.get(id);
    if (!trip) return cells.unknown("trip_id", ["trips.txt"], `Trip ${id} is not in trips.txt.`);
    if (ends <= starts) return void cells.error("end_time", `Trip ${id} must stop repeating after it starts to.`);
    trip.frequencies.push({ row: cells.row, starts, ends, headway });
  },
};

/** The files that matter to planning, in the order in which they must be read: each names only what came before. */
export const tables: readonly Table[] = [agency, routes, stops, calendar, calendarDates, trips, stopTimes, frequencies];

const toZone = (cells: Cells, text: string): string | null => {
  try {
    return parseZone(text, "agency_timezone");
  } catch (error) {
    if (error instanceof DomainError) return cells.error("agency_timezone", error.message);
    throw error;
  }
};

const emptyService = (id: ServiceId): DraftService => ({ id, season: null, added: new Set(), removed: new Set() });
