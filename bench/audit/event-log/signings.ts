import { compare, type Expected } from "../compare.ts";
import { factsOf } from "../facts.ts";
import type { Check } from "../finding.ts";
import type { Audited } from "../logs.ts";

/** What a driver signed is what was told: each signing that counts has led to its event, and each such event has its signing. */
export const checkSignings = async ({ db, logs }: Audited): Promise<readonly Check[]> => {
  const { signings, reliefs } = logs.dispatch;
  // A device's clock may go before: a signing counts from when it came, or was settled, at the latest.
  const is = await factsOf(db, {
    service: "dispatch",
    sql: `select assignment_id || ' ' || kind || ' ' || least(at, coalesce(settled_at, received_at)) as key,
            min(driver_id::text) as driver, min(duty_id::text) as duty, count(*) as times
          from signing left join orphaned_signing on signing_id = id where match <> 'orphaned' group by 1`,
  });
  const should = new Map<string, Expected>(signings);
  for (const [key, { times, ...relief }] of reliefs) {
    const signed = signings.get(key)?.times ?? 0;
    if (signed > 0 || is.has(key)) should.set(key, { ...relief, times: [signed, signed + times] });
  }
  return [compare({ where: "dispatch's signings against the events that they led to", should, is })];
};
