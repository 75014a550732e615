import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { freePort } from "@headway/testkit/free-port";
import { stopOnExit } from "@headway/testkit/stop-on-exit";
import { tiedToParent } from "@headway/testkit/tied-to-parent";

export type ChildSettings = {
  /** Where its data are; they stay. */
  readonly folder: string;
  /** As on the command line: `start --empty`. */
  readonly asked: readonly string[];
  /** Beside this process' own. */
  readonly environment?: NodeJS.ProcessEnv;
};

/** A Headway in a process of its own, that said it is ready. It ends with this process. */
export type HeadwayChild = {
  readonly url: string;
  /** Told at the first start on a folder only, and empty later. */
  readonly key: string;
  readonly pid: number;
  /** Sends the signal and waits until it is gone; by force after a while. Nothing where it is gone. */
  readonly end: (signal: NodeJS.Signals) => Promise<void>;
};

/** Milliseconds. */
const patience = 120_000;
const stopWithin = 40_000;
const linesKept = 40;

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

/** Starts a Headway on a free port. Throws with its last words where it does not become ready. */
export const startChild = async ({ folder, asked, environment }: ChildSettings): Promise<HeadwayChild> => {
  const { command, args } = await tiedToParent(process.execPath, [main, ...asked], "SIGTERM");
  const child = spawn(command, args, {
    env: { ...process.env, HEADWAY_PORT: String(await freePort()), HEADWAY_DATA: folder, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = (signal: NodeJS.Signals): Promise<void> => endChild(child, signal);
  child.once("exit", stopOnExit({ stop: () => end("SIGTERM"), stopNow: () => void child.kill("SIGTERM") }));
  try {
    return { ...(await ready(child)), end };
  } catch (error) {
    await end("SIGTERM");
    throw error;
  }
};

const endChild = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  const timer = setTimeout(() => child.kill("SIGKILL"), stopWithin);
  await ended;
  clearTimeout(timer);
};

/** Reads what it prints until it has said where it is and how one gets in. */
const ready = async ({ stdout, stderr, pid }: ChildProcess): Promise<Pick<HeadwayChild, "url" | "key" | "pid">> => {
  if (!stdout || !stderr || pid === undefined) throw new Error("Headway could not be started.");
  const said: string[] = [];
  const keep = (line: string): void => void said.splice(0, said.push(line) - linesKept);
  createInterface(stderr).on("line", keep);
  const lines = createInterface({ input: stdout, signal: AbortSignal.timeout(patience) });
  let [url, key] = ["", ""];
  for await (const line of lines) {
    keep(line);
    url ||= /is ready at (http\S+)/.exec(line)?.[1] ?? "";
    key ||= /HEADWAY_KEY=(\S+)/.exec(line)?.[1] ?? "";
    if (url && (key || /are as before/.test(line))) {
      stdout.resume();
      return { url, key, pid };
    }
  }
  throw new Error(["Headway did not become ready:", ...said].join("\n  "));
};
