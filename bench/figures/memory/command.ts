import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "@headway/testkit/free-port";
import { stopOnExit } from "@headway/testkit/stop-on-exit";

/** Headway as its users start it: by the workspace's own command. */
export type StartedByCommand = {
  /** Milliseconds from the command to the first page. */
  readonly firstPageMs: number;
  /** The processes under it, by what they run: `apps/headway/src/main.ts`, `services/hr/src/main.ts`. */
  readonly processes: () => ReadonlyMap<string, number>;
  readonly end: () => Promise<void>;
};

const starter = fileURLToPath(new URL("../../../start.mjs", import.meta.url));
/** Milliseconds. */
const patience = 180_000;
const lookEvery = 20;

/** Starts `npm start` (or `npm run stack`) on a data folder and waits until its page is there. Throws where it is not in time. */
export const startByCommand = async (
  asked: readonly string[],
  folder: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<StartedByCommand> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = spawn(process.execPath, [starter, ...asked], {
    env: { ...process.env, HEADWAY_DATA: folder, HEADWAY_PORT: String(port), ...environment },
    stdio: "ignore",
  });
  const end = (): Promise<void> => stop(child);
  child.once("exit", stopOnExit({ stop: end, stopNow: () => void child.kill("SIGTERM") }));
  while (!(await hasPage(url))) {
    if (performance.now() - began > patience || child.exitCode !== null) {
      await end();
      throw new Error(`"start.mjs ${asked.join(" ")}" showed no page.`);
    }
    await pause(lookEvery);
  }
  const firstPageMs = performance.now() - began;
  return { firstPageMs, processes: () => sourcesUnder(child.pid ?? 0), end };
};

const hasPage = async (url: string): Promise<boolean> => {
  const answer = await fetch(url).catch(() => null);
  await answer?.arrayBuffer();
  return answer?.ok ?? false;
};

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
};

/** The processes below one, as Linux lists them, by the source that each of them runs. */
const sourcesUnder = (root: number): ReadonlyMap<string, number> => {
  const parents = new Map(
    readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(Number(name))]),
  );
  const isUnder = (pid: number): boolean => pid === root || (pid > 1 && isUnder(parents.get(pid) ?? 0));
  return new Map(
    [...parents.keys()].filter(isUnder).flatMap((pid) => {
      const source = /(?:^|[/\0])((?:apps|services)\/\w+\/src\/main\.ts)/.exec(read(`/proc/${pid}/cmdline`))?.[1];
      return source ? [[source, pid] as const] : [];
    }),
  );
};

const parentOf = (pid: number): number => Number(/\) \S (\d+)/.exec(read(`/proc/${pid}/stat`))?.[1] ?? 0);

/** Empty where the process has ended meanwhile. */
const read = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
};
