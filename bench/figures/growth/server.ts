import { onServer } from "@headway/testkit/databases";
import { type EmbeddedPostgres, startPostgres } from "@headway/testkit/embedded-postgres";

/** A durable PostgreSQL that writes nothing twice which it can build in one go, as a restore would have it. */
export const startForBuilding = async (folder: string): Promise<EmbeddedPostgres> => {
  const first = await startPostgres({ folder });
  try {
    await onServer(first.url, async (client) => {
      await client.query("alter system set wal_level = minimal");
      await client.query("alter system set max_wal_senders = 0");
    });
  } finally {
    await first.stop();
  }
  return startPostgres({ folder });
};
