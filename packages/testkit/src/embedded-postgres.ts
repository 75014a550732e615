import { setTimeout as pause } from "node:timers/promises";
import { type Claim, claimFolder } from "./claimed-folder.ts";
import { ensureDatabase } from "./databases.ts";
import { onFreePort } from "./free-port.ts";
import { type PostgresBinaries, postgresBinaries } from "./postgres-binaries.ts";
import { clearLeftovers, clusterPassword, postgresEnv, postmasterOf, superuser } from "./postgres-cluster.ts";
import { type PostgresHome, postgresHome } from "./postgres-home.ts";
import { launchServer, type ServerProcess, StartFailure } from "./server-process.ts";

export type PostgresOptions = {
  /** Made if missing; the data in it survive. */
  readonly folder: string;
  /** Taken if free; otherwise, or when not given, any free one. */
  readonly port?: number | undefined;
  /** Gets PostgreSQL's log line by line. */
  readonly log?: ((line: string) => void) | undefined;
  /** False, for tests: nothing is flushed to disk, and a crash of the machine may cost the data. Default true. */
  readonly durable?: boolean | undefined;
};

/** A running PostgreSQL 18. */
export type EmbeddedPostgres = {
  /** `postgres://user:password@127.0.0.1:port`, without a database. */
  readonly url: string;
  readonly pid: number;
  /** Fulfilled when the process is gone, with how it ended. */
  readonly exited: Promise<string>;
  /** Where the data are: `<folder>/data`, or its stand-in when root's folder is closed to user postgres. */
  readonly dataFolder: string;
  /** Makes the database if missing, and returns its whole url. */
  ensureDatabase(name: string): Promise<string>;
  /** Shuts down fast: transactions under way are rolled back. */
  stop(): Promise<void>;
};

/**
 * Starts PostgreSQL 18 from npm on the data in a folder. It listens on the loopback only, with a random password.
 * A server that a killed process left on the same data is shut down first.
 * @throws Error in one line with the remedy: folder not writable, in use by a living process, data of another version
 */
export const startPostgres = async (options: PostgresOptions): Promise<EmbeddedPostgres> => {
  const home = await postgresHome(options.folder);
  const binaries = await postgresBinaries(home.user);
  const claim = await claimFolder(home.folder, postmasterOf(home.data), "SIGINT");
  try {
    await clearLeftovers(home.data);
    const password = await clusterPassword(home, binaries, options.durable ?? true);
    const { server, port } = await onFreePort(options.port, async (port) => ({
      server: await launch(home, binaries, claim, port, options),
      port,
    }));
    const url = `postgres://${superuser}:${password}@127.0.0.1:${port}`;
    return {
      url,
      pid: server.pid,
      exited: server.exited,
      dataFolder: home.data,
      ensureDatabase: async (name) => await ensureDatabase(url, name),
      stop: server.stop,
    };
  } catch (error) {
    claim.release();
    throw error;
  }
};

const launch = async (
  home: PostgresHome,
  binaries: PostgresBinaries,
  claim: Claim,
  port: number,
  options: PostgresOptions,
): Promise<ServerProcess> => {
  const patience = Date.now() + 10_000;
  for (;;) {
    try {
      return await launchServer({
        name: `PostgreSQL in ${home.data}`,
        command: binaries.postgres,
        args: ["-D", home.data, "-p", String(port), ...settings(options.durable ?? true).flatMap((one) => ["-c", one])],
        cwd: home.folder,
        env: postgresEnv(),
        user: home.user ?? undefined,
        ready: /database system is ready to accept connections/,
        // After a crash it replays its log first.
        readyWithin: 60_000,
        stopSignal: "SIGINT",
        forceSignal: "SIGQUIT",
        stopWithin: 15_000,
        log: options.log,
        claim,
      });
    } catch (error) {
      // Backends of a killed postmaster notice its death within moments, and only then free their memory.
      const dying = error instanceof StartFailure && /pre-existing shared memory block/.test(error.output);
      if (!dying || Date.now() > patience) throw error;
      await pause(100);
    }
  }
};

const settings = (durable: boolean): string[] => [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "max_connections=300",
  "shared_buffers=256MB",
  "timezone=UTC",
  "log_timezone=UTC",
  ...(durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
];
