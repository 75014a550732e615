import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServers } from "@headway/testkit/servers";
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

/** A folder for as long as `work` lasts. */
export const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), "headway-faults-"));
  // As root, PostgreSQL runs as another user, who has to pass through.
  await chmod(folder, 0o711);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
