import { Readable } from "node:stream";
import { zipOf } from "../src/demo/zip.ts";

/** A GTFS feed as its files' texts, by name. */
export type FeedFiles = Readonly<Record<string, string>>;

export const toZip = (files: FeedFiles): Promise<Uint8Array> =>
  zipOf(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Readable.from([text])])));

const time = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}:00`;

const everyDay = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n";

/** A line between two terminals: trains every half hour from 05:00 to 25:00, each way 42 minutes. */
const aLine = (id: string, withBlocks: boolean): { readonly trips: string[]; readonly times: string[] } => {
  const lines = { trips: [] as string[], times: [] as string[] };
  for (let minute = 300, index = 0; minute < 1_500; minute += 30, index++)
    for (const direction of [0, 1]) {
      const trip = `${id}-${index}-${direction}`;
      const block = withBlocks ? `${id}-${(index + 2 * direction) % 4}` : "";
      lines.trips.push(`${id},all,${trip},${direction},${block}`);
      const ends = direction === 0 ? ["W", "E"] : ["E", "W"];
      lines.times.push(`${trip},${time(minute)},${time(minute)},${id}${ends[0]},1`, `${trip},,,${id}M,2`);
      lines.times.push(`${trip},${time(minute + 42)},${time(minute + 42)},${id}${ends[1]},3`);
    }
  return lines;
};

type Wishes = {
  readonly zone: string;
  readonly withBlocks: boolean;
  readonly lines: readonly string[];
  readonly names: readonly [string, string, string];
  /** From and to, written as GTFS writes dates. */
  readonly valid: readonly [string, string];
};

const usual: Wishes = {
  zone: "Europe/Paris",
  withBlocks: true,
  lines: ["A", "B"],
  names: ["West", "Middle", "East"],
  valid: ["20260101", "20271231"],
};

/** A small feed that is right in all but what is wished for. */
export const smallFeed = (wishes: Partial<Wishes> = {}): FeedFiles => {
  const { zone, withBlocks, lines, names, valid } = { ...usual, ...wishes };
  const made = lines.map((line) => aLine(line, withBlocks));
  const stops = lines.flatMap((line) =>
    ["W", "M", "E"].map((end, index) => `${line}${end},${names[index]} ${line},48.${index},2.${index}`),
  );
  return {
    "agency.txt": `agency_id,agency_name,agency_url,agency_timezone\n1,Small,https://small.example,${zone}\n`,
    "routes.txt": [
      "route_id,route_short_name,route_type",
      ...lines.map((line) => `${line},${names[0]} ${line},1`),
    ].join("\n"),
    "stops.txt": ["stop_id,stop_name,stop_lat,stop_lon", ...stops].join("\n"),
    "calendar.txt": `${everyDay}all,1,1,1,1,1,1,1,${valid[0]},${valid[1]}\n`,
    "trips.txt": ["route_id,service_id,trip_id,direction_id,block_id", ...made.flatMap(({ trips }) => trips)].join(
      "\n",
    ),
    "stop_times.txt": [
      "trip_id,arrival_time,departure_time,stop_id,stop_sequence",
      ...made.flatMap(({ times }) => times),
    ].join("\n"),
  };
};

/** Two trips there and back, repeated by `frequencies` all day. */
export const frequenciesFeed = ({ zone, name }: { readonly zone: string; readonly name: string }): FeedFiles => ({
  ...smallFeed({ lines: ["A"], zone, names: [`${name} 1`, `${name} 2`, `${name} 3`] }),
  "trips.txt": "route_id,service_id,trip_id,direction_id\nA,all,there,0\nA,all,back,1\n",
  "stop_times.txt": [
    "trip_id,arrival_time,departure_time,stop_id,stop_sequence",
    "there,00:00:00,00:00:00,AW,1\nthere,00:48:00,00:48:00,AE,2",
    "back,00:00:00,00:00:00,AE,1\nback,00:48:00,00:48:00,AW,2",
  ].join("\n"),
  "frequencies.txt":
    "trip_id,start_time,end_time,headway_secs,exact_times\nthere,05:00:00,24:30:00,1200,1\nback,05:00:00,24:30:00,1200,1\n",
});

/** A calendar by exceptions alone. */
export const datesOnlyFeed = (dates: readonly string[]): FeedFiles => {
  const { "calendar.txt": _, ...files } = smallFeed({ lines: ["A"] });
  return {
    ...files,
    "calendar_dates.txt": ["service_id,date,exception_type", ...dates.map((date) => `all,${date},1`)].join("\n"),
  };
};

/** A stop time in row 3 names a trip that is not there. */
export const brokenFeed = (): FeedFiles => {
  const files = smallFeed();
  const [head, first, ...others] = (files["stop_times.txt"] ?? "").split("\n");
  return { ...files, "stop_times.txt": [head, first, "ghost,05:10:00,05:10:00,AM,2", ...others].join("\n") };
};
