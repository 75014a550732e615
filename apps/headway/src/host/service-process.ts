import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type StartedAgain, startedAgain } from "@headway/testkit/started-again";
import { tiedToParent } from "@headway/testkit/tied-to-parent";
// A small young generation, one arena, and free memory given back: what V8 and glibc take by themselves is more than the rest of a service.
import frugal from "./frugal.json" with { type: "json" };

export type ServiceProcess = {
  readonly name: string;
  /** Asked anew at each start. */
  readonly environment: () => Promise<NodeJS.ProcessEnv>;
  /** Where it says that all its parts answer. */
  readonly readyUrl: string;
  readonly logFile: string;
  readonly say: (line: string) => void;
};

/** Milliseconds. */
const lookEvery = 100;
const longestAnswer = 5_000;
const stopWithin = 12_000;

/** Starts a service's process, and starts it again whenever it ends by itself. It may not be ready yet when this resolves. */
export const keepService = ({ name, environment, readyUrl, logFile, say }: ServiceProcess) => {
  const main = fileURLToPath(new URL(`../../../../services/${name}/src/main.ts`, import.meta.url));
  const output = createWriteStream(logFile, { flags: "a", mode: 0o600 });
  const launch = async () => {
    const { command, args } = await tiedToParent(process.execPath, [...frugal.flags, main], "SIGTERM");
    const child = spawn(command, args, {
      env: { ...frugal.settings, ...(await environment()) },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    child.stdout.pipe(output, { end: false });
    child.stderr.pipe(output, { end: false });
    const exited = new Promise<string>((resolve) =>
      child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`)),
    );
    return { address: name, exited, stop: () => stop(child, exited) };
  };
  return startedAgain<Awaited<ReturnType<typeof launch>>>({
    name,
    say,
    hint: `Its last words are in ${logFile}`,
    async start(first) {
      const launched = await launch();
      // At first all are started side by side and need each other; whoever starts them waits for all.
      if (first) await readyBefore(launched.exited, readyUrl);
      return launched;
    },
  });
};

export type KeptService = StartedAgain<unknown>;

/** Resolves when the service says that it is ready. Rejected where it ends before. */
const readyBefore = async (exited: Promise<string>, readyUrl: string): Promise<void> => {
  let ended: string | null = null;
  void exited.then((how) => {
    ended = how;
  });
  while (!(await isReady(readyUrl))) {
    if (ended !== null) throw new Error(`it ended (${ended})`);
    await pause(lookEvery);
  }
};

export const isReady = async (readyUrl: string): Promise<boolean> =>
  (await fetch(readyUrl, { signal: AbortSignal.timeout(longestAnswer) }).catch(() => null))?.ok ?? false;

const stop = async (child: ChildProcess, exited: Promise<string>): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), stopWithin);
  await exited;
  clearTimeout(timer);
};
