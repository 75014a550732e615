import { DepotService } from "@headway/contracts/gen/headway/hr/v1/depot_service_pb";
import { ReportService } from "@headway/contracts/gen/headway/reporting/v1/report_service_pb";
import { typeOf } from "@headway/messaging/consumer";
import { defineService, door } from "@headway/service/service";
import { config } from "./config.ts";
import { dispatchConsumer } from "./inbound/dispatch-consumer.ts";
import { hrConsumer } from "./inbound/hr-consumer.ts";
import { overtimeConsumer } from "./inbound/overtime-consumer.ts";
import { planningConsumer } from "./inbound/planning-consumer.ts";
import { reportService } from "./inbound/report-service.ts";
import { schedulingConsumer } from "./inbound/scheduling-consumer.ts";
import { boardQueries } from "./outbound/board-queries.ts";
import { dayRepository as days } from "./outbound/day-repository.ts";
import { depotClient } from "./outbound/depot-client.ts";
import { driverRepository as drivers } from "./outbound/driver-repository.ts";
import { holdingRepository as holdings } from "./outbound/holding-repository.ts";
import { logReader } from "./outbound/log-reader.ts";
import { matrixQueries } from "./outbound/matrix-queries.ts";
import { payQueries } from "./outbound/pay-queries.ts";
import { planRepository as plans } from "./outbound/plan-repository.ts";
import { type ShadowNeeds, shadowOf } from "./outbound/shadow.ts";
import { workedDayRepository as workedDays } from "./outbound/worked-day-repository.ts";
import { noteDay } from "./usecases/note-day.ts";
import { noteHolding } from "./usecases/note-holding.ts";
import { rebuildReports } from "./usecases/rebuild-reports.ts";

const name = "reporting";

export const reporting = defineService({
  name,
  topic: null,
  config,
  migrations: new URL("../migrations/", import.meta.url),
  build({ db, bus, clock, call, log }, _config, overrides?: Partial<Pick<ShadowNeeds, "readLog">>) {
    const consumers = new Map([
      ["hr", hrConsumer({ drivers })],
      ["planning", planningConsumer({ plans })],
      ["scheduling", schedulingConsumer({ noteHolding: noteHolding({ holdings }) })],
      ["dispatch", dispatchConsumer({ noteDay: noteDay({ days }), days })],
      ["overtime", overtimeConsumer({ workedDays })],
    ]);
    const shadow = shadowOf({
      db,
      consumers,
      readLog: overrides?.readLog ?? logReader(call),
      onParked: (consumer, message, error) =>
        log.warn({
          event: "rebuild.parked",
          consumer,
          type: typeOf(message),
          aggregate: message.key,
          error: String(error),
        }),
    });
    const reportDoor = reportService({
      clock,
      board: boardQueries(db),
      matrix: matrixQueries(db),
      pay: payQueries(db),
      depots: depotClient(call(DepotService)),
      rebuildReports: rebuildReports({
        sources: [...consumers.keys()],
        shadow,
        delivery: { hold: () => bus.pause(name), resume: () => bus.resume(name) },
      }),
    });
    return {
      doors: [door(ReportService, reportDoor)],
      consumers: [...consumers.values()],
      jobs: [],
    };
  },
});
