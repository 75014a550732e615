import { type Databases, services } from "../databases.ts";
import type { Check } from "../finding.ts";

/** So many slices has a log; nobody publishes what lies in another. */
const slices = 8;

/** Every event lies in a slice that is published, and those of one aggregate in the same. */
export const checkSlices = (db: Databases): Promise<readonly Check[]> =>
  Promise.all(
    services.map(async (service) => {
      const [all] = await db.rows<{ count: number }>(service, "select count(*) from event_log");
      const wrong = await db.rows<{ aggregate: string; found: string }>(
        service,
        `select aggregate_id as aggregate, string_agg(distinct slice::text, ', ') as found from event_log
         group by aggregate_id having min(slice) < 0 or max(slice) >= $1 or count(distinct slice) > 1`,
        [slices],
      );
      return {
        where: `slices of ${service}'s events`,
        looked: all?.count ?? 0,
        wrong: wrong.map(({ aggregate, found }) => `${aggregate} has events in the slices ${found}.`),
      };
    }),
  );
