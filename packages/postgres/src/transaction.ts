import { setImmediate as nextTurn } from "node:timers/promises";
import type { Tx } from "@headway/kernel/tx";
import type pg from "pg";
import { isBehindFailure } from "./failure.ts";
import { traced } from "./traced.ts";

export type Row = Record<string, unknown>;

type Open = { readonly client: pg.PoolClient; readonly afterCommit: (() => void)[] };

// The one place that knows what stands behind a Tx; an entry goes when its transaction ends.
const open = new Map<Tx, Open>();

/** For packages/postgres only: makes the Tx of a connection on which a transaction begins. */
export const begun = (client: pg.PoolClient): Tx => {
  const tx = Object.freeze(Object.create(null)) as Tx;
  open.set(tx, { client, afterCommit: [] });
  return tx;
};

/** For packages/postgres only: the Tx is dead from here on. Answers what waits for its commit. */
export const ended = (tx: Tx): readonly (() => void)[] => {
  const { afterCommit } = openOf(tx);
  open.delete(tx);
  return afterCommit;
};

const openOf = (tx: Tx): Open => {
  const found = open.get(tx);
  if (!found) throw new Error("This transaction has ended: a write was not awaited, or its Tx was kept.");
  return found;
};

// By statement, for the life of the process: a service's statements are few, and their texts are constants.
const names = new Map<string, string>();

/** A connection parses a statement once and is told its name from then on. One without values may be several in one text, which cannot be prepared. */
const prepared = (text: string, values: readonly unknown[]): pg.QueryConfig => {
  if (values.length === 0) return { text };
  const name = names.get(text) ?? `headway-${names.size}`;
  names.set(text, name);
  return { name, text, values: [...values] };
};

const asked = async <R extends Row>(
  client: pg.PoolClient,
  sql: string,
  values: readonly unknown[],
): Promise<pg.QueryResult<R>> => {
  try {
    return await traced(sql, () => client.query<R>(prepared(sql, values)));
  } catch (error) {
    // It was asked together with one that has failed: whoever waits for all must hear of that first, in the words of its caller.
    if (isBehindFailure(error)) await nextTurn();
    throw error;
  }
};

/** For packages/postgres only: one statement on a connection, in a span of its own; answers its rows. */
export const rowsWith = async <R extends Row>(
  client: pg.PoolClient,
  sql: string,
  values: readonly unknown[] = [],
): Promise<R[]> => {
  const { rows } = await asked<R>(client, sql, values);
  return rows;
};

/**
 * Runs one statement in the transaction; answers its rows.
 * Statements that do not need each other's answers may be asked at once, by `Promise.all`: they go out in one round trip, and
 * are carried out in the order in which they were asked, each seeing what the ones before it have done and waited for.
 */
export const rows = <R extends Row>(tx: Tx, sql: string, values?: readonly unknown[]): Promise<R[]> =>
  rowsWith<R>(openOf(tx).client, sql, values);

/**
 * In the from-clause of a statement: its transaction does not wait for the disk. A crash of the server takes back what it has
 * done in the last moments, so it is for what may be done again, or lost.
 */
export const notWaitingForDisk = "(select set_config('synchronous_commit', 'off', true)) as not_waiting";

/** Runs one statement in the transaction; answers how many rows it touched. */
export const execute = async (tx: Tx, sql: string, values: readonly unknown[] = []): Promise<number> => {
  const { rowCount } = await asked(openOf(tx).client, sql, values);
  return rowCount ?? 0;
};

/** Runs `act` once the transaction has committed and its connection is free again; never when it is rolled back. */
export const afterCommit = (tx: Tx, act: () => void): void => {
  openOf(tx).afterCommit.push(act);
};
