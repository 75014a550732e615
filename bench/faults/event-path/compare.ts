import { amountOf } from "./ledger.ts";
import type { Seen, Told } from "./seen.ts";

export type Compared = {
  readonly lost: number;
  readonly doubled: number;
  readonly disordered: number;
  readonly findings: readonly string[];
};

/** An event by its account and version. */
type Key = string;

/**
 * Holds what the commands were told against what is there. Lost is what was acknowledged or logged and is missing further on;
 * doubled is what has happened twice, or what nobody asked for; unknown commands may be there, but then whole.
 */
export const compare = (told: Told, seen: Seen): Compared => {
  const log = seen.log.map(keyOf);
  const logged = new Set(log);
  const sent = new Set(seen.topic.map(keyOf));
  const applied = seen.effects.map(keyOf);
  const effects = new Set(applied);
  const outcome = tally();
  const acknowledged = [...told.acknowledged].map(([command, at]) => ({ command, key: keyOf(at) }));
  const commandAt = new Map(seen.log.map((event) => [keyOf(event), event.command]));
  const refused = seen.log.filter(({ command }) => told.refused.has(command));
  const strange = seen.log.filter(
    ({ command }) => ![told.acknowledged, told.refused, told.unknown].some((commands) => commands.has(command)),
  );

  outcome.lost(
    "acknowledged, but not in the log as it was told",
    acknowledged.filter(({ command, key }) => commandAt.get(key) !== command).map(({ key }) => key),
  );
  outcome.lost(
    "in the log, but not in Kafka",
    [...logged].filter((key) => !sent.has(key)),
  );
  outcome.lost(
    "in the log, but without an effect",
    [...logged].filter((key) => !effects.has(key)),
  );
  outcome.doubled("refused, but in the log", refused.map(keyOf));
  outcome.doubled("in the log, but never asked for", strange.map(keyOf));
  outcome.doubled("in the log twice", again(log));
  outcome.doubled("in Kafka, but not in the log as it is there", unlike(seen));
  outcome.doubled("an effect twice", again(applied));
  outcome.doubled(
    "an effect, but not in the log",
    [...effects].filter((key) => !logged.has(key)),
  );
  outcome.disordered("later in the log than its successor", late(seen.log));
  outcome.disordered("first in Kafka later than its successor", late(first(seen.topic)));
  outcome.disordered("applied later than its successor", late(first(seen.effects)));
  outcome.finding("of an account that is in several partitions", split(seen));
  outcome.finding("of an account whose state is not what its events say", torn(seen));
  outcome.finding("not marked as published", seen.log.filter(({ published }) => !published).map(keyOf));
  if (seen.parked > 0) outcome.finding("parked", Array<Key>(seen.parked).fill("an event"));
  return outcome.counted();
};

const tally = () => {
  const counts = { lost: new Set<Key>(), disordered: new Set<Key>(), doubled: 0 };
  const findings: string[] = [];
  const finding = (what: string, keys: readonly Key[]): void => {
    if (keys.length > 0) findings.push(`${keys.length} ${what}: ${keys.slice(0, 3).join(", ")}`);
  };
  return {
    finding,
    lost(what: string, keys: readonly Key[]): void {
      for (const key of keys) counts.lost.add(key);
      finding(what, keys);
    },
    doubled(what: string, keys: readonly Key[]): void {
      counts.doubled += keys.length;
      finding(what, keys);
    },
    disordered(what: string, keys: readonly Key[]): void {
      for (const key of keys) counts.disordered.add(key);
      finding(what, keys);
    },
    counted: (): Compared => ({
      lost: counts.lost.size,
      doubled: counts.doubled,
      disordered: counts.disordered.size,
      findings,
    }),
  };
};

type At = { readonly account: string; readonly version: number };

const keyOf = ({ account, version }: At): Key => `${account}@${version}`;

const again = (keys: readonly Key[]): readonly Key[] => {
  const met = new Set<Key>();
  return keys.filter((key) => met.has(key) || !met.add(key));
};

/** Each event where it is met first. */
const first = (events: readonly At[]): readonly At[] => {
  const met = new Set<Key>();
  return events.filter((event) => !met.has(keyOf(event)) && met.add(keyOf(event)));
};

/** What comes after a later version of its account. */
const late = (events: readonly At[]): readonly Key[] => {
  const newest = new Map<string, number>();
  return events
    .filter(({ account, version }) => {
      const before = newest.get(account) ?? 0;
      newest.set(account, Math.max(before, version));
      return version < before;
    })
    .map(keyOf);
};

const unlike = ({ log, topic }: Seen): readonly Key[] => {
  const byId = new Map(log.map((event) => [event.id, event]));
  return topic
    .filter((sent) => {
      const event = byId.get(sent.id);
      return !event || keyOf(event) !== keyOf(sent) || event.command !== sent.command;
    })
    .map(keyOf);
};

const split = ({ topic }: Seen): readonly Key[] => {
  const partitions = new Map<string, number>();
  return topic
    .filter(({ account, partition }) => {
      const known = partitions.get(account) ?? partition;
      partitions.set(account, known);
      return known !== partition;
    })
    .map(keyOf);
};

/** State and log are one transaction: the version counts the account's events without gaps, the sum holds each of them. */
const torn = ({ accounts, log }: Seen): readonly Key[] => {
  const events = Map.groupBy(log, ({ account }) => account);
  return accounts
    .filter(({ account, version, sum }) => {
      const own = events.get(account) ?? [];
      const versions = new Set(own.map((event) => event.version));
      const gapless = versions.size === version && Math.max(0, ...versions) === version;
      return !gapless || own.reduce((total, { command }) => total + amountOf(command), 0) !== sum;
    })
    .map(keyOf);
};
