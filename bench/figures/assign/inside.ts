import { forked } from "../forked.ts";
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

export type Told = WatchedCommand | { readonly kind: "rate"; readonly perSecond: number };

export type InsideProcess = {
  readonly watch: (database: Omit<Asked, "work">) => Promise<WatchedCommand>;
  /** Assignments a second. */
  readonly rate: (database: Omit<Asked, "work">, load: Load) => Promise<number>;
  readonly stop: () => Promise<void>;
};

/** Long enough for the compiler to have seen the path. */
const warmUpSeconds = 1;

export const startInside = (): InsideProcess => {
  const { ask, end } = forked<Asked, Told>(new URL("inside-process.ts", import.meta.url));
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
    stop: end,
  };
};
