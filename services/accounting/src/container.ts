import { PayPeriodService } from "@headway/contracts/gen/headway/accounting/v1/pay_period_service_pb";
import { EmployeeService } from "@headway/contracts/gen/headway/hr/v1/employee_service_pb";
import { OvertimeService } from "@headway/contracts/gen/headway/overtime/v1/overtime_service_pb";
import { accountingTopic } from "@headway/contracts/topics";
import { defineService, door } from "@headway/service/service";
import { config } from "./config.ts";
import { closingJob, makeClosingJob } from "./inbound/closing-job.ts";
import { hrConsumer } from "./inbound/hr-consumer.ts";
import { overtimeConsumer } from "./inbound/overtime-consumer.ts";
import { payPeriodService } from "./inbound/pay-period-service.ts";
import { planningConsumer } from "./inbound/planning-consumer.ts";
import { accountingEvents } from "./outbound/accounting-events.ts";
import { closingQueries, closingRepository as closings } from "./outbound/closing-repository.ts";
import { copiesRepository as copies } from "./outbound/copies-repository.ts";
import { hrClient } from "./outbound/hr-client.ts";
import { overtimeClient } from "./outbound/overtime-client.ts";
import { payPeriodQueries } from "./outbound/pay-period-queries.ts";
import { payPeriodRepository as periods } from "./outbound/pay-period-repository.ts";
import { payrollFileRepository as files, payrollFileQueries } from "./outbound/payroll-file-repository.ts";
import { payrollLineQueries } from "./outbound/payroll-line-queries.ts";
import { payrollLineRepository as lines } from "./outbound/payroll-line-repository.ts";
import { workedDayRepository as days } from "./outbound/worked-day-repository.ts";
import { acknowledgePayroll } from "./usecases/acknowledge-payroll.ts";
import { calculatePayroll } from "./usecases/calculate-payroll.ts";
import { closePayPeriod } from "./usecases/close-pay-period.ts";
import { exportPayroll } from "./usecases/export-payroll.ts";
import { openPayPeriod } from "./usecases/open-pay-period.ts";
import { recheckRate } from "./usecases/recheck-rate.ts";
import { reopenPayPeriod as makeReopenPayPeriod } from "./usecases/reopen-pay-period.ts";
import { settleDays } from "./usecases/settle-days.ts";

export const accounting = defineService({
  name: "accounting",
  topic: accountingTopic,
  config,
  migrations: new URL("../migrations/", import.meta.url),
  build({ db, clock, call, eventLog, wakeJob }) {
    const { inTx } = db;
    const events = accountingEvents(eventLog(accountingTopic));
    const reopenPayPeriod = makeReopenPayPeriod({ periods, closings, days, lines, events });
    const payPeriodDoor = payPeriodService({
      inTx,
      clock,
      openPayPeriod: openPayPeriod({ periods, events }),
      closePayPeriod: closePayPeriod({ periods, copies, closings, events }),
      reopenPayPeriod,
      acknowledgePayroll: acknowledgePayroll({ periods, events }),
      periods: payPeriodQueries(db),
      lines: payrollLineQueries(db),
      files: payrollFileQueries(db),
      wake: () => wakeJob(closingJob),
    });
    return {
      doors: [door(PayPeriodService, payPeriodDoor)],
      consumers: [
        hrConsumer({ copies, recheckRate: recheckRate({ days }) }),
        planningConsumer({ copies }),
        overtimeConsumer({ days }),
      ],
      jobs: [
        makeClosingJob({
          inTx,
          underWay: closingQueries(db),
          closings,
          overtime: overtimeClient(call(OvertimeService)),
          hr: hrClient(call(EmployeeService)),
          settleDays: settleDays({ closings, days }),
          calculatePayroll: calculatePayroll({ closings, days, lines, periods, events }),
          exportPayroll: exportPayroll({ closings, lines, files, periods, events }),
          reopenPayPeriod,
        }),
      ],
    };
  },
});
