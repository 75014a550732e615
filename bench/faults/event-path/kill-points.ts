import type { Bus } from "@headway/messaging/bus";
import { type Statement, watchStatements } from "./statements.ts";

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
 * Calls `die` at the point, each time this process passes it. A batch is marked by one statement outside any transaction.
 * Answers the bus to publish on.
 */
export const atPoint = (point: KillPoint, bus: Bus, die: () => void): Bus => {
  const pass = (passed: KillPoint): void => {
    if (passed === point) die();
  };
  watchStatements({
    before(statement) {
      if (reads(statement)) pass("before reading");
      if (marks(statement)) pass("before marking");
    },
    after(statement, rows) {
      if (reads(statement) && rows > 0) pass("after reading");
      if (marks(statement) && rows > 0) pass("after marking");
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
