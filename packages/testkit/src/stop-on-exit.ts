import type { EventEmitter } from "node:events";

/** A server that must not outlive this process. */
export type Stoppable = {
  /** Ends in order; awaited on a signal. */
  stop(): Promise<void>;
  /** Asks the server to end without waiting: all that the `exit` event allows. */
  stopNow(): void;
};

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const mark = Symbol.for("headway.testkit.stop-on-exit");
const running = new Set<Stoppable>();
let ending = false;

/** Whether a signal is ending this process, which only waits for its servers. */
export const isEnding = (): boolean => ending;

/** Never fulfilled: for what must not go on, nor exit before the servers have ended. */
export const untilTheEnd = (): Promise<never> => new Promise(() => {});

/**
 * Stops the server when this process exits or gets SIGINT, SIGTERM or SIGHUP; the last one to start is stopped first.
 * Where the application handles the signal itself, only its exit counts: it may need its servers until then.
 * @returns forgets the server again
 */
export const stopOnExit = (server: Stoppable): (() => void) => {
  if (running.size === 0) watch();
  running.add(server);
  return () => {
    if (running.delete(server) && running.size === 0 && !ending) unwatch();
  };
};

const onExit = (): void => {
  for (const server of [...running].reverse()) server.stopNow();
};

const onSignal = Object.assign(
  async (signal: NodeJS.Signals): Promise<void> => {
    if (ending || handlers(signal).some((handler) => !(mark in handler))) return;
    ending = true;
    // Whatever needs a server that has gone would end this process before the others have.
    for (const event of ["unhandledRejection", "uncaughtException"]) process.on(event, () => {});
    for (let last = [...running].at(-1); last; last = [...running].at(-1)) {
      await last.stop().catch(() => {});
      running.delete(last);
    }
    unwatch();
    // Another copy of this module, as vitest may load, raises it after its own servers.
    if (handlers(signal).length === 0) process.kill(process.pid, signal);
  },
  { [mark]: true },
);

const handlers = (signal: NodeJS.Signals) => (process as EventEmitter).listeners(signal);

const watch = (): void => {
  process.on("exit", onExit);
  for (const signal of signals) process.on(signal, onSignal);
};

const unwatch = (): void => {
  process.removeListener("exit", onExit);
  for (const signal of signals) process.removeListener(signal, onSignal);
};
