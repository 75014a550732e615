import {
  accountingTopic,
  dispatchTopic,
  hrTopic,
  iamTopic,
  notificationTopic,
  overtimeTopic,
  planningTopic,
  schedulingTopic,
} from "@headway/contracts/topics";
import type { Databases } from "./databases.ts";
import type { Check } from "./finding.ts";
import { foldAccounting } from "./fold/accounting.ts";
import { foldDispatch } from "./fold/dispatch.ts";
import { foldHr } from "./fold/hr.ts";
import { foldIam } from "./fold/iam.ts";
import { foldNews } from "./fold/news.ts";
import { foldNotification } from "./fold/notification.ts";
import { foldOvertime } from "./fold/overtime.ts";
import { foldPlanning } from "./fold/planning.ts";
import { foldScheduling } from "./fold/scheduling.ts";
import { readLog } from "./told.ts";

/** All logs of a Headway, each read once and folded by itself: nothing here was taken from a table of state. */
export const readLogs = async (db: Databases) => {
  const folded = {
    iam: foldIam(),
    hr: foldHr(),
    planning: foldPlanning(),
    scheduling: foldScheduling(),
    dispatch: foldDispatch(),
    overtime: foldOvertime(),
    accounting: foldAccounting(),
    notification: foldNotification(),
  };
  const news = foldNews();
  const read = await Promise.all([
    readLog(db, iamTopic, folded.iam.hear),
    readLog(db, hrTopic, folded.hr.hear),
    readLog(db, planningTopic, folded.planning.hear),
    readLog(db, schedulingTopic, (told) => {
      folded.scheduling.hear(told);
      news.hear(told);
    }),
    readLog(db, dispatchTopic, folded.dispatch.hear),
    readLog(db, overtimeTopic, folded.overtime.hear),
    readLog(db, accountingTopic, folded.accounting.hear),
    readLog(db, notificationTopic, folded.notification.hear),
  ]);
  const checks = Object.keys(folded).map((name, place): Check => {
    const { looked = 0, wrong = [] } = read[place] ?? {};
    return { where: `events of ${name}: each can be read, and can follow those before`, looked, wrong };
  });
  return { ...folded, news, checks };
};

export type Logs = Awaited<ReturnType<typeof readLogs>>;

/** What every invariant looks at. */
export type Audited = { readonly db: Databases; readonly logs: Logs };
