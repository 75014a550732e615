import { setTimeout as pause } from "node:timers/promises";
import { tell } from "./as-process.ts";
import type { Mishap } from "./words.ts";

/**
 * Lets one mishap happen in the middle of a batch: behind some of its effects, before the transaction commits.
 * `leave` is how this process ends in order.
 */
export const mishaps = (leave: () => void) => {
  let awaited: { readonly mishap: Mishap; readonly share: number } | null = null;
  // Of the batch that it has met: how many effects are still written before.
  let before: number | null = null;
  return {
    arm(mishap: Mishap, share: number): void {
      awaited = { mishap, share };
      before = null;
    },
    /** Around a batch of so many events. Partitions are handled side by side: the first with several events is met. */
    async during(events: number, handle: () => Promise<void>): Promise<void> {
      if (awaited && before === null && events > 1) before = Math.floor(awaited.share * (events - 1));
      await handle();
    },
    /** Behind each effect. */
    async behindEach(): Promise<void> {
      if (!awaited || before === null || before-- > 0) return;
      const { mishap } = awaited;
      awaited = before = null;
      await befall(mishap, leave);
    },
  };
};

const befall = async (mishap: Mishap, leave: () => void): Promise<void> => {
  switch (mishap.kind) {
    case "die":
      process.kill(process.pid, "SIGKILL");
      return;
    case "leave":
      return leave();
    case "sleep":
      await pause(mishap.ms);
      break;
    case "stiffen":
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, mishap.ms);
  }
  tell({ word: "over" });
};
