import { writeFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { zipOf } from "headway/demo/zip";

const stops = 2_000;
const callsPerTrip = 50;
const routes = 40;

/** Writes a GTFS zip with so many stop times. Its trips run daily in 2026, each with 50 calls two minutes apart; blocks have ten trips. */
export const writeBigFeed = async (path: string, stopTimes: number): Promise<void> => {
  const trips = Math.ceil(stopTimes / callsPerTrip);
  const file = (rows: Iterable<string>): Readable => Readable.from(inChunks(rows));
  const zip = await zipOf({
    "agency.txt": file([
      "agency_id,agency_name,agency_url,agency_timezone",
      "M,Metro,https://metro.example,Europe/Paris",
    ]),
    "calendar.txt": file([
      "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date",
      "daily,1,1,1,1,1,1,1,20260101,20261231",
    ]),
    "routes.txt": file(
      withHead("route_id,agency_id,route_short_name,route_type", routes, (route) => `R${route},M,${route},1`),
    ),
    "stops.txt": file(
      withHead(
        "stop_id,stop_name,stop_lat,stop_lon",
        stops,
        (stop) => `S${stop},Stop ${stop},48.${1000 + stop},2.${1000 + stop}`,
      ),
    ),
    "trips.txt": file(
      withHead(
        "route_id,service_id,trip_id,block_id,direction_id",
        trips,
        (trip) => `R${trip % routes},daily,T${trip},B${Math.floor(trip / 10)},${trip % 2}`,
      ),
    ),
    "stop_times.txt": file(withHead("trip_id,arrival_time,departure_time,stop_id,stop_sequence", stopTimes, callOf)),
  });
  await writeFile(path, zip);
};

const callOf = (row: number): string => {
  const [trip, call] = [Math.floor(row / callsPerTrip), row % callsPerTrip];
  const time = timeOf(4 * 60 + (trip % 10) * 110 + call * 2);
  return `T${trip},${time},${time},S${(trip * 7 + call) % stops},${call + 1}`;
};

/** Minutes after the start of the service day, as GTFS writes them; they may pass 24:00. */
const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}:00`;

const withHead = function* (head: string, count: number, row: (index: number) => string): Generator<string> {
  yield head;
  for (let index = 0; index < count; index++) yield row(index);
};

/** Lines in pieces of some 64 KiB: a stream of single lines would take longer than the import. */
const inChunks = function* (rows: Iterable<string>): Generator<string> {
  let chunk = "";
  for (const row of rows) {
    chunk += `${row}\n`;
    if (chunk.length < 65_536) continue;
    yield chunk;
    chunk = "";
  }
  yield chunk;
};
