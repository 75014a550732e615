import pg from "pg";

/** The url of one database of a server. */
export const databaseUrl = (serverUrl: string, database: string): string => {
  const url = new URL(serverUrl);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
};

/** A connection to the server's own database, for making and dropping others; closed when `work` ends. */
export const onServer = async <T>(serverUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: databaseUrl(serverUrl, "postgres") });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Whether the server has that database. */
export const hasDatabase = async (client: pg.Client, name: string): Promise<boolean> => {
  const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name]);
  return rowCount === 1;
};

/** Makes the database if missing, also when several ask at once, and returns its whole url. */
export const ensureDatabase = async (serverUrl: string, name: string): Promise<string> => {
  await onServer(serverUrl, async (client) => {
    if (await hasDatabase(client, name)) return;
    await client.query(`create database ${pg.escapeIdentifier(name)}`).catch((error: Error & { code?: string }) => {
      // duplicate_database, or unique_violation in its catalogue when both were within the command.
      if (error.code !== "42P04" && error.code !== "23505") throw error;
    });
  });
  return databaseUrl(serverUrl, name);
};
