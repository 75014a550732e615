import type { Databases } from "../../audit/databases.ts";
import type { Boundary } from "./hold.ts";
import type { Installation } from "./installation.ts";

/** How far a saga has come, seen from the outside. */
export type Ending = "completed" | "compensated" | "both" | "under way";

/** One saga that is about to begin. */
export type Telling = {
  /** Gives the order, and gives it again until there is an answer. True where it was acknowledged. */
  readonly order: () => Promise<boolean>;
  readonly ending: (db: Databases) => Promise<Ending>;
};

/** A kind of saga: its step boundaries, and how one is begun. */
export type Story = {
  readonly name: string;
  readonly boundaries: readonly Boundary[];
  /** Everything up to the order. `place` tells the tellings of one installation apart. */
  readonly begin: (installation: Installation, place: number) => Promise<Telling>;
};

/** Null where the query has no row. */
export const oneRow = async <R extends object>(rows: Promise<R[]>): Promise<R | null> => (await rows)[0] ?? null;
