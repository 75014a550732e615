import type { Databases } from "../databases.ts";
import type { Check } from "../finding.ts";

/**
 * The days of an absence are those that it lasts. Which depot's clock they go by, hr does not keep with it: a day is a day of
 * any of them.
 */
export const checkDays = async (db: Databases): Promise<Check> => {
  const [all] = await db.rows<{ count: number }>("hr", "select count(*) from absence");
  const wrong = await db.rows<{ id: string; first_day: string; last_day: string; starts: string; ends: string }>(
    "hr",
    `select id, first_day, last_day, lower(away) as starts, upper(away) as ends from absence
     where not exists (select from depot
       where first_day = (lower(away) at time zone time_zone)::date
         and last_day = ((upper(away) - case when kind = 'no-show' then interval '0' else interval '1 microsecond' end) at time zone time_zone)::date)`,
  );
  return {
    where: "days of hr's absences against their times",
    looked: all?.count ?? 0,
    wrong: wrong.map(
      ({ id, first_day, last_day, starts, ends }) =>
        `${id} lasts from ${starts} to ${ends}, and has the days ${first_day} to ${last_day}.`,
    ),
  };
};
