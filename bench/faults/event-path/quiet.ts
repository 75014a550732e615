import { setTimeout as pause } from "node:timers/promises";
import type { Admin } from "kafkajs";
import type pg from "pg";
import { asking } from "./ledger-database.ts";
import { clientOf, type Outside } from "./look.ts";

/** Milliseconds without any progress after which what is still under way is taken for stuck. A backlog may take its time. */
const patience = 60_000;

/** True until nothing has changed for so long. */
const patienceWith = () => {
  let [last, since] = [Number.NaN, Date.now()];
  return (now: number): boolean => {
    if (now !== last) [last, since] = [now, Date.now()];
    return Date.now() - since < patience;
  };
};

/** Waits until every event is published, has an effect, and the group's lag is zero. Answers what is still open when nothing moves for a minute. */
export const untilQuiet = async ({ databaseUrl, topic, brokers }: Outside): Promise<readonly string[]> => {
  const admin = clientOf(brokers).admin();
  await admin.connect();
  const moves = patienceWith();
  try {
    return await asking(databaseUrl, async (client) => {
      for (;;) {
        const { unpublished, unapplied } = await openEvents(client);
        const lag = await lagOf(admin, topic);
        const open = unpublished + unapplied + lag;
        if (open === 0) return [];
        if (!moves(open))
          return [
            `Nothing moves any more: ${unpublished} not published, ${unapplied} without effect, a lag of ${lag}.`,
          ];
        await pause(100);
      }
    });
  } finally {
    await admin.disconnect();
  }
};

const openEvents = async (client: pg.Client): Promise<{ readonly unpublished: number; readonly unapplied: number }> => {
  const { rows } = await client.query<{ unpublished: number; unapplied: number }>(
    `select count(*) filter (where published_at is null)::integer as unpublished,
       (count(*) - (select count(*) from (select distinct account, version from effect) as done))::integer as unapplied
     from event_log`,
  );
  return rows[0] ?? { unpublished: 0, unapplied: 0 };
};

const lagOf = async (admin: Admin, topic: string): Promise<number> => {
  const ends = await admin.fetchTopicOffsets(topic);
  const [done] = await admin.fetchOffsets({ groupId: topic, topics: [topic] });
  const offsets = new Map(done?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  return ends.reduce(
    (sum, { partition, high, low }) => sum + Number(high) - Math.max(offsets.get(partition) ?? -1, Number(low)),
    0,
  );
};

/**
 * Waits for the first effect of an event that was committed after this moment (milliseconds since 1970). Answers how long
 * after it that was, in milliseconds; null where no effect of any event came for a minute.
 */
export const untilHealed = async (databaseUrl: string, since: number): Promise<number | null> => {
  const moves = patienceWith();
  let effects = 0;
  while (moves(effects)) {
    // This connection may be cut with the others.
    const seen = await asking(databaseUrl, (client) => watchEffects(client, since)).catch(() => null);
    if (seen?.applied) return seen.applied - since;
    effects = seen?.effects ?? effects;
  }
  return null;
};

/** Looks for a second; answers when the wanted effect was written, and how many there were at the last look. */
const watchEffects = async (client: pg.Client, since: number) => {
  let seen: { readonly applied: number | null; readonly effects: number } | undefined;
  for (const until = Date.now() + 1000; Date.now() < until && !seen?.applied; await pause(30)) {
    const { rows } = await client.query<{ applied: number | null; effects: number }>(
      `select (select max(place) from effect)::integer as effects,
         (select (extract(epoch from applied_at) * 1000)::float8 from effect
          where happened_at > to_timestamp($1::float8 / 1000) order by applied_at limit 1) as applied`,
      [since],
    );
    seen = rows[0];
  }
  return seen ?? null;
};
