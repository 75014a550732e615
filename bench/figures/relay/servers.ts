import { join } from "node:path";
import { type Database, openDatabase } from "@headway/postgres/database";
import { migrate } from "@headway/postgres/migrate";
import { migrationsOf } from "@headway/service/host-service";
import { startPostgres } from "@headway/testkit/embedded-postgres";
import { startKafka } from "@headway/testkit/native-kafka";
import { inFolder } from "../../frame/in-folder.ts";

export type EventServers = {
  readonly brokers: readonly string[];
  /** The whole url of a new database with the platform's tables. */
  readonly databaseFor: (name: string) => Promise<string>;
};

/** Lends a durable PostgreSQL that can decode its log, as the peer needs it, and a Kafka; both are gone afterwards. */
export const withEventServers = <T>(work: (servers: EventServers) => Promise<T>): Promise<T> =>
  inFolder(async (folder) => {
    const [postgres, kafka] = await Promise.all([
      decodingPostgres(join(folder, "postgres")),
      startKafka({ folder: join(folder, "kafka") }),
    ]);
    try {
      return await work({
        brokers: kafka.brokers,
        async databaseFor(name) {
          const url = await postgres.ensureDatabase(name);
          await migrate(url, migrationsOf({ name, migrations: null }));
          return url;
        },
      });
    } finally {
      await Promise.all([postgres.stop(), kafka.stop()]);
    }
  });

const decodingPostgres = async (folder: string): ReturnType<typeof startPostgres> => {
  const first = await startPostgres({ folder });
  const db = openDatabase({ url: await first.ensureDatabase("settings"), name: "settings", most: 1 });
  await db.rows("alter system set wal_level = logical");
  await db.close();
  await first.stop();
  return startPostgres({ folder });
};

/** Opens a database for the time of some work. */
export const withDatabase = async <T>(url: string, work: (db: Database) => Promise<T>): Promise<T> => {
  const db = openDatabase({ url, name: "figures", most: 8 });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
};
