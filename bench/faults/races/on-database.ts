import pg from "pg";

/** One question to one database of a server, on a connection of its own. */
export const onDatabase = async (
  serverUrl: string,
  database: string,
  sql: string,
  values: readonly unknown[],
): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: `${serverUrl}/${database}` });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
};
