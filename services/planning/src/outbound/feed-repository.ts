import { missing } from "@headway/kernel/domain-error";
import type { DepotId } from "@headway/kernel/ids";
import type { Tx } from "@headway/kernel/tx";
import { execute, rows } from "@headway/postgres/transaction";
import type { Block, BlockTrip } from "../model/block/block.ts";
import type { PlannedFeed } from "../model/duty/work-of.ts";
import type { Feed, LineDepot, Trip } from "../model/feed/feed.ts";
import type { Service } from "../model/feed/service.ts";
import type { FeedId, LineCode, ServiceId, Terminal } from "../model/ids.ts";
import { type ServiceRecord, serviceSql, toService } from "./service-record.ts";

/** Trips in one statement: some megabytes of arrays. */
const batch = 5000;

export const feedRepository = {
  async add(tx: Tx, id: FeedId, name: string, feed: Feed, blocks: readonly Block[]): Promise<void> {
    const { zone, span, hasBlocks } = feed;
    await execute(
      tx,
      "insert into feed (id, name, time_zone, first_day, last_day, has_blocks) values ($1, $2, $3, $4, $5, $6)",
      [id, name, zone, span.from.toString(), span.to.toString(), hasBlocks],
    );
    await addLines(tx, id, feed);
    await addStops(tx, id, feed);
    await addServices(tx, id, feed);
    await addBlocks(tx, id, blocks);
    for (let at = 0; at < feed.trips.length; at += batch) await addTrips(tx, id, feed.trips.slice(at, at + batch));
  },

  /** Refused with `feed.unknown`. */
  async lock(tx: Tx, id: FeedId): Promise<void> {
    const [found] = await rows(tx, "select id from feed where id = $1 for update", [id]);
    if (!found) throw missing("feed.unknown", "There is no such feed.");
  },

  async services(tx: Tx, id: FeedId): Promise<readonly Service[]> {
    return (await rows<ServiceRecord>(tx, serviceSql, [id])).map(toService);
  },

  async trips(tx: Tx, id: FeedId, services: readonly ServiceId[]): Promise<readonly BlockTrip[]> {
    const records = await rows<BlockTripRecord>(
      tx,
      `select trip_id, service_id, line, block_id, from_terminal, to_terminal, starts, ends
       from trip where feed_id = $1 and service_id = any($2::text[])`,
      [id, services],
    );
    return records.map(toBlockTrip);
  },

  /** Refused with `line.unknown`. */
  async assign(tx: Tx, id: FeedId, lines: readonly LineDepot[]): Promise<void> {
    const changed = await rows<{ code: string }>(
      tx,
      `update line set depot_id = said.depot_id from unnest($2::text[], $3::uuid[]) as said (code, depot_id)
       where line.feed_id = $1 and line.code = said.code returning line.code`,
      [id, lines.map(({ line }) => line), lines.map(({ depot }) => depot)],
    );
    const unknown = lines.find(({ line }) => !changed.some(({ code }) => code === line));
    if (unknown) throw missing("line.unknown", `The feed has no line ${unknown.line}.`, { field: "lines" });
  },

  async toPlan(tx: Tx, id: FeedId): Promise<PlannedFeed> {
    const [feed] = await rows<{ time_zone: string }>(tx, "select time_zone from feed where id = $1", [id]);
    if (!feed) throw missing("feed.unknown", "There is no such feed.");
    const lines = await rows<{ code: LineCode; depot_id: DepotId }>(
      tx,
      "select code, depot_id from line where feed_id = $1 and depot_id is not null",
      [id],
    );
    const stops = await rows<{ stop_id: Terminal; name: string }>(
      tx,
      "select stop_id, name from stop where feed_id = $1",
      [id],
    );
    return {
      zone: feed.time_zone,
      depots: new Map(lines.map(({ code, depot_id }) => [code, depot_id])),
      names: new Map(stops.map(({ stop_id, name }) => [stop_id, name])),
    };
  },
};

const addLines = (tx: Tx, id: FeedId, { lines, trips }: Feed): Promise<number> => {
  const counts = Map.groupBy(trips, ({ line }) => line);
  return execute(
    tx,
    `insert into line (feed_id, code, name, colour, trips)
     select $1, code, name, colour, trips
     from unnest($2::text[], $3::text[], $4::text[], $5::integer[]) as said (code, name, colour, trips)`,
    [
      id,
      lines.map(({ code }) => code),
      lines.map(({ name }) => name),
      lines.map(({ colour }) => colour),
      lines.map(({ code }) => counts.get(code)?.length ?? 0),
    ],
  );
};

const addStops = (tx: Tx, id: FeedId, { stops }: Feed): Promise<number> =>
  execute(
    tx,
    `insert into stop (feed_id, place, stop_id, name)
     select $1, place - 1, stop_id, name
     from unnest($2::text[], $3::text[]) with ordinality as said (stop_id, name, place)`,
    [id, stops.map((stop) => stop.id), stops.map(({ name }) => name)],
  );

const addServices = (tx: Tx, id: FeedId, { services }: Feed): Promise<number> =>
  execute(
    tx,
    `insert into service (feed_id, service_id, week, first_day, last_day, added, removed)
     select $1, service_id, week, first_day, last_day, added::date[], removed::date[]
     from unnest($2::text[], $3::text[], $4::date[], $5::date[], $6::text[], $7::text[])
       as said (service_id, week, first_day, last_day, added, removed)`,
    [
      id,
      services.map((service) => service.id),
      services.map(({ season }) => season?.week.map((runs) => (runs ? "1" : "0")).join("") ?? null),
      services.map(({ season }) => season?.from.toString() ?? null),
      services.map(({ season }) => season?.to.toString() ?? null),
      services.map(({ added }) => arrayText([...added])),
      services.map(({ removed }) => arrayText([...removed])),
    ],
  );

const addBlocks = (tx: Tx, id: FeedId, blocks: readonly Block[]): Promise<number> =>
  execute(
    tx,
    `insert into block (feed_id, service_id, block_id, line, starts, ends, trips)
     select $1, service_id, block_id, line, starts, ends, trips
     from unnest($2::text[], $3::text[], $4::text[], $5::integer[], $6::integer[], $7::integer[])
       as said (service_id, block_id, line, starts, ends, trips)`,
    [
      id,
      blocks.map(({ service }) => service),
      blocks.map((block) => block.id),
      blocks.map(({ line }) => line),
      blocks.map(({ trips }) => trips.at(0)?.starts),
      blocks.map(({ trips }) => trips.at(-1)?.ends),
      blocks.map(({ trips }) => trips.length),
    ],
  );

const addTrips = (tx: Tx, id: FeedId, trips: readonly Trip[]): Promise<number> =>
  execute(
    tx,
    `insert into trip (feed_id, trip_id, service_id, line, block_id, headsign, from_terminal, to_terminal, starts, ends, stops, arrivals, departures)
     select $1, trip_id, service_id, line, block_id, headsign, from_terminal, to_terminal, starts, ends,
       stops::integer[], arrivals::integer[], departures::integer[]
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::integer[], $10::integer[],
       $11::text[], $12::text[], $13::text[])
       as said (trip_id, service_id, line, block_id, headsign, from_terminal, to_terminal, starts, ends, stops, arrivals, departures)`,
    [
      id,
      trips.map((trip) => trip.id),
      trips.map(({ service }) => service),
      trips.map(({ line }) => line),
      trips.map(({ block }) => block),
      trips.map(({ headsign }) => headsign),
      trips.map(({ from }) => from),
      trips.map(({ to }) => to),
      trips.map(({ starts }) => starts),
      trips.map(({ ends }) => ends),
      trips.map(({ stops }) => arrayText(stops)),
      trips.map(({ arrivals }) => arrayText(arrivals)),
      trips.map(({ departures }) => arrayText(departures)),
    ],
  );

/** An array as PostgreSQL writes it; unnest would flatten an array of arrays. */
const arrayText = (values: Int32Array | readonly string[]): string => `{${values.join(",")}}`;

type BlockTripRecord = {
  trip_id: BlockTrip["id"];
  service_id: ServiceId;
  line: LineCode;
  block_id: BlockTrip["block"];
  from_terminal: Terminal;
  to_terminal: Terminal;
  starts: number;
  ends: number;
};

const toBlockTrip = (record: BlockTripRecord): BlockTrip => ({
  id: record.trip_id,
  service: record.service_id,
  line: record.line,
  block: record.block_id,
  from: record.from_terminal,
  to: record.to_terminal,
  starts: record.starts,
  ends: record.ends,
});
