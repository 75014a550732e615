import { crc32, deflateRawSync } from "node:zlib";

/** The files of a feed by name. */
export type Files = Readonly<Record<string, string | Buffer>>;

type SampleLine = {
  readonly code: string;
  readonly stops: readonly string[];
  /** Minutes between two stops, and at a terminal at least. */
  readonly hop: number;
  readonly layover: number;
  readonly headway: number;
  readonly first: number;
  readonly last: number;
};

export const sampleLine: SampleLine = {
  code: "M1",
  stops: ["Harbour", "Market", "Town Hall", "Museum", "Airport"],
  hop: 10,
  layover: 8,
  headway: 12,
  first: 5 * 60,
  last: 24 * 60 + 30,
};

/**
 * The feed of a small metro, made up here: each line runs end to end on every weekday, with vehicles that turn around at
 * its terminals. `blocks: false` leaves the vehicles out.
 */
export const sampleFeed = ({
  lines = [sampleLine],
  blocks = true,
  zone = "Europe/Paris",
} = {}): Record<string, string> => {
  const stops = [...new Set(lines.flatMap(({ stops }) => stops))];
  const trips = lines.flatMap(tripsOf);
  return {
    "agency.txt": csv("agency_id,agency_name,agency_url,agency_timezone", [
      ["T", "Metro", "https://example.org", zone],
    ]),
    "routes.txt": csv(
      "route_id,route_short_name,route_long_name,route_type",
      lines.map(({ code }) => [code, code, `Line ${code}`, "1"]),
    ),
    "stops.txt": csv(
      "stop_id,stop_name,stop_lat,stop_lon",
      stops.map((name, at) => [stopId(name), name, String(48 + at / 50), "2.3"]),
    ),
    "calendar.txt": csv("service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date", [
      ["WEEK", "1", "1", "1", "1", "1", "0", "0", "20260105", "20261231"],
    ]),
    "trips.txt": csv(
      "route_id,service_id,trip_id,trip_headsign,block_id",
      trips.map(({ id, line, stops, vehicle }) => [line, "WEEK", id, stops.at(-1) ?? "", blocks ? vehicle : ""]),
    ),
    "stop_times.txt": csv(
      "trip_id,arrival_time,departure_time,stop_id,stop_sequence",
      trips.flatMap(({ id, starts, hop, stops }) =>
        stops.map((name, at) => [id, clock(starts + at * hop), clock(starts + at * hop), stopId(name), String(at + 1)]),
      ),
    ),
  };
};

const tripsOf = ({ code, stops, hop, layover, headway, first, last }: SampleLine) => {
  const vehicles = Math.ceil((2 * ((stops.length - 1) * hop + layover)) / headway);
  const cycle = vehicles * headway;
  const back = stops.toReversed();
  return Array.from({ length: vehicles }, (_, vehicle) => {
    const trips = [];
    for (let starts = first + vehicle * headway, round = 0; starts <= last; starts += cycle / 2, round++)
      trips.push({
        id: `${code}-${vehicle + 1}-${round + 1}`,
        line: code,
        vehicle: `${code}/${vehicle + 1}`,
        starts: Math.floor(starts),
        hop,
        stops: round % 2 === 0 ? stops : back,
      });
    return trips;
  }).flat();
};

const stopId = (name: string): string => name.toUpperCase().replaceAll(" ", "-");

const csv = (header: string, rows: readonly (readonly string[])[]): string =>
  [header, ...rows.map((row) => row.join(","))].map((line) => `${line}\n`).join("");

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}:00`;

/** A zip archive of the files (APPNOTE 6.3.10, as far as feeds need it). `lie` changes what its directory says of a file. */
export const zipOf = (files: Files, lie: (name: string) => { size?: number; crc?: number } = () => ({})): Buffer => {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const { size = bytes.length, crc = crc32(bytes) } = lie(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x800, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc, 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), fields, Buffer.from(name), packed]);
    const where = Buffer.alloc(14);
    where.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), fields, where, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
};
