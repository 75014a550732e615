import { compare, type Expected, type Fact } from "../compare.ts";
import { canonical, factsOf } from "../facts.ts";
import type { Check } from "../finding.ts";
import type { ToldComponent } from "../fold/overtime.ts";
import type { Audited } from "../logs.ts";
import { type PayLine, paidStates, standingOf } from "./lines.ts";

/** Every reason for pay, premiums too, is paid by a line, once, as overtime told it; and no line pays anything else. */
export const checkComponents = async (audited: Audited, lines: readonly PayLine[]): Promise<readonly Check[]> => [
  checkReasons(audited, lines),
  await checkMinutes(audited, lines),
  await checkBasis(audited, lines),
];

/** Each line against the component that it names. A line that a later revision left alone still names the earlier one. */
const checkReasons = ({ logs }: Audited, lines: readonly PayLine[]): Check => {
  const reasons = new Map(
    [...logs.overtime.components].flatMap(([revision, components]) =>
      components.map((component): [string, Expected] => [`${revision} ${component.id}`, toReason(component)]),
    ),
  );
  const pay = lines.filter(({ kind }) => kind === "pay");
  const should = new Map<string, Expected>();
  for (const { id, driver, day, revision, component } of pay) {
    const reason = reasons.get(`${driver}/${day} ${revision} ${component}`);
    if (reason) should.set(id, reason);
  }
  const is = new Map(pay.map((line): [string, Fact] => [line.id, ofLine(line)]));
  return compare({ where: "pay lines against the components that overtime told", should, is });
};

const toReason = ({
  depot,
  code,
  minutes,
  factor,
  duty,
  rule,
  ruleVersion,
  sentence,
  intervals,
}: ToldComponent): Fact => ({
  depot,
  code,
  minutes,
  factor,
  duty,
  rule,
  rule_version: ruleVersion,
  sentence,
  intervals: canonical(intervals),
});

const ofLine = ({ depot, code, minutes, factor, duty, rule, rule_version, sentence, intervals }: PayLine): Fact => ({
  depot,
  code,
  minutes,
  factor,
  duty,
  rule,
  rule_version,
  sentence,
  intervals: canonical(intervals),
});

/** What was paid for a day, corrections included, by all that tells two kinds of pay apart: that of the newest worth that was settled. */
const checkMinutes = async ({ db, logs }: Audited, lines: readonly PayLine[]): Promise<Check> => {
  const days = await db.rows<{ day: string; revision: number | null }>(
    "accounting",
    `select driver_id || '/' || service_date as day, max(revision) filter (where state in ${paidStates}) as revision
     from worked_day left join pay_period on pay_period.id = settled_in group by driver_id, service_date`,
  );
  const should = new Map<string, { minutes: number }>();
  for (const { day, revision } of days)
    for (const { code, factor, duty, rule, ruleVersion, minutes } of logs.overtime.components.get(
      `${day} ${revision}`,
    ) ?? [])
      add(should, [day, code, factor, duty, rule, ruleVersion], minutes);
  // What a closing that was undone had taken along, no period has settled: of such a day nobody can say what was paid before.
  const unsettled = new Set(days.filter(({ revision }) => revision === null).map(({ day }) => day));
  const is = new Map<string, { minutes: number }>();
  for (const { driver, day, code, factor, duty, rule, rule_version, minutes } of lines)
    if (!unsettled.has(`${driver}/${day}`))
      add(is, [`${driver}/${day}`, code, factor, duty, rule, rule_version], minutes);
  const paid = new Map([...should].filter(([, { minutes }]) => minutes !== 0));
  const where = "paid minutes of each kind against the settled worth of the days";
  return compare({ where, should: paid, is, unsaid: { minutes: 0 } });
};

const add = (sums: Map<string, { minutes: number }>, key: readonly unknown[], minutes: number): void => {
  const name = key.join(" ");
  sums.set(name, { minutes: (sums.get(name)?.minutes ?? 0) + minutes });
};

/** By what a line turns minutes into money: hr's number and rate of its driver on the day, and the code of its depot. */
const checkBasis = async ({ db, logs }: Audited, lines: readonly PayLine[]): Promise<Check> => {
  const standing = new Set(standingOf(lines));
  // A rate that changed since is compared by the next closing.
  const compared = await factsOf(db, {
    service: "accounting",
    sql: `select driver_id || '/' || service_date as key from worked_day left join pay_period on pay_period.id = settled_in
          group by driver_id, service_date having bool_and(coalesce(state in ${paidStates}, false) and not recheck)`,
  });
  const rateOf = await ratesOf(db);
  const should = new Map<string, Expected>();
  for (const line of lines) {
    const { id, driver, day, depot } = line;
    const rate = standing.has(line) && compared.has(`${driver}/${day}`) ? rateOf(driver, day) : null;
    should.set(id, {
      employee_no: logs.hr.employees.get(driver)?.number ?? null,
      cost_centre: logs.hr.depots.get(depot)?.code ?? null,
      ...rate,
    });
  }
  const is = new Map(
    lines.map(({ id, employee_no, cost_centre, rate, currency }): [string, Fact] => [
      id,
      { employee_no, cost_centre, rate, currency },
    ]),
  );
  return compare({ where: "rates and cost centres of pay lines against hr's", should, is });
};

type Contract = { driver: string; from: string; rate: number; currency: string };

/** Answers the rate in force on a day; no line may stand without one. */
const ratesOf = async (db: Audited["db"]) => {
  const contracts = await db.rows<Contract>(
    "hr",
    `select employee_id as driver, valid_from as "from", hourly_rate_minor as rate, currency from contract order by valid_from`,
  );
  const ofDriver = Map.groupBy(contracts, ({ driver }) => driver);
  return (driver: string, day: string): Fact => {
    const { rate = null, currency = null } = ofDriver.get(driver)?.findLast(({ from }) => from <= day) ?? {};
    return { rate, currency };
  };
};
