import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Load } from "./closed-loop.ts";

/** What the process with the scheduling service is to do, on a database that is filled and that nobody else uses. */
export type Asked = {
  readonly databaseUrl: string;
  readonly drivers: number;
  readonly duties: number;
  readonly work:
    | { readonly kind: "watch" }
    | { readonly kind: "rate"; readonly load: Load; readonly warmUpSeconds: number };
};

/** One assignment, watched at the database. */
export type WatchedCommand = {
  readonly kind: "watched";
  /** The same as a pgbench script. */
  readonly script: string;
  readonly statements: number;
  readonly roundTrips: number;
};

export type Told =
  | WatchedCommand
  | { readonly kind: "rate"; readonly perSecond: number }
  | { readonly kind: "failed"; readonly why: string };

export type InsideProcess = {
  readonly watch: (database: Omit<Asked, "work">) => Promise<WatchedCommand>;
  /** Assignments a second. */
  readonly rate: (database: Omit<Asked, "work">, load: Load) => Promise<number>;
  readonly stop: () => Promise<void>;
};

/** Long enough for the compiler to have seen the path. */
const warmUpSeconds = 1;

export const startInside = (): InsideProcess => {
  const child = fork(fileURLToPath(new URL("inside-process.ts", import.meta.url)));
  const ask = async (asked: Asked): Promise<Told> => {
    const answered = new AbortController();
    const { signal } = answered;
    const answer = Promise.race([
      once(child, "message", { signal }).then(([told]) => told as Told),
      once(child, "exit", { signal }).then(() => ended),
    ]);
    child.send(asked);
    const told = await answer.finally(() => answered.abort());
    if (told.kind === "failed") throw new Error(`The scheduling service failed: ${told.why}`);
    return told;
  };
  return {
    async watch(database) {
      const told = await ask({ ...database, work: { kind: "watch" } });
      if (told.kind !== "watched") throw new Error("The process answered something else.");
      return told;
    },
    async rate(database, load) {
      const told = await ask({ ...database, work: { kind: "rate", load, warmUpSeconds } });
      if (told.kind !== "rate") throw new Error("The process answered something else.");
      return told.perSecond;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
    },
  };
};

const ended: Told = { kind: "failed", why: "its process has ended" };
