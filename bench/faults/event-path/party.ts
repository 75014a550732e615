import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { stopOnExit } from "@headway/testkit/stop-on-exit";
import { tiedToParent } from "@headway/testkit/tied-to-parent";
import type { Order, Word } from "./words.ts";

/** A process that takes part in a campaign. It ends with this one. */
export type Party = {
  /** Rejected with its last words where it ends before. */
  readonly ready: Promise<void>;
  readonly order: (order: Order) => void;
  /** Resolves at the next word of this kind, or when the process has ended. */
  readonly next: (word: Word["word"]) => Promise<void>;
  /** Fulfilled when the process is gone: its signal, or its exit code, and what it complained of. */
  readonly ended: Promise<{ readonly how: string; readonly lastWords: string }>;
  /** Lets it finish what it has in hand; ends it by force where that takes longer than a minute. */
  readonly stop: () => Promise<void>;
  /** Ends it by SIGKILL. */
  readonly kill: () => Promise<void>;
};

const stopWithin = 60_000;
// Where Node keeps it by itself: a process that is started hundreds of times reads its sources once.
const compiled = join(tmpdir(), "node-compile-cache");

/** Starts `<name>-process.ts` of this folder. `hear` is told every word of it. */
export const startParty = async (name: string, settings: object, hear: (word: Word) => void): Promise<Party> => {
  const file = new URL(`${name}-process.ts`, import.meta.url).pathname;
  const { command, args } = await tiedToParent(process.execPath, [file, JSON.stringify(settings)], "SIGKILL");
  const child = spawn(command, args, {
    env: { ...process.env, NODE_NO_WARNINGS: "1", NODE_COMPILE_CACHE: compiled },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const complaints: string[] = [];
  if (child.stderr) createInterface(child.stderr).on("line", (line) => complaints.push(line));
  child.on("message", hear);
  child.once(
    "exit",
    stopOnExit({ stop: async () => void child.kill("SIGKILL"), stopNow: () => void child.kill("SIGKILL") }),
  );
  const ended = once(child, "close").then(([code, signal]) => ({
    how: String(signal ?? `exit code ${code}`),
    lastWords: complaints.slice(-6).join(" "),
  }));
  const next = async (wanted: Word["word"]): Promise<void> => {
    const heard = new Promise<void>((resolve) => {
      const listen = ({ word }: Word): void => {
        if (word !== wanted) return;
        child.off("message", listen);
        resolve();
      };
      child.on("message", listen);
    });
    await Promise.race([heard, ended]);
  };
  const ready = (async () => {
    await next("ready");
    if (child.exitCode === null && child.signalCode === null) return;
    const { how, lastWords } = await ended;
    throw new Error(`The ${name} process ended at its start (${how}): ${lastWords}`);
  })();
  ready.catch(() => {});
  const order = (given: Order): void => {
    if (child.connected) child.send(given, () => {});
  };
  return {
    ready,
    order,
    next,
    ended,
    async stop() {
      order({ order: "stop" });
      const force = setTimeout(() => child.kill("SIGKILL"), stopWithin);
      await ended;
      clearTimeout(force);
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
};
