import { OvertimeService } from "@headway/contracts/gen/headway/overtime/v1/overtime_service_pb";
import { Temporal } from "@headway/kernel/time";
import { overtime as service } from "@headway/overtime/container";
import { migrate } from "@headway/postgres/migrate";
import { migrationsOf } from "@headway/service/host-service";
import { startPostgres } from "@headway/testkit/embedded-postgres";
import pg from "pg";
import type { Figure, Measurement } from "../frame/figure.ts";
import { inFolder } from "../frame/in-folder.ts";
import { fill } from "./metro/fill.ts";
import { hostAlone } from "./metro/hosted.ts";
import { inOvertimeUnpaid } from "./metro/in-overtime.ts";
import { periodOf, type Shape, weekdays } from "./metro/shape.ts";

const weeks = 4;
const days = weekdays(weeks);
const shape: Shape = { depots: 4, driversPerDepot: 500, days, rostered: days.length, worked: days.length };
const driverWeeks = weeks * shape.depots * shape.driversPerDepot;

/** A metro's pay period is calculated, first and anew, beside one statement of SQL that adds up the same work. */
export const overtime: Figure = ({ repeats, say }) =>
  inFolder(async (folder) => {
    const server = await startPostgres({ folder });
    try {
      const url = await server.ensureDatabase("overtime");
      await migrate(url, migrationsOf(service));
      await fill(url, inOvertimeUnpaid(shape));
      const hosted = await hostAlone(service, url);
      const sql = new pg.Client({ connectionString: url });
      await sql.connect();
      try {
        const { from, to } = periodOf(shape);
        const lastDay = sundayAfter(to);
        const pay = hosted.as({ kind: "service", name: "accounting" }, OvertimeService);
        const calculate = async () => {
          const answer = await pay.finalisePeriod({ firstDay: from, lastDay });
          if (answer.days.length !== driverWeeks * 5) throw new Error(`${answer.days.length} days were calculated.`);
        };
        const [first, anew, added]: [number[], number[], number[]] = [[], [], []];
        for (let repeat = 0; repeat < repeats; repeat++) {
          await forget(sql);
          first.push(await perSecond(calculate));
          await sql.query(openAgain);
          anew.push(await perSecond(calculate));
          added.push(await perSecond(() => sql.query(groupBy)));
          say(
            `first ${first.at(-1)?.toFixed(0)}, anew ${anew.at(-1)?.toFixed(0)}, added up ${added.at(-1)?.toFixed(0)} driver-weeks a second`,
          );
        }
        return [
          toMeasurement("first", first, added),
          {
            ...toMeasurement("anew, nothing changed", anew, added),
            goal: { of: "ratio", is: "at least", value: 0.25 },
            note: `${driverWeeks.toLocaleString("en-GB")} weeks of five duties under the standard agreement, from the call that finalises the period to its answer. The peer reads the same work and writes nothing: it adds up the minutes and those above the contract's.`,
          },
        ];
      } finally {
        await sql.end();
        await hosted.stop();
      }
    } finally {
      await server.stop();
    }
  });

/** A week is calculated with the period in which it ends. */
const sundayAfter = (friday: string): string => Temporal.PlainDate.from(friday).add({ days: 2 }).toString();

const openAgain = "update week set final = false";

const forget = async (sql: pg.Client): Promise<void> => {
  await sql.query(openAgain);
  await sql.query("truncate worked_week, event_log");
};

const groupBy = `
  select driver_id, first_day, sum(minutes) as minutes, greatest(sum(minutes) - max(weekly_minutes), 0) as overtime
  from (
    select driver_id, first_day, extract(epoch from ends - starts) / 60 as minutes
    from worked_time, jsonb_to_recordset(work) as stretch (starts timestamptz, ends timestamptz)
  ) as worked join contract using (driver_id)
  group by driver_id, first_day`;

const perSecond = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return (1000 * driverWeeks) / (performance.now() - began);
};

const toMeasurement = (which: string, ours: readonly number[], peers: readonly number[]): Measurement => ({
  name: which,
  unit: "driver-weeks/s",
  goal: null,
  ours,
  peer: { name: "one SQL group-by", values: peers },
});
