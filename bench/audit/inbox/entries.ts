import type { Databases } from "../databases.ts";
import type { Check } from "../finding.ts";
import { type Listener, listeners } from "./consumers.ts";

/** The inbox may forget what was handled so long ago, in days; it need not. */
const remembered = 30;

/** Every event that a consumer hears lies in its inbox exactly once, or is parked, and never both; and nothing else lies there. */
export const checkEntries = async (db: Databases): Promise<readonly Check[]> => [
  ...(await Promise.all(listeners.map((listener) => checkListener(db, listener)))),
  ...(await checkStrangers(db)),
];

type Entry = { id: string; type: string; handled: number; parked: number };
type Heard = { id: string; type: string; forgettable: boolean };

const checkListener = async (db: Databases, { name, hearer, source, types }: Listener): Promise<Check> => {
  const [told, entries] = await Promise.all([
    db.rows<Heard>(
      source,
      `select id, type, recorded_at < now() - $2 * interval '1 day' as forgettable from event_log
       where type = any($1) and published_at is not null`,
      [types, remembered],
    ),
    db.rows<Entry>(
      hearer,
      `select event_id as id, min(type) as type, count(*) filter (where not waits) as handled, count(*) filter (where waits) as parked
       from (select event_id, type, false as waits from inbox where consumer = $1
             union all select event_id, type, true from parked_event where consumer = $1) as entry
       group by event_id`,
      [name],
    ),
  ]);
  const entryOf = new Map(entries.map((entry) => [entry.id, entry]));
  const wrong = told.flatMap(({ id, type, forgettable }) => {
    const entry = entryOf.get(id);
    entryOf.delete(id);
    if (!entry) return forgettable ? [] : [`${type} ${id} was published, and is neither handled nor parked.`];
    return [...miscounted(entry), ...(entry.type === type ? [] : [`${type} ${id} lies there as ${entry.type}.`])];
  });
  const unknown = [...entryOf.values()].map(
    ({ id, type }) => `${type} ${id} lies there, and ${source} has not told it.`,
  );
  return { where: `what ${hearer} heard of ${source}`, looked: told.length, wrong: [...wrong, ...unknown] };
};

const miscounted = ({ id, type, handled, parked }: Entry): string[] =>
  handled + parked === 1 ? [] : [`${type} ${id} was handled ${handled} times and is parked ${parked} times.`];

/** Consumers and types that the audit knows nothing of. */
const checkStrangers = async (db: Databases): Promise<readonly Check[]> => {
  const hearers = [...new Set(listeners.map(({ hearer }) => hearer))];
  return Promise.all(
    hearers.map(async (hearer) => {
      const heard = await db.rows<{ consumer: string; type: string }>(
        hearer,
        "select consumer, type from inbox union select consumer, type from parked_event",
      );
      const strange = heard.filter(
        ({ consumer, type }) => !listeners.some(({ name, types }) => name === consumer && types.includes(type)),
      );
      return {
        where: `consumers of ${hearer}`,
        looked: heard.length,
        wrong: strange.map(
          ({ consumer, type }) => `${consumer} has handled ${type}; the audit does not know that it hears it.`,
        ),
      };
    }),
  );
};
