import { OvertimeService } from "@headway/contracts/gen/headway/overtime/v1/overtime_service_pb";
import { ReportService } from "@headway/contracts/gen/headway/reporting/v1/report_service_pb";
import { RosterService } from "@headway/contracts/gen/headway/scheduling/v1/roster_service_pb";
import { overtime } from "@headway/overtime/container";
import { reporting } from "@headway/reporting/container";
import { scheduling } from "@headway/scheduling/container";
import type { EmbeddedPostgres } from "@headway/testkit/embedded-postgres";
import { everywhere, hostAlone } from "../metro/hosted.ts";
import { idOf } from "../metro/ids.ts";
import { inOvertime } from "../metro/in-overtime.ts";
import { inReporting } from "../metro/in-reporting.ts";
import { inScheduling } from "../metro/in-scheduling.ts";
import { dutyNumber, periodOf, type Shape, weekdays } from "../metro/shape.ts";
import { build } from "./build.ts";

export const operations = ["assign", "day board", "matrix page", "personal roster", "worked time"] as const;
export type Operation = (typeof operations)[number];

/** A metro of some size: each call of an operation is for a driver, or the depot of a driver. */
export type GrownMetro = {
  readonly drivers: number;
  /** Answers how many things came back. */
  readonly calls: Readonly<Record<Operation, (driver: number) => Promise<number>>>;
  readonly stop: () => Promise<void>;
};

const driversPerDepot = 500;

/** Four weeks that are rostered and worked, and a Monday whose duties are open. */
const shapeOf = (drivers: number): Shape => ({
  depots: drivers / driversPerDepot,
  driversPerDepot,
  days: weekdays(5).slice(0, 21),
  rostered: 20,
  worked: 20,
});

/** Builds the databases of three services, and hosts them. Nothing is published and no job runs. */
export const grow = async (server: EmbeddedPostgres, drivers: number): Promise<GrownMetro> => {
  const shape = shapeOf(drivers);
  // Two at once: a machine that runs this has two cores.
  const [inRoster, [inReports, inPay]] = await Promise.all([
    build(server, scheduling, drivers, inScheduling(shape)),
    build(server, reporting, drivers, inReporting(shape)).then(
      async (reports) => [reports, await build(server, overtime, drivers, inOvertime(shape))] as const,
    ),
  ]);
  const hosted = [
    await hostAlone(scheduling, inRoster),
    await hostAlone(reporting, inReports),
    await hostAlone(overtime, inPay),
  ] as const;
  const [rosters, reports, pay] = [
    hosted[0].as(everywhere("dispatcher"), RosterService),
    hosted[1].as(everywhere("dispatcher"), ReportService),
    hosted[2].as(everywhere("payroll"), OvertimeService),
  ];
  const { from, to } = periodOf(shape);
  const month = { firstDay: from, lastDay: to };
  const week = { firstDay: from, lastDay: dayAt(shape, 4) };
  const depotOf = (driver: number): string => idOf("depot", Math.floor(driver / driversPerDepot));
  return {
    drivers,
    calls: {
      async assign(driver) {
        const duty = dutyNumber(shape, driver, 20);
        const { assignment } = await rosters.assignDuty({
          dutyId: idOf("duty", duty),
          driverId: idOf("driver", driver),
        });
        return assignment ? 1 : 0;
      },
      "day board": async (driver) =>
        (await reports.getDayBoard({ depotId: depotOf(driver), serviceDate: dayAt(shape, driver % 20) })).duties.length,
      "matrix page": async (driver) =>
        (await reports.getRosterMatrix({ depotId: depotOf(driver), ...week })).cells.length,
      "personal roster": async (driver) =>
        (await rosters.listDriverDuties({ driverId: idOf("driver", driver), ...month })).assignments.length,
      "worked time": async (driver) =>
        (await pay.listWorkedDays({ driverId: idOf("driver", driver), ...month })).days.length,
    },
    async stop() {
      for (const each of hosted) await each.stop();
    },
  };
};

const dayAt = ({ days }: Shape, place: number): string => {
  const day = days[place];
  if (day === undefined) throw new Error(`The metro has no day ${place}.`);
  return day;
};
