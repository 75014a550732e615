import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { unavailable } from "@headway/kernel/domain-error";
import type { Tx } from "@headway/kernel/tx";
import pg from "pg";
import { asUnavailable, isConnectionFailure, isWorthRetrying } from "./failure.ts";
import { oneWriteSocket } from "./one-write.ts";
import { begun, ended, type Row, rowsWith } from "./transaction.ts";

export type Database = {
  /**
   * Runs `work` in one transaction, commits, then runs what `afterCommit` collected.
   * A deadlock or serialisation failure runs `work` anew, at most 5 times: it must have no other effects than through its Tx.
   * Inside it no other connection can be had, neither by `rows` nor by another `inTx`, but through `beside`.
   * Refused with `database.unavailable`, or `database.busy` where 5 times were not enough.
   */
  readonly inTx: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** One statement outside any transaction of a command. Refused with `database.unavailable`. */
  readonly rows: <R extends Row>(sql: string, values?: readonly unknown[]) => Promise<R[]>;
  /** How many connections are there, idle, and waited for. */
  readonly pool: () => { readonly total: number; readonly idle: number; readonly waiting: number };
  readonly close: () => Promise<void>;
};

export type DatabaseSettings = {
  readonly url: string;
  /** Seen in pg_stat_activity. */
  readonly name: string;
  /** The most connections at once. */
  readonly most: number;
  /** How long a transaction may wait between two statements before the server ends it. */
  readonly idleInTransactionMs?: number;
  /** How long a statement may wait for a lock; for ever where it is not said. */
  readonly lockWaitMs?: number;
};

pg.types.setTypeParser(pg.types.builtins.INT8, Number);
for (const asText of [pg.types.builtins.DATE, pg.types.builtins.TIMESTAMPTZ])
  pg.types.setTypeParser(asText, (text) => text);

const mostTries = 5;

// Whose transaction the work at hand stands in. Only a guard: no statement finds its transaction by it.
const standsIn = new AsyncLocalStorage<pg.Pool>();

/**
 * Runs `work` as though it stood outside the transaction: for who holds one open as a lock, and takes others to show the
 * progress. It costs a connection more, so only few may do it at once.
 */
export const beside = <T>(work: () => T): T => standsIn.exit(work);

/** True in the work of an `inTx`, of whatever database: nobody should wait there for anything but this transaction. */
export const isInTransaction = (): boolean => standsIn.getStore() !== undefined;

/** Opens a pool; dates and instants come back as text, bigint as number. */
export const openDatabase = ({
  url,
  name,
  most,
  idleInTransactionMs = 60_000,
  lockWaitMs = 0,
}: DatabaseSettings): Database => {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: `headway-${name}`,
    max: most,
    // What is asked at once goes out at once, and is carried out in its order.
    pipeline: true,
    stream: oneWriteSocket,
    connectionTimeoutMillis: 10_000,
    // Planned anew for its values each time: a plan for any values is a bad one for a filter that may be null.
    // Reading here and there costs little more than in a row, since disks no longer turn.
    options: `-c random_page_cost=1.1 -c timezone=UTC -c plan_cache_mode=force_custom_plan -c statement_timeout=60000 -c idle_in_transaction_session_timeout=${idleInTransactionMs} -c lock_timeout=${lockWaitMs}`,
  });
  // An idle connection that breaks is replaced by the pool; the next caller hears of a server that is gone.
  pool.on("error", () => {});

  // A connection that breaks while it is checked out fails its next statement; unheard, the error would end the process.
  const connect = async (): Promise<pg.PoolClient> => {
    // With a full pool each would hold one connection and wait for another.
    if (standsIn.getStore() === pool)
      throw new Error(`A second connection to ${name}'s database was asked for inside a transaction: hand on its Tx.`);
    const client = await pool.connect().catch(asUnavailable);
    if (client.listenerCount("error") === 0) client.on("error", () => {});
    return client;
  };

  return {
    async inTx(work) {
      const { result, afterCommit } = await untilDone(async () =>
        runOnce(await connect(), (tx) => standsIn.run(pool, () => work(tx))),
      );
      for (const act of afterCommit) act();
      return result;
    },
    async rows(sql, values) {
      const client = await connect();
      try {
        return await rowsWith(client, sql, values);
      } catch (error) {
        if (isConnectionFailure(error)) return asUnavailable(error);
        throw error;
      } finally {
        client.release();
      }
    },
    pool: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  };
};

type Done<T> = { readonly result: T; readonly afterCommit: readonly (() => void)[] };

const runOnce = async <T>(client: pg.PoolClient, work: (tx: Tx) => Promise<T>): Promise<Done<T>> => {
  const tx = begun(client);
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const result = await work(tx);
    await commit(client);
    return { result, afterCommit: ended(tx) };
  } catch (error) {
    ended(tx);
    await client.query("rollback").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
};

const untilDone = async <T>(work: () => Promise<Done<T>>): Promise<Done<T>> => {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (isConnectionFailure(error)) return asUnavailable(error);
      if (!isWorthRetrying(error)) throw error;
      if (tries === mostTries) throw busy(error);
      await pause(Math.random() * 10 * 2 ** tries);
    }
  }
};

// Where a statement has failed, PostgreSQL answers "commit" with ROLLBACK and no error: work that passed over the failure would pass for done.
const commit = async (client: pg.PoolClient): Promise<void> => {
  const { command } = await client.query("commit");
  if (command !== "COMMIT") throw new Error("A statement had failed, so the transaction was rolled back.");
};

const busy = (cause: unknown): Error =>
  unavailable("database.busy", "Too many change the same thing at once. Try again soon.", { retryAfter: 1, cause });
