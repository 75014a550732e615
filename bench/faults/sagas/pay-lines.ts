import type { Databases } from "../../audit/databases.ts";
import { oneRow } from "./story.ts";

const line = "driver_id, work_date - first_day, kind, code, minutes, factor, rate_minor, amount_minor, rule";
const linesOf = (period: string): string =>
  `select ${line} from pay_line join pay_period on pay_period.id = pay_period_id where pay_period_id = ${period}`;

/** Whether two periods of the same work, a week or more apart, have the same lines: each as often in one as in the other. */
export const areAlike = async (db: Databases, period: string, undisturbed: string): Promise<boolean> => {
  const found = await oneRow(
    db.rows<{ lines: number; lost: number; doubled: number }>(
      "accounting",
      `select (select count(*) from pay_line where pay_period_id = $2) as lines,
         (select count(*) from (${linesOf("$2")} except all ${linesOf("$1")}) as lost) as lost,
         (select count(*) from (${linesOf("$1")} except all ${linesOf("$2")}) as doubled) as doubled`,
      [period, undisturbed],
    ),
  );
  return found !== null && found.lines > 0 && found.lost === 0 && found.doubled === 0;
};
