import { fromBinary } from "@bufbuild/protobuf";
import { ReleaseCause } from "@headway/contracts/gen/headway/scheduling/v1/events_pb";
import { schedulingTopic } from "@headway/contracts/topics";
import type { Database } from "@headway/postgres/database";
import { bySubject } from "@headway/service/model-run";
import { found, type Minute, overlap, type Week } from "./week.ts";

/** What can be seen of a week from outside: of the model's, and of what scheduling has written. Each line begins with a name. */
export type Picture = {
  readonly rosters: readonly string[];
  readonly held: readonly string[];
  readonly swaps: readonly string[];
  /** By what each line is about, and then as it was told. */
  readonly told: readonly string[];
  /** Drivers who hold two duties at once: nobody ever does. */
  readonly doubled: readonly string[];
  /** News that could not be handled: there are none. */
  readonly parked: readonly string[];
};

type Standing = { readonly driver: string; readonly starts: Minute; readonly ends: Minute; readonly to: number | null };

export const pictureOf = ({ rosters, held, swaps, told }: Week): Picture => ({
  rosters: [...rosters.values()].map(showRoster),
  held: [...held.values()].map((one) => showHeld({ ...one, ...one.worked })).toSorted(),
  swaps: [...swaps.values()].map(showSwap).toSorted(),
  told: bySubject(told),
  doubled: [],
  parked: [],
});

type ShownRoster = { readonly name: string; readonly current: number; readonly version: number };
const showRoster = ({ name, current, version }: ShownRoster): string => `${name} r${current} v${version}`;

type ShownHeld = Standing & {
  readonly name: string;
  readonly state: string;
  readonly from: number;
  readonly version: number;
};
const showHeld = ({ name, driver, starts, ends, state, from, to, version }: ShownHeld): string =>
  `${name} ${driver} ${starts}-${ends} ${state} r${from}..${to ?? ""} v${version}`;

type ShownSwap = { readonly name: string; readonly by: string; readonly of: string; readonly state: string };
const showSwap = ({ name, by, of, state, version }: ShownSwap & { readonly version: number }): string =>
  `${name} ${by} ${of} ${state} v${version}`;

/** Whose ids the names of the model are, and when its minutes are. */
export type Names = {
  readonly id: (name: string) => string;
  readonly name: (id: string) => string;
  readonly call: (id: string, name: string) => void;
  readonly minute: (at: string) => Minute;
};

/** What scheduling has written of the duties, from its own tables. What it has made since is given its name here. */
export const readPicture = async (
  { rows }: Pick<Database, "rows">,
  { rosters, duties }: { readonly rosters: readonly string[]; readonly duties: readonly string[] },
  names: Names,
): Promise<Picture> => {
  const { name, minute } = names;
  const ids = { rosters: rosters.map(names.id), duties: duties.map(names.id) };
  const assignments = await rows<AssignmentRecord>(
    `select id, duty_id, driver_id, lower(worked) as starts, upper(worked) as ends, state, from_version, to_version, version
     from assignment where duty_id = any($1::uuid[]) order by id`,
    [ids.duties],
  );
  for (const [duty, made] of Map.groupBy(assignments, ({ duty_id }) => duty_id))
    for (const [index, { id }] of made.entries()) names.call(id, `${name(duty)}${index + 1}`);
  const swaps = await rows<SwapRecord>(
    `select id, requested_by, requested_of, offered_assignment_id, wanted_assignment_id, state, version
     from swap where offered_assignment_id = any($1::uuid[]) order by id`,
    [assignments.map(({ id }) => id)],
  );
  const pairOf = ({ offered_assignment_id, wanted_assignment_id }: SwapRecord) =>
    `${name(offered_assignment_id)}-${name(wanted_assignment_id)}`;
  for (const [pair, made] of Map.groupBy(swaps, pairOf))
    for (const [index, { id }] of made.entries()) names.call(id, `${pair}#${index + 1}`);
  const shown = await rows<ShownRoster & { id: string }>(
    `select id, id::text as name, current_version as current, version from roster where id = any($1::uuid[])`,
    [ids.rosters],
  );
  const events = await rows<EventRecord>(
    `select aggregate_id as about, aggregate_version as version, type, occurred_at as at, payload from event_log
     where aggregate_id = any($1) order by position`,
    [[...ids.rosters, ...ids.duties, ...swaps.map(({ id }) => id)]],
  );
  const parked = await rows<{ type: string; reason: string }>("select type, reason from parked_event order by place");
  const held = assignments.map(
    (record): ShownHeld => ({
      name: name(record.id),
      driver: name(record.driver_id),
      starts: minute(record.starts),
      ends: minute(record.ends),
      state: record.state,
      from: record.from_version,
      to: record.to_version,
      version: record.version,
    }),
  );
  return {
    rosters: shown.map((roster) => showRoster({ ...roster, name: name(roster.id) })).toSorted(),
    held: held.map(showHeld).toSorted(),
    swaps: swaps
      .map(({ id, requested_by, requested_of, state, version }) =>
        showSwap({ name: name(id), by: name(requested_by), of: name(requested_of), state, version }),
      )
      .toSorted(),
    told: bySubject(events.map((event) => lineOf(event, names))),
    doubled: doubledIn(held),
    parked: parked.map(({ type, reason }) => `${type} ${reason}`),
  };
};

const doubledIn = (held: readonly ShownHeld[]): string[] => {
  const standing = held.filter(({ to }) => to === null);
  return standing
    .filter((one) => standing.some((other) => other !== one && other.driver === one.driver && overlap(one, other)))
    .map(({ name }) => name);
};

type AssignmentRecord = {
  id: string;
  duty_id: string;
  driver_id: string;
  starts: string;
  ends: string;
  state: string;
  from_version: number;
  to_version: number | null;
  version: number;
};

type SwapRecord = {
  id: string;
  requested_by: string;
  requested_of: string;
  offered_assignment_id: string;
  wanted_assignment_id: string;
  state: string;
  version: number;
};

type EventRecord = { about: string; version: number; type: string; at: string; payload: Uint8Array };

const lineOf = ({ about, version, type, at, payload }: EventRecord, { name, minute }: Names): string =>
  [name(about), `v${version}`, type, ...detailsOf(type, payload, name, minute(at))].join(" ");

/** What a line says after its type. */
const detailsOf = (
  type: string,
  payload: Uint8Array,
  name: (id: string) => string,
  at: Minute,
): (string | number)[] => {
  const { types } = schedulingTopic;
  switch (type) {
    case "DutyAssigned": {
      const told = fromBinary(types[type], payload);
      const published = told.byPublication ? ["published"] : [];
      return [name(told.assignmentId), name(told.driverId), `r${told.rosterVersion}`, ...published];
    }
    case "DutyReleased": {
      const told = fromBinary(types[type], payload);
      return [name(told.assignmentId), name(told.driverId), ReleaseCause[told.cause], `r${told.rosterVersion}`];
    }
    case "RosterPublished": {
      const told = fromBinary(types[type], payload);
      return [`r${told.rosterVersion}`, told.assigned, told.open];
    }
    case "SwapApproved": {
      const told = fromBinary(types[type], payload);
      return [name(told.requestedBy), name(told.requestedOf), `r${told.rosterVersion}`];
    }
    case "SwapExpired": {
      const told = fromBinary(types[type], payload);
      return [name(told.requestedBy), name(told.requestedOf), at];
    }
    case "SwapRequested":
    case "SwapAccepted":
    case "SwapDeclined":
    case "SwapCancelled": {
      const told = fromBinary(types[type], payload);
      return [name(told.requestedBy), name(told.requestedOf)];
    }
    default:
      throw new Error(`Nobody told the model of ${type}.`);
  }
};

export const namesFrom = (minute: Names["minute"]): Names => {
  const [ids, names] = [new Map<string, string>(), new Map<string, string>()];
  return {
    id: (name) => found(ids, name),
    name: (id) => found(names, id),
    call(id, name) {
      ids.set(name, id);
      names.set(id, name);
    },
    minute,
  };
};
