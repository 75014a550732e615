import { compare, type Expected } from "../compare.ts";
import { factsOf } from "../facts.ts";
import type { Check } from "../finding.ts";
import type { Audited } from "../logs.ts";

/** What an assignment keeps of the moment at which it was given: the version of its roster, and the work of its duty. */
export const checkGiven = async ({ db, logs }: Audited): Promise<Check> => {
  const { scheduling, planning } = logs;
  const should = new Map<string, Expected>();
  for (const [id, { duty, from_version }] of scheduling.assignments) {
    // Of several plans it is one: which had been heard of then, nobody tells.
    const plans = planning.plans.get(String(duty)) ?? [];
    should.set(id, {
      from_version: from_version ?? null,
      work_minutes: plans.map(({ work_minutes }) => work_minutes),
    });
  }
  const is = await factsOf(db, {
    service: "scheduling",
    sql: "select id as key, from_version, work_minutes from assignment",
  });
  // What a draft let go of was told to nobody.
  return compare({ where: "scheduling's assignments as they were given", should, is, unsaid: "any" });
};
