import type { Bus } from "@headway/messaging/bus";
import { isBegin, isCommit, isRollback, type Statement, watchStatements } from "./statements.ts";

/** Where a relay dies, on its way through a batch. */
export const killPoints = [
  "before reading",
  "after reading",
  "after sending",
  "before marking",
  "after marking",
] as const;

export type KillPoint = (typeof killPoints)[number];

// By what the statements do, not by who sends them: so the points stay where they are when the relay is built otherwise.
const reads = ({ text }: Statement): boolean => /\bselect\b[^;]*\bpayload\b[^;]*\bfrom event_log\b/is.test(text);
const marks = ({ text }: Statement): boolean => /\bupdate event_log\b[^;]*\bset published_at\b/is.test(text);

/**
 * Calls `die` at the point, each time this process passes it. A batch is marked when the transaction of the mark commits.
 * Answers the bus to publish on.
 */
export const atPoint = (point: KillPoint, bus: Bus, die: () => void): Bus => {
  const pass = (passed: KillPoint): void => {
    if (passed === point) die();
  };
  const open = new WeakSet<object>();
  const marked = new WeakSet<object>();
  watchStatements({
    before(statement) {
      const { connection } = statement;
      if (isBegin(statement)) open.add(connection);
      if (reads(statement)) pass("before reading");
      if (marks(statement) && !open.has(connection)) pass("before marking");
      if (isCommit(statement) && marked.has(connection)) pass("before marking");
    },
    after(statement, rows) {
      const { connection } = statement;
      if (reads(statement) && rows > 0) pass("after reading");
      if (marks(statement) && rows > 0) {
        if (open.has(connection)) marked.add(connection);
        else pass("after marking");
      }
      if (isCommit(statement) && marked.has(connection)) pass("after marking");
      if (isCommit(statement) || isRollback(statement)) for (const set of [open, marked]) set.delete(connection);
    },
  });
  return {
    ...bus,
    async publish(batch) {
      await bus.publish(batch);
      if (batch.length > 0) pass("after sending");
    },
  };
};
