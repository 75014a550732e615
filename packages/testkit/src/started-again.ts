import { setTimeout as pause } from "node:timers/promises";

/** A server that may end by itself. */
export type Ending = {
  /** Where clients find it: a url, or host:port. */
  readonly address: string;
  /** Fulfilled when the process is gone, with how it ended. */
  readonly exited: Promise<string>;
  stop(): Promise<void>;
};

/** How often a server is started again that ends again and again: after so many seconds each time. */
const pauses = [0, 1, 2, 4, 8, 15, 30];
/** Milliseconds after which a server is trusted again. */
const livesWell = 60_000;

export type KeptServer<Server> = {
  readonly name: string;
  /** Gets the first one, null at first. */
  readonly start: (first: Server | null) => Promise<Server>;
  readonly say: (line: string) => void;
  /** What else may be said when it has ended. */
  readonly hint?: string;
};

/** The server that runs now, or ran last; `stop` ends it for good. */
export type StartedAgain<Server> = { readonly current: () => Server; stop(): Promise<void> };

/**
 * A server that is started again whenever it ends by itself, on the same data and at the same address, so that its clients
 * find it by themselves. What happens is said in a line each.
 */
export const startedAgain = async <Server extends Ending>({
  name,
  start,
  say,
  hint,
}: KeptServer<Server>): Promise<StartedAgain<Server>> => {
  const stopping = new AbortController();
  const first = await start(null);
  let server = first;
  let failures = 0;

  const startOnce = async (): Promise<void> => {
    server = await start(first);
    if (server.address === first.address) return;
    await server.stop();
    throw new Error("its port is taken by another program");
  };

  const nextPause = (): number => pauses[Math.min(failures, pauses.length - 1)] ?? 0;

  const untilItRuns = async (): Promise<void> => {
    for (;;) {
      await pause(nextPause() * 1000, undefined, { signal: stopping.signal, ref: false });
      failures += 1;
      try {
        return await startOnce();
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        say(`${name} could not be started again (${why}); the next try is in ${nextPause()} s.`);
      }
    }
  };

  const watch = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const began = performance.now();
      const how = await server.exited;
      if (stopping.signal.aborted) return;
      const ended = performance.now();
      if (ended - began > livesWell) failures = 0;
      say(`${name} ended (${how}); it is started again.${hint ? ` ${hint}` : ""}`);
      await untilItRuns();
      say(`${name} runs again, after ${((performance.now() - ended) / 1000).toFixed(1)} s.`);
    }
  };

  const watching = watch().catch(() => {});
  return {
    current: () => server,
    async stop() {
      stopping.abort();
      await server.stop();
      // A start under way is waited for, and what came of it is stopped too.
      await watching;
      await server.stop();
    },
  };
};
