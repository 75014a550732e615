import type { Instant } from "@headway/kernel/clock";
import { oneAtATime } from "@headway/kernel/one-at-a-time";
import type { Logger } from "./log.ts";
import { SpanKind, traced } from "./tracing.ts";

/** Work that becomes due by itself. Several processes may run it at once: it locks what it takes in hand. */
export type Job = {
  readonly name: string;
  readonly everyMs: number;
  /** Does all that is due at `now`; stops early between two pieces of work once `stopping`. */
  readonly run: (now: Instant, stopping: AbortSignal) => Promise<void>;
};

export type Jobs = {
  readonly start: () => void;
  /** Runs the job soon, without waiting for its time. */
  readonly wake: (name: string) => void;
  /** Runs every job once and waits for all: what the rehearsal's clock does. The first failure is thrown then. */
  readonly runAll: () => Promise<void>;
  /** Finishes the runs in hand. */
  readonly stop: () => Promise<void>;
};

/** Runs each job every so often, never beside itself in this process, and on behalf of nobody but the service. */
export const jobRunner = (jobs: readonly Job[], now: () => Instant, log: Logger): Jobs => {
  const stopping = new AbortController();
  const timers = new Map<string, NodeJS.Timeout>();
  const runs = new Map(
    jobs.map((job) => [
      job.name,
      oneAtATime(async () => {
        if (!stopping.signal.aborted)
          await traced(`job ${job.name}`, SpanKind.INTERNAL, () => job.run(now(), stopping.signal));
      }),
    ]),
  );

  const runNow = async (name: string): Promise<void> => {
    const run = runs.get(name);
    if (!run) throw new Error(`There is no job ${name}.`);
    await run();
  };

  const runLogged = (name: string): Promise<void> =>
    runNow(name).catch((error: unknown) =>
      log.warn({ event: "job.failed", job: name, error: error instanceof Error ? error.stack : String(error) }),
    );

  const schedule = ({ name, everyMs }: Job): void => {
    const again = async (): Promise<void> => {
      await runLogged(name);
      if (!stopping.signal.aborted) timers.set(name, setTimeout(again, everyMs));
    };
    void again();
  };

  return {
    start: () => jobs.forEach(schedule),
    wake(name) {
      if (!runs.has(name)) throw new Error(`There is no job ${name}.`);
      void runLogged(name);
    },
    async runAll() {
      const outcomes = await Promise.allSettled(jobs.map(({ name }) => runNow(name)));
      for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
    },
    async stop() {
      stopping.abort();
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.allSettled(jobs.map(({ name }) => runNow(name)));
    },
  };
};
