import type { Logger } from "./log.ts";

export type StopStep = { readonly name: string; readonly stop: () => Promise<void> };

/**
 * Runs until SIGTERM or SIGINT, then takes the steps of the stop in their order.
 * What is not done after `patienceMs`, or when the signal comes again, is left to the next start: nothing acknowledged is lost by that.
 */
export const liveUntilStopped = (log: Logger, steps: readonly StopStep[], patienceMs = 10_000): Promise<number> =>
  new Promise((resolve) => {
    let stopping = false;
    const stop = async (signal: string): Promise<void> => {
      if (stopping) return resolve(130);
      stopping = true;
      log.info({ event: "process.stopping", signal });
      const timer = setTimeout(() => {
        log.warn({ event: "process.stop-took-too-long", patienceMs });
        resolve(1);
      }, patienceMs);
      for (const step of steps)
        await step
          .stop()
          .catch((error: unknown) =>
            log.warn({ event: "process.stop-step-failed", step: step.name, error: String(error) }),
          );
      clearTimeout(timer);
      log.info({ event: "process.stopped" });
      resolve(0);
    };
    process.on("SIGTERM", stop);
    process.on("SIGINT", stop);
  });
