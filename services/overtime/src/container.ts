import { OvertimeService } from "@headway/contracts/gen/headway/overtime/v1/overtime_service_pb";
import { overtimeTopic } from "@headway/contracts/topics";
import { defineService, door } from "@headway/service/service";
import { config } from "./config.ts";
import { dispatchConsumer } from "./inbound/dispatch-consumer.ts";
import { hrConsumer } from "./inbound/hr-consumer.ts";
import { overtimeService } from "./inbound/overtime-service.ts";
import { makeRecalculationJob, recalculationJob } from "./inbound/recalculation-job.ts";
import { driverRepository as drivers } from "./outbound/driver-repository.ts";
import { factRepository as facts } from "./outbound/fact-repository.ts";
import { overtimeEvents } from "./outbound/overtime-events.ts";
import { ruleSetQueries, ruleSetRepository as ruleSets } from "./outbound/rule-set-repository.ts";
import { weekRepository as weeks } from "./outbound/week-repository.ts";
import { workedDayQueries } from "./outbound/worked-day-queries.ts";
import { workedWeekRepository as workedWeeks } from "./outbound/worked-week-repository.ts";
import { finaliseWeeks } from "./usecases/finalise-weeks.ts";
import { publishRuleSet } from "./usecases/publish-rule-set.ts";
import { recalculateStaleWeeks as makeRecalculateStaleWeeks } from "./usecases/recalculate-stale-weeks.ts";
import { recalculateWeeks as makeRecalculateWeeks } from "./usecases/recalculate-weeks.ts";
import { takeContract } from "./usecases/take-contract.ts";
import { takeDepot } from "./usecases/take-depot.ts";
import { takeWorkedTime } from "./usecases/take-worked-time.ts";

export const overtime = defineService({
  name: "overtime",
  topic: overtimeTopic,
  config,
  migrations: new URL("../migrations/", import.meta.url),
  build({ db, eventLog, wakeJob }) {
    const { inTx } = db;
    const events = overtimeEvents(eventLog(overtimeTopic));
    const recalculateWeeks = makeRecalculateWeeks({ weeks, workedWeeks, events });
    const recalculateStaleWeeks = makeRecalculateStaleWeeks({ weeks, drivers, recalculateWeeks });
    const overtimeDoor = overtimeService({
      inTx,
      publishRuleSet: publishRuleSet({ ruleSets, weeks }),
      finaliseWeeks: finaliseWeeks({ weeks }),
      recalculateStaleWeeks,
      ruleSets: ruleSetQueries(db),
      days: workedDayQueries(db),
      wake: () => wakeJob(recalculationJob),
    });
    return {
      doors: [door(OvertimeService, overtimeDoor)],
      consumers: [
        dispatchConsumer({ facts, takeWorkedTime: takeWorkedTime({ drivers, facts, recalculateWeeks }) }),
        hrConsumer({
          facts,
          takeDepot: takeDepot({ facts, weeks }),
          takeContract: takeContract({ drivers, facts, weeks, recalculateWeeks }),
        }),
      ],
      jobs: [makeRecalculationJob({ inTx, recalculateStaleWeeks })],
    };
  },
});
