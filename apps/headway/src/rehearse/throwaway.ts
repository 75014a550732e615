import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { freePort } from "@headway/testkit/free-port";
import { stopOnExit } from "@headway/testkit/stop-on-exit";
import { tiedToParent } from "@headway/testkit/tied-to-parent";

/** A Headway of its own that is gone afterwards. */
export type Throwaway = { readonly url: string; readonly key: string; readonly end: () => Promise<void> };

/** Milliseconds. */
const patience = 120_000;
const stopWithin = 15_000;
const linesKept = 40;

const asked = ["start", "--empty", "--rehearsal", "--fresh"];
const main = fileURLToPath(new URL("../main.ts", import.meta.url));

/** Starts an empty single-process Headway for a rehearsal, on a free port and in a folder of its own. */
export const startThrowaway = async (): Promise<Throwaway> => {
  const folder = await mkdtemp(join(tmpdir(), "headway-rehearsal-"));
  const { command, args } = await tiedToParent(process.execPath, [main, ...asked], "SIGTERM");
  const child = spawn(command, args, {
    env: { ...process.env, HEADWAY_PORT: String(await freePort()), HEADWAY_DATA: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const remove = async (): Promise<void> => {
    await stop(child);
    await rm(folder, { recursive: true, force: true });
  };
  const forget = stopOnExit({ stop: remove, stopNow: () => void child.kill("SIGTERM") });
  const end = async (): Promise<void> => {
    await remove();
    forget();
  };
  try {
    return { ...(await ready(child)), end };
  } catch (error) {
    await end();
    throw error;
  }
};

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), stopWithin);
  await ended;
  clearTimeout(timer);
};

/** Reads what it prints until it has said where it is and how one gets in. */
const ready = async ({ stdout, stderr, pid }: ChildProcess): Promise<{ url: string; key: string }> => {
  if (!stdout || !stderr || pid === undefined) throw new Error("Headway could not be started.");
  const said: string[] = [];
  const keep = (line: string): void => void said.splice(0, said.push(line) - linesKept);
  createInterface(stderr).on("line", keep);
  const timeout = AbortSignal.timeout(patience);
  let [url, key] = ["", ""];
  const lines = createInterface({ input: stdout, signal: timeout });
  for await (const line of lines) {
    keep(line);
    url ||= /is ready at (http\S+)/.exec(line)?.[1] ?? "";
    key ||= /HEADWAY_KEY=(\S+)/.exec(line)?.[1] ?? "";
    if (url && key) {
      stdout.resume();
      return { url, key };
    }
  }
  throw new Error(["A Headway for the rehearsal did not start:", ...said].join("\n  "));
};
