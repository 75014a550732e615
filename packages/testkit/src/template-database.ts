import { randomBytes } from "node:crypto";
import pg from "pg";
import { databaseUrl, hasDatabase, onServer } from "./databases.ts";

/** A database of one test file. */
type ClonedDatabase = {
  readonly url: string;
  /** Drops it, and ends what is still connected. */
  drop(): Promise<void>;
};

/** A migrated database of one service, from which test files take copies. */
type TemplateDatabase = { clone(): Promise<ClonedDatabase> };

export type TemplateDatabases = {
  /**
   * The template of a service. `migrate` gets the url of an empty database at the first `clone` of a run; the other
   * workers of the run wait for it and share the result.
   */
  template(service: string, migrate: (url: string) => Promise<void>): TemplateDatabase;
};

/**
 * The template databases on a server. `run` keeps runs that share a server apart; vitest-servers.ts sets it.
 * @param postgresUrl a superuser's url, or one of a role that may create databases; without a database
 */
export const templateDatabases = (
  postgresUrl: string,
  run = process.env.HEADWAY_TEST_RUN ?? "local",
): TemplateDatabases => ({
  template: (service, migrate) => {
    const name = `${runPrefix(run)}${service}`;
    let made: Promise<void> | undefined;
    return {
      clone: async () => {
        made ??= makeTemplate(postgresUrl, name, migrate);
        await made;
        return await cloneOf(postgresUrl, name);
      },
    };
  },
});

/** Drops every database that a run made. */
export const dropRun = async (postgresUrl: string, run: string): Promise<void> => {
  await onServer(postgresUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      "select datname from pg_database where starts_with(datname, $1)",
      [runPrefix(run)],
    );
    for (const { datname } of rows)
      await client.query(`drop database if exists ${pg.escapeIdentifier(datname)} with (force)`);
  });
};

const runPrefix = (run: string): string => `test_${run}_`;

/** Migrated under another name and then renamed: what has the name is whole. The lock lets one worker do it. */
const makeTemplate = async (
  serverUrl: string,
  name: string,
  migrate: (url: string) => Promise<void>,
): Promise<void> => {
  await onServer(serverUrl, async (client) => {
    await client.query("select pg_advisory_lock(hashtextextended($1, 0))", [name]);
    if (await hasDatabase(client, name)) return;
    const raw = `${name}_raw`;
    await client.query(`drop database if exists ${pg.escapeIdentifier(raw)} with (force)`);
    await client.query(`create database ${pg.escapeIdentifier(raw)}`);
    await migrate(databaseUrl(serverUrl, raw));
    await untilLeft(client, raw);
    // A copy can only be taken of a database that nobody uses.
    await client.query(`alter database ${pg.escapeIdentifier(raw)} with allow_connections false`);
    await endConnections(client, raw);
    await client.query(`alter database ${pg.escapeIdentifier(raw)} rename to ${pg.escapeIdentifier(name)}`);
  });
};

/** A pool that was ended closes its sockets a little later: who is thrown out before that reports an error to nobody. */
const untilLeft = async (client: pg.Client, database: string): Promise<void> => {
  for (let tries = 0; tries < 100; tries++) {
    const { rows } = await client.query("select 1 from pg_stat_activity where datname = $1", [database]);
    if (rows.length === 0) return;
    await client.query("select pg_sleep(0.02)");
  }
};

const endConnections = async (client: pg.Client, database: string): Promise<void> => {
  await client.query("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1", [database]);
};

const cloneOf = async (serverUrl: string, template: string): Promise<ClonedDatabase> => {
  const name = `${template}_${randomBytes(5).toString("hex")}`;
  const database = pg.escapeIdentifier(name);
  await onServer(serverUrl, async (client) => {
    await client.query(`create database ${database} template ${pg.escapeIdentifier(template)}`);
  });
  return {
    url: databaseUrl(serverUrl, name),
    drop: async () => {
      await onServer(serverUrl, async (client) => {
        await untilLeft(client, name);
        await client.query(`drop database if exists ${database} with (force)`);
      });
    },
  };
};
