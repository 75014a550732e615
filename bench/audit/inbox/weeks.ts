import { compare, type Expected } from "../compare.ts";
import { factsOf } from "../facts.ts";
import type { Check } from "../finding.ts";
import type { Audited, Logs } from "../logs.ts";

/** Overtime has the weeks of all who worked, and of all periods; those that were paid are final. */
export const checkWeeks = async ({ db, logs }: Audited): Promise<readonly Check[]> => {
  const worked = [...logs.dispatch.worked.values()].map(({ driver, service_date }) => ({
    driver,
    monday: mondayOf(String(service_date)),
  }));
  const ofDrivers = await factsOf(db, {
    service: "overtime",
    sql: "select driver_id || ' ' || first_day as key from driver_week",
  });
  const weeks = await factsOf(db, { service: "overtime", sql: "select first_day as key, final from week" });
  const ended = endedIn(logs);
  const must = [
    ...worked.map(({ monday }) => monday),
    ...[...ended].filter(([, final]) => final === true).map(([monday]) => monday),
  ];
  const mondays = new Set([...must, ...weeks.keys()]);
  return [
    compare({
      where: "overtime's weeks of drivers against who worked by dispatch's log",
      should: new Map(worked.map(({ driver, monday }) => [`${driver} ${monday}`, {}])),
      is: ofDrivers,
    }),
    compare({
      where: "overtime's weeks against the pay periods by accounting's log",
      should: new Map(
        [...mondays].map((monday): [string, Expected] => [monday, { final: ended.get(monday) ?? false }]),
      ),
      is: weeks,
    }),
  ];
};

/** Weeks by their Monday: what they must be, as far as a period ends them. A closing that was undone may have come so far, or not. */
const endedIn = ({ accounting }: Logs): ReadonlyMap<string, Expected[string]> => {
  const ended = new Map<string, Expected[string]>();
  for (const [id, { first_day, last_day, state }] of accounting.periods) {
    if (!accounting.frozen.has(id)) continue;
    const paid = state !== "open" && state !== "frozen";
    for (let day = sundayOf(String(first_day)); day <= String(last_day); day = plus(day, 7))
      ended.set(mondayOf(day), paid ? true : [true, false]);
  }
  return ended;
};

const mondayOf = (date: string): string => plus(date, -((new Date(date).getUTCDay() + 6) % 7));

const sundayOf = (date: string): string => plus(mondayOf(date), 6);

const plus = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
