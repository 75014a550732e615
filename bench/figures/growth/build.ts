import { migrate } from "@headway/postgres/migrate";
import { migrationsOf } from "@headway/service/host-service";
import type { Service } from "@headway/service/service";
import type { EmbeddedPostgres } from "@headway/testkit/embedded-postgres";
import pg from "pg";
import { withoutIndexes } from "./without-indexes.ts";

/** A service's database, migrated, filled, indexed and known to the planner. Answers its url. */
export const build = async (
  server: Pick<EmbeddedPostgres, "ensureDatabase">,
  service: Service,
  drivers: number,
  statements: readonly string[],
): Promise<string> => {
  const url = await server.ensureDatabase(`growth_${service.name}_${drivers}`);
  await migrate(url, migrationsOf(service));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("set synchronous_commit = off; set maintenance_work_mem = '512MB'");
    await withoutIndexes(client, async () => {
      for (const statement of statements) await client.query(statement);
    });
    await client.query("vacuum (analyze)");
  } finally {
    await client.end();
  }
  return url;
};
