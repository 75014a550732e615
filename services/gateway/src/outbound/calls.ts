import { PayPeriodService } from "@headway/contracts/gen/headway/accounting/v1/pay_period_service_pb";
import { OperationsService } from "@headway/contracts/gen/headway/common/v1/operations_service_pb";
import { DayService } from "@headway/contracts/gen/headway/dispatch/v1/day_service_pb";
import { ReviewService } from "@headway/contracts/gen/headway/dispatch/v1/review_service_pb";
import { SigningService } from "@headway/contracts/gen/headway/dispatch/v1/signing_service_pb";
import { AbsenceService } from "@headway/contracts/gen/headway/hr/v1/absence_service_pb";
import { DepotService } from "@headway/contracts/gen/headway/hr/v1/depot_service_pb";
import { EmployeeService } from "@headway/contracts/gen/headway/hr/v1/employee_service_pb";
import { StaffImportService } from "@headway/contracts/gen/headway/hr/v1/staff_import_service_pb";
import { SessionService } from "@headway/contracts/gen/headway/iam/v1/session_service_pb";
import { UserService } from "@headway/contracts/gen/headway/iam/v1/user_service_pb";
import { InboxService } from "@headway/contracts/gen/headway/notification/v1/inbox_service_pb";
import { OvertimeService } from "@headway/contracts/gen/headway/overtime/v1/overtime_service_pb";
import { FeedService } from "@headway/contracts/gen/headway/planning/v1/feed_service_pb";
import { RunService } from "@headway/contracts/gen/headway/planning/v1/run_service_pb";
import { ReportService } from "@headway/contracts/gen/headway/reporting/v1/report_service_pb";
import { RosterService } from "@headway/contracts/gen/headway/scheduling/v1/roster_service_pb";
import { SwapService } from "@headway/contracts/gen/headway/scheduling/v1/swap_service_pb";
import { serviceNames } from "@headway/contracts/services";
import type { Ground } from "@headway/service/service";

/** The services behind the edge. Each call goes inward in the name of whoever made the request. */
export const callsOf = ({ call }: Pick<Ground, "call">) => ({
  absences: call(AbsenceService),
  day: call(DayService),
  depots: call(DepotService),
  employees: call(EmployeeService),
  feeds: call(FeedService),
  inbox: call(InboxService),
  overtime: call(OvertimeService),
  payPeriods: call(PayPeriodService),
  reports: call(ReportService),
  reviews: call(ReviewService),
  rosters: call(RosterService),
  runs: call(RunService),
  sessions: call(SessionService),
  signings: call(SigningService),
  staffImports: call(StaffImportService),
  swaps: call(SwapService),
  users: call(UserService),
  /** What each service answers about itself. */
  operations: new Map(serviceNames.map((name: string) => [name, call(OperationsService, name)])),
});

export type Calls = ReturnType<typeof callsOf>;
