import type { paths as DispatcherPaths } from "@headway/contracts/gen/openapi/dispatcher";
import type { paths as IntegrationPaths } from "@headway/contracts/gen/openapi/integration";
import type { paths as MobilePaths } from "@headway/contracts/gen/openapi/mobile";
import type { Context } from "../inbound/context.ts";
import type { Handlers } from "../inbound/handlers.ts";
import { absences } from "./absences.ts";
import { days } from "./days.ts";
import { depots } from "./depots.ts";
import { employees } from "./employees.ts";
import { feeds } from "./feeds.ts";
import { myAbsences, myInbox, myPay, mySwaps } from "./my-own.ts";
import { myWork } from "./my-work.ts";
import { operations } from "./operations.ts";
import { pay } from "./pay.ts";
import { payRules } from "./pay-rules.ts";
import { reports } from "./reports.ts";
import { reviews } from "./reviews.ts";
import { rosters } from "./rosters.ts";
import { runs } from "./runs.ts";
import { account, consoleSessions, mobileSessions } from "./sessions.ts";
import { signingBatches, signings } from "./signings.ts";
import { staffImports } from "./staff-imports.ts";
import { swaps } from "./swaps.ts";
import { serviceAccounts, users } from "./users.ts";

/** What people at a console and machines do alike. */
const common = {
  ...absences,
  ...days,
  ...depots,
  ...employees,
  ...feeds,
  ...operations,
  ...pay,
  ...payRules,
  ...reports,
  ...reviews,
  ...rosters,
  ...runs,
  ...signings,
  ...staffImports,
  ...swaps,
  ...users,
};

const dispatcher: Handlers<DispatcherPaths, Context> = { ...common, ...consoleSessions, ...serviceAccounts };

const integration: Handlers<IntegrationPaths, Context> = { ...common, ...account, ...signingBatches };

const mobile: Handlers<MobilePaths, Context> = {
  ...mobileSessions,
  ...myAbsences,
  ...myInbox,
  ...myPay,
  ...mySwaps,
  ...myWork,
};

/** A handler for every operation of every face. */
export const handlers = { dispatcher, integration, mobile };
