import { checkAtRest } from "./at-rest.ts";
import { openDatabases } from "./databases.ts";
import { checkDoubleBooking } from "./double-booking.ts";
import { checkEventLog } from "./event-log.ts";
import type { Check, Checked, Invariant } from "./finding.ts";
import { checkInbox } from "./inbox.ts";
import { readLogs } from "./logs.ts";
import { checkOutbox } from "./outbox.ts";
import { checkPayroll } from "./payroll.ts";
import { checkReporting } from "./reporting.ts";

export type AuditSettings = {
  /** Of the server, without a database; the services' are named `headway_<service>`. */
  readonly postgresUrl: string;
  /** Null where Headway runs without Kafka. */
  readonly brokers: readonly string[] | null;
};

/**
 * Reads all databases and topics of a Headway that is at rest, and answers each check with how much it looked at and what
 * breaks the invariant: nothing, where all is well. A check that looked at nothing proves nothing. It writes nothing, and
 * knows the services by their tables and events only. Throws where a server does not answer.
 */
export const examine = async ({ postgresUrl, brokers }: AuditSettings): Promise<readonly Checked[]> => {
  const db = openDatabases(postgresUrl);
  try {
    const logs = await readLogs(db);
    const audited = { db, logs };
    return [
      ...under("event-log", await checkEventLog(audited)),
      ...under("outbox", brokers ? await checkOutbox(db, brokers) : []),
      ...under("inbox", await checkInbox(audited)),
      ...under("reporting", await checkReporting(audited)),
      ...under("payroll", await checkPayroll(audited)),
      ...under("double-booking", await checkDoubleBooking(audited)),
      ...under("at-rest", await checkAtRest(audited)),
    ];
  } finally {
    await db.close();
  }
};

const under = (invariant: Invariant, checks: readonly Check[]): readonly Checked[] =>
  checks.map((check) => ({ invariant, ...check }));
