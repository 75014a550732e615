import { setTimeout as pause } from "node:timers/promises";
import { databaseUrl } from "@headway/testkit/databases";
import pg from "pg";
import type { ServiceName } from "../../audit/databases.ts";

/** A change of a table that a step of a saga makes, just before its transaction can commit. */
export type Boundary = {
  readonly service: ServiceName;
  readonly table: string;
  readonly change: "insert" | "update" | "delete";
  /** Which rows, in terms of `old` and `new`. */
  readonly when: string;
  /** So many of these rows go by before: the boundary lies in the middle of many. */
  readonly past?: number;
};

/** Transactions that come to the boundary wait there. */
export type Hold = {
  /** Answers whether one waits, after so many milliseconds at most. */
  readonly reached: (patience: number) => Promise<boolean>;
  /** Lets go: who waits goes on, or finds that nobody is there any more. */
  readonly letGo: () => Promise<void>;
};

const lock = 4711;

/** Plants a trigger that waits for a lock, and takes the lock. */
export const holdAt = async (postgresUrl: string, boundary: Boundary): Promise<Hold> => {
  const { service, table, change, when, past = 0 } = boundary;
  const client = await connected(postgresUrl, service);
  await client.query("select pg_advisory_lock($1)", [lock]);
  await client.query(`
    create sequence if not exists held_rows;
    create or replace function held() returns trigger language plpgsql as $$
    begin
      if nextval('held_rows') > ${past} then perform pg_advisory_xact_lock(${lock}); end if;
      return coalesce(new, old);
    end $$;
    create or replace trigger held before ${change} on ${table} for each row when (${when}) execute function held()`);
  return {
    async reached(patience) {
      for (const until = performance.now() + patience; performance.now() < until; await pause(20)) {
        const { rowCount } = await client.query(
          "select from pg_locks where locktype = 'advisory' and objid = $1 and not granted and database = (select oid from pg_database where datname = current_database())",
          [lock],
        );
        if (rowCount) return true;
      }
      return false;
    },
    // Where PostgreSQL went with the process, so did the lock.
    letGo: () => client.end().catch(() => {}),
  };
};

/** PostgreSQL's `lock_not_available`. */
const tooLong = "55P03";

/** Takes the trigger away again. Never waits long for its table: the relay, in the middle of a batch, would wait behind it. */
export const clear = async (postgresUrl: string, { service }: Boundary): Promise<void> => {
  const client = await connected(postgresUrl, service);
  await client.query("set lock_timeout = '100ms'");
  const drop = "drop function if exists held cascade; drop sequence if exists held_rows";
  const isDropped = (): Promise<boolean> =>
    client.query(drop).then(
      () => true,
      (error) => {
        if (error.code !== tooLong) throw error;
        return false;
      },
    );
  while (!(await isDropped())) await pause(50);
  await client.end();
};

/** From now on, no such row can be written: whoever tries fails, and tries again. */
export const holdBack = async (
  postgresUrl: string,
  { service, table }: Pick<Boundary, "service" | "table">,
  when: string,
): Promise<void> => {
  const client = await connected(postgresUrl, service);
  await client.query(`
    create or replace function held_back() returns trigger language plpgsql as $$
    begin
      raise exception 'Held back by a campaign of faults.';
    end $$;
    create or replace trigger held_back before insert on ${table} for each row when (${when}) execute function held_back()`);
  await client.end();
};

const connected = async (postgresUrl: string, service: ServiceName): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: databaseUrl(postgresUrl, `headway_${service}`) });
  client.on("error", () => {});
  await client.connect();
  return client;
};
