import { AbsenceService } from "@headway/contracts/gen/headway/hr/v1/absence_service_pb";
import { DepotService } from "@headway/contracts/gen/headway/hr/v1/depot_service_pb";
import { EmployeeService } from "@headway/contracts/gen/headway/hr/v1/employee_service_pb";
import { StaffImportService } from "@headway/contracts/gen/headway/hr/v1/staff_import_service_pb";
import { hrTopic } from "@headway/contracts/topics";
import { defineService, door } from "@headway/service/service";
import { config } from "./config.ts";
import { absenceService } from "./inbound/absence-service.ts";
import { depotService } from "./inbound/depot-service.ts";
import { dispatchConsumer } from "./inbound/dispatch-consumer.ts";
import { employeeService } from "./inbound/employee-service.ts";
import { makeExpiryJob } from "./inbound/expiry-job.ts";
import { makeStaffImportJob, staffImportJob } from "./inbound/staff-import-job.ts";
import { staffImportService } from "./inbound/staff-import-service.ts";
import { absenceQueries, absenceRepository as absences } from "./outbound/absence-repository.ts";
import { depotQueries, depotRepository as depots } from "./outbound/depot-repository.ts";
import { employeeQueries } from "./outbound/employee-queries.ts";
import { employeeRepository as employees } from "./outbound/employee-repository.ts";
import { hrEvents } from "./outbound/hr-events.ts";
import { staffImportRepository as imports, staffImportQueries } from "./outbound/staff-import-repository.ts";
import { cancelAbsence } from "./usecases/cancel-absence.ts";
import { changeContract } from "./usecases/change-contract.ts";
import { decideAbsence } from "./usecases/decide-absence.ts";
import { expireQualifications } from "./usecases/expire-qualifications.ts";
import { grantQualification } from "./usecases/grant-qualification.ts";
import { hireEmployee } from "./usecases/hire-employee.ts";
import { moveEmployee } from "./usecases/move-employee.ts";
import { noteNoShow } from "./usecases/note-no-show.ts";
import { openDepot } from "./usecases/open-depot.ts";
import { reportAbsence } from "./usecases/report-absence.ts";
import { requestAbsence } from "./usecases/request-absence.ts";
import { startStaffImport } from "./usecases/start-staff-import.ts";
import { takeStaffRows } from "./usecases/take-staff-rows.ts";
import { terminateEmployee } from "./usecases/terminate-employee.ts";

export const hr = defineService({
  name: "hr",
  topic: hrTopic,
  config,
  migrations: new URL("../migrations/", import.meta.url),
  build({ db, clock, eventLog, wakeJob }) {
    const { inTx } = db;
    const events = hrEvents(eventLog(hrTopic));
    const people = employeeQueries(db);
    const places = depotQueries(db);
    const importQueries = staffImportQueries(db);
    const depotDoor = depotService({ inTx, depots: places, openDepot: openDepot({ depots, events }) });
    const employeeDoor = employeeService({
      inTx,
      queries: people,
      depots: places,
      hireEmployee: hireEmployee({ employees, events }),
      moveEmployee: moveEmployee({ employees, events }),
      terminateEmployee: terminateEmployee({ employees, events }),
      changeContract: changeContract({ employees, events }),
      grantQualification: grantQualification({ employees, events }),
    });
    const absenceDoor = absenceService({
      inTx,
      absences: absenceQueries(db),
      depots: places,
      requestAbsence: requestAbsence({ absences, events }),
      reportAbsence: reportAbsence({ absences, events }),
      decideAbsence: decideAbsence({ absences, events }),
      cancelAbsence: cancelAbsence({ absences, events }),
    });
    const staffImportDoor = staffImportService({
      inTx,
      clock,
      imports: importQueries,
      startStaffImport: startStaffImport({ imports }),
      wake: () => wakeJob(staffImportJob),
    });
    return {
      doors: [
        door(DepotService, depotDoor),
        door(EmployeeService, employeeDoor),
        door(AbsenceService, absenceDoor),
        door(StaffImportService, staffImportDoor),
      ],
      consumers: [dispatchConsumer({ noteNoShow: noteNoShow({ depots, absences, events }) })],
      jobs: [
        makeStaffImportJob({
          inTx,
          imports,
          queries: importQueries,
          takeStaffRows: takeStaffRows({ depots, employees, imports, events }),
        }),
        makeExpiryJob({ inTx, expireQualifications: expireQualifications({ employees, events }) }),
      ],
    };
  },
});
