import { fileURLToPath } from "node:url";
import { runner } from "node-pg-migrate";
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
      await runner({
        dbClient: client,
        dir: fileURLToPath(folder),
        migrationsTable: `migrations_of_${name}`,
        direction: "up",
        advisoryLockMode: "wait",
        log: () => {},
      });
    }
  } finally {
    await client.end();
  }
};
