import { setImmediate as turn } from "node:timers/promises";
import { systemClock } from "@headway/kernel/clock";
import { eventually } from "@headway/testkit/eventually";
import { expect, test } from "vitest";
import { type Circumstances, current, traceparent, under } from "../src/circumstances.ts";
import { type Job, jobRunner } from "../src/jobs.ts";
import { openLog } from "../src/log.ts";
import { startTracing } from "../src/start-tracing.ts";
import { admin } from "./tiny/given-tiny.ts";

await startTracing("test", undefined);

const runner = (...jobs: readonly Job[]) => jobRunner(jobs, systemClock.now, openLog("silent"));
const job = (name: string, run: Job["run"], everyMs = 60_000): Job => ({ name, everyMs, run });

test("whoever wakes a job lends it neither identity nor deadline nor trace; it has a trace of its own", async () => {
  const seen: (Circumstances | null)[] = [];
  const traces: (string | null)[] = [];
  const jobs = runner(
    job("a", async () => {
      seen.push(current());
      traces.push(traceparent());
    }),
  );
  await under({ caller: admin, deadline: Date.now() }, async () => jobs.wake("a"));
  await eventually(() => expect(seen).toEqual([null]));
  expect(traces[0]).toMatch(/^00-/);
});

test("a job that is woken a thousand times while it runs, runs once more", async () => {
  let runs = 0;
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const jobs = runner(
    job("a", async () => {
      runs++;
      begun.resolve();
      await end.promise;
    }),
  );
  jobs.wake("a");
  await begun.promise;
  for (let count = 0; count < 1000; count++) jobs.wake("a");
  const all = jobs.runAll();
  end.resolve();
  await all;
  expect(runs).toBe(2);
});

test("running all waits for all, also when one has failed, and then says so", async () => {
  let slowDone = false;
  const failed = Promise.withResolvers<void>();
  const jobs = runner(
    job("fails", async () => {
      failed.resolve();
      throw new Error("no");
    }),
    job("slow", async () => {
      await failed.promise;
      await turn();
      slowDone = true;
    }),
  );
  await expect(jobs.runAll()).rejects.toThrow("no");
  expect(slowDone).toBe(true);
});

test("a failed run does not end the job", async () => {
  let runs = 0;
  const jobs = runner(
    job(
      "a",
      async () => {
        runs++;
        throw new Error("no");
      },
      10,
    ),
  );
  jobs.start();
  await eventually(() => expect(runs).toBeGreaterThan(2));
  await jobs.stop();
});

test("a stop finishes the run in hand, tells it to be quick, and begins no other", async () => {
  let runs = 0;
  let finished = false;
  const jobs = runner(
    job("a", async (_now, stopping) => {
      runs++;
      while (!stopping.aborted) await turn();
      await turn();
      finished = true;
    }),
  );
  jobs.start();
  await eventually(() => expect(runs).toBe(1));
  jobs.wake("a");
  await jobs.stop();
  expect([runs, finished]).toEqual([1, true]);
  jobs.wake("a");
  await jobs.runAll();
  expect(runs).toBe(1);
});
