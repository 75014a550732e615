import { type ChildProcess, spawn } from "node:child_process";
import { Socket } from "node:net";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Claim } from "./claimed-folder.ts";
import { stopOnExit } from "./stop-on-exit.ts";
import { tiedToParent } from "./tied-to-parent.ts";

/** How a server is started and stopped. Times are in milliseconds. */
export type ServerLaunch = {
  /** For messages: "PostgreSQL". */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  /** The line of output that says: I take connections. */
  readonly ready: RegExp;
  readonly readyWithin: number;
  readonly stopSignal: NodeJS.Signals;
  /** Sent when the server has not ended within `stopWithin`. */
  readonly forceSignal: NodeJS.Signals;
  readonly stopWithin: number;
  readonly log?: ((line: string) => void) | undefined;
  /** The claim on its folder: told the pid at once, released when a server that was ready has ended. */
  readonly claim: Claim;
};

/** A server that runs as a child of this process. */
export type ServerProcess = {
  readonly pid: number;
  /** Fulfilled when the process is gone, with how it ended. */
  readonly exited: Promise<string>;
  /** Ends it in order. May be called more than once. */
  stop(): Promise<void>;
  /** Ends it with SIGKILL, as a crash would. */
  kill(): Promise<void>;
};

/** A server ended, or said nothing useful, before it was ready; `output` holds its last lines. */
export class StartFailure extends Error {
  readonly output: string;
  constructor(message: string, output: string) {
    super(message);
    this.output = output;
  }
}

/**
 * Starts a server and waits until it says that it is ready. It dies with this process, and does not keep it alive.
 * @throws StartFailure when it ends before, or is not ready in time
 */
export const launchServer = async (launch: ServerLaunch): Promise<ServerProcess> => {
  const { command, args } = await tiedToParent(launch.command, launch.args, launch.stopSignal);
  const child = spawn(command, args, {
    cwd: launch.cwd,
    env: launch.env,
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own: Ctrl-C reaches this process alone, which then stops things in order.
    detached: true,
    ...(launch.user && { uid: launch.user.uid, gid: launch.user.gid }),
  });
  const exited = new Promise<string>((resolve) =>
    child.once("close", (code, signal) => resolve(signal ?? `exit code ${code}`)),
  );
  const server = stoppable(child, exited, launch);
  child.prependOnceListener("close", stopOnExit(server));
  try {
    const ready = untilReady(child, launch);
    await Promise.all([ready, child.pid === undefined ? undefined : launch.claim.note(child.pid)]);
  } catch (error) {
    await server.kill();
    throw error;
  }
  child.prependOnceListener("close", launch.claim.release);
  letGo(child);
  return server;
};

const stoppable = (child: ChildProcess, exited: Promise<string>, launch: ServerLaunch) => {
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.ref();
    child.kill(signal);
    const force = setTimeout(() => child.kill(launch.forceSignal), launch.stopWithin);
    await exited;
    clearTimeout(force);
  };
  return {
    pid: child.pid ?? -1,
    exited,
    stop: async () => await end(launch.stopSignal),
    kill: async () => await end("SIGKILL"),
    stopNow: () => void child.kill(launch.stopSignal),
  };
};

const untilReady = async (child: ChildProcess, launch: ServerLaunch): Promise<void> => {
  const tail: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer);
      const output = tail.join("\n");
      reject(new StartFailure(`${launch.name} ${why}: ${telling(tail)}`, output));
    };
    const timer = setTimeout(() => fail(`was not ready within ${launch.readyWithin} ms`), launch.readyWithin);
    child.once("error", (error) => fail(`could not be started (${error.message})`));
    child.once("close", (code, signal) => fail(`ended while starting (${signal ?? `exit code ${code}`})`));
    const onLine = (line: string): void => {
      launch.log?.(line);
      tail.push(line);
      if (tail.length > 40) tail.shift();
      if (!launch.ready.test(line)) return;
      clearTimeout(timer);
      resolve();
    };
    for (const stream of outputs(child)) createInterface({ input: stream }).on("line", onLine);
  });
};

const telling = (tail: readonly string[]): string =>
  tail.findLast((line) => /FATAL|PANIC|Exception|ERROR|error/.test(line)) ?? tail.at(-1) ?? "it printed nothing";

const letGo = (child: ChildProcess): void => {
  child.unref();
  for (const stream of outputs(child)) if (stream instanceof Socket) stream.unref();
};

const outputs = (child: ChildProcess): Readable[] => [child.stdout, child.stderr].filter((stream) => stream !== null);
