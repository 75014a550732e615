import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { freePort } from "@headway/testkit/free-port";
import { tiedToParent } from "@headway/testkit/tied-to-parent";

/** A data folder, and the Headways that are started on it one after the other. */
export type Installation = { readonly start: () => Promise<Running>; readonly remove: () => Promise<void> };

/** A Headway that said it is ready. The key is told at the first start only, and empty later. */
export type Running = { readonly url: string; readonly key: string; readonly kill: () => Promise<void> };

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
/** Milliseconds until it must have said that it is ready. */
const patience = 120_000;

export const newInstallation = async (): Promise<Installation> => {
  const folder = await mkdtemp(join(tmpdir(), "headway-kill-"));
  const children: ChildProcess[] = [];
  return {
    start: async () => {
      const child = await startOn(folder);
      children.push(child);
      return { ...(await ready(child, children.length === 1)), kill: () => end(child, "SIGKILL") };
    },
    remove: async () => {
      for (const child of children) await end(child, "SIGTERM");
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const startOn = async (folder: string): Promise<ChildProcess> => {
  const { command, args } = await tiedToParent(process.execPath, [main, "start", "--empty"], "SIGTERM");
  return spawn(command, args, {
    env: { ...process.env, HEADWAY_PORT: String(await freePort()), HEADWAY_DATA: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
};

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
};

const ready = async ({ stdout, stderr }: ChildProcess, first: boolean): Promise<{ url: string; key: string }> => {
  if (!stdout || !stderr) throw new Error("Headway could not be started.");
  const said: string[] = [];
  createInterface(stderr).on("line", (line) => said.push(line));
  const lines = createInterface({ input: stdout, signal: AbortSignal.timeout(patience) });
  let [url, key] = ["", ""];
  for await (const line of lines) {
    said.push(line);
    url ||= /is ready at (http\S+)/.exec(line)?.[1] ?? "";
    key ||= /HEADWAY_KEY=(\S+)/.exec(line)?.[1] ?? "";
    if (url && (key || !first)) {
      stdout.resume();
      return { url, key };
    }
  }
  throw new Error(["Headway did not become ready:", ...said].join("\n  "));
};
