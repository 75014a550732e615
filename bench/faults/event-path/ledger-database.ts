import { randomBytes } from "node:crypto";
import { migrate } from "@headway/postgres/migrate";
import { migrationsOf } from "@headway/service/host-service";
import { ensureDatabase, onServer } from "@headway/testkit/databases";
import pg from "pg";
import { accounts, ledgerTables } from "./ledger.ts";

export type LedgerDatabase = { readonly url: string; readonly drop: () => Promise<void> };

/** A new database with the event path's tables and the ledger's. */
export const makeLedgerDatabase = async (postgresUrl: string): Promise<LedgerDatabase> => {
  const name = `ledger_${randomBytes(6).toString("hex")}`;
  const url = await ensureDatabase(postgresUrl, name);
  await migrate(url, migrationsOf({ name: "ledger", migrations: null }));
  await asking(url, async (client) => {
    await client.query(ledgerTables);
    await client.query("insert into account (id, version, sum) select id, 0, 0 from unnest($1::text[]) as id", [
      accounts,
    ]);
  });
  const drop = (): Promise<void> =>
    onServer(postgresUrl, async (client) => void (await client.query(`drop database if exists ${name} with (force)`)));
  return { url, drop };
};

/** A connection from outside, for as long as `work` lasts. Its statements may fail, the process does not. */
export const asking = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url, application_name: "checker" });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
};
