import { setTimeout as pause } from "node:timers/promises";
import { startPostgres } from "@headway/testkit/embedded-postgres";

/** How PostgreSQL goes: in order, by its own emergency stop, or by SIGKILL; behind the last two it replays its log. */
export const endings = ["SIGINT", "SIGQUIT", "SIGKILL"] as const;

export type MortalPostgres = {
  readonly url: string;
  /** Ends it and starts it again on the same data and port, at once or after so many milliseconds. Resolves when clients are served. */
  readonly restart: (ending: (typeof endings)[number], awayMs?: number) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** A PostgreSQL that flushes what it acknowledges, as it does where Headway is in use. */
export const mortalPostgres = async (folder: string): Promise<MortalPostgres> => {
  const first = await startPostgres({ folder });
  const port = Number(new URL(first.url).port);
  let server = first;
  return {
    url: first.url,
    async restart(ending, awayMs = 0) {
      process.kill(server.pid, ending);
      await server.exited;
      await pause(awayMs);
      server = await startPostgres({ folder, port });
      if (server.url !== first.url) throw new Error("PostgreSQL's port was taken by another program meanwhile.");
    },
    stop: () => server.stop(),
  };
};
