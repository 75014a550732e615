import { startServers } from "@headway/testkit/servers";
import { inFolder } from "../../frame/in-folder.ts";
import type { LedgerServers } from "./ledger-run.ts";

/** Starts PostgreSQL and Kafka for as long as `work` lasts. */
export const onServers = <T>(work: (servers: LedgerServers) => Promise<T>): Promise<T> =>
  inFolder(async (folder) => {
    const servers = await startServers({ postgres: true, kafka: true, folder, durable: false });
    try {
      return await work(servers);
    } finally {
      await servers.discard();
    }
  });
