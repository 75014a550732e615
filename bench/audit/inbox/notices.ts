import { compare, type Expected } from "../compare.ts";
import { factsOf } from "../facts.ts";
import type { Check } from "../finding.ts";
import type { Audited } from "../logs.ts";

/**
 * What lies in the inboxes is what scheduling's log and planning's changes come to. Which of several changes of a duty its
 * driver has heard of depends on the order in which two topics were heard: of these, one must be there.
 */
export const checkNotices = async (audited: Audited): Promise<readonly Check[]> => [
  await checkLasting(audited),
  await checkChanges(audited),
];

const checkLasting = async ({ db, logs }: Audited): Promise<Check> => {
  const { lasting, takenBack } = logs.news;
  const seen = { acknowledged: true };
  const should = new Map<string, Expected>(lasting);
  for (const [key, news] of takenBack) should.set(key, { ...news, ...seen });
  const is = await factsOf(db, {
    service: "notification",
    sql: `select employee_id || ' ' || kind || ' ' || subject_id || ' ' || occasion as key, at, acknowledged_at is not null as acknowledged
          from notice where kind <> 'duty-changed'`,
  });
  const where = "notices against what scheduling told";
  return compare({ where, should, is, mayBeGone: ({ acknowledged }) => acknowledged === true });
};

const checkChanges = async ({ db, logs }: Audited): Promise<Check> => {
  const { changed, holders } = logs.news;
  const must = new Set(changed);
  for (const [duty, { driver, since }] of holders)
    if (since < (logs.planning.changed.get(duty) ?? "")) must.add(`${driver} ${duty}`);
  const should = new Map([...must].map((key): [string, Expected] => [key, {}]));
  const sql = "select distinct employee_id || ' ' || subject_id as key from notice where kind = 'duty-changed'";
  const is = await factsOf(db, { service: "notification", sql });
  return compare({ where: "notices of changed duties against what was told", should, is, unsaid: "any" });
};
