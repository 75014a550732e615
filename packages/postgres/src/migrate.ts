import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pg from "pg";

/**
 * Brings a service's database to its newest form, one runner at a time.
 * `folders` are applied in order, each with a table of its own that remembers what is done.
 */
export const migrate = async (
  url: string,
  folders: readonly { readonly name: string; readonly folder: URL }[],
): Promise<void> => {
  const client = new pg.Client({ connectionString: url, application_name: "headway-migrations" });
  client.on("error", () => {});
  await client.connect();
  // A step that waits for a lock holds up everybody behind it: rather fail, and be run again.
  await client.query("set lock_timeout = '30s'");
  try {
    for (const { name, folder } of folders) {
      const table = `migrations_of_${name}`;
      if (await isDone(client, table, folder)) continue;
      // Loaded where there is something to do alone: it costs a process that lives on some megabytes.
      const { runner } = await import("node-pg-migrate");
      await runner({
        dbClient: client,
        dir: fileURLToPath(folder),
        migrationsTable: table,
        direction: "up",
        advisoryLockMode: "wait",
        log: () => {},
      });
    }
  } finally {
    await client.end();
  }
};

/** Whether the table remembers exactly the folder's steps. */
const isDone = async (client: pg.Client, table: string, folder: URL): Promise<boolean> => {
  const { rows: known } = await client.query("select from pg_tables where tablename = $1", [table]);
  if (known.length === 0) return false;
  const { rows: done } = await client.query<{ name: string }>(`select name from ${table} order by name`);
  const steps = readdirSync(folder).filter((file) => file.endsWith(".sql"));
  return done.map(({ name }) => `${name}.sql`).join() === steps.sort().join();
};
