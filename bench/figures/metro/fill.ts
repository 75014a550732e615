import pg from "pg";

/** Runs the statements one after the other on one connection, and gathers the statistics that a filled database has. */
export const fill = async (databaseUrl: string, statements: readonly string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const statement of [...statements, "vacuum (analyze)"]) await client.query(statement);
  } finally {
    await client.end();
  }
};
