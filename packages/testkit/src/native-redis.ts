import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { claimFolder } from "./claimed-folder.ts";
import { onFreePort } from "./free-port.ts";
import { ensureTool } from "./missing.ts";
import { launchServer, type ServerProcess } from "./server-process.ts";

export type RedisOptions = {
  /** Made if missing; the append-only file in it survives. */
  readonly folder: string;
  /** Taken if free; otherwise, or when not given, any free one. */
  readonly port?: number | undefined;
  /** Default: a random one. Give the old one, and the old port, when clients should find it again. */
  readonly password?: string | undefined;
  /** Gets Redis' log line by line. */
  readonly log?: ((line: string) => void) | undefined;
  /** False, for tests: the append-only file is never flushed. Default true: once a second. */
  readonly durable?: boolean | undefined;
};

/** A running Redis. */
export type NativeRedis = {
  /** `redis://:password@127.0.0.1:port` */
  readonly url: string;
  readonly pid: number;
  /** Fulfilled when the process is gone, with how it ended. */
  readonly exited: Promise<string>;
  /** Shuts down in order, with all data written. */
  stop(): Promise<void>;
  /** Ends it with SIGKILL, as a crash would. */
  kill(): Promise<void>;
};

/**
 * Starts `redis-server` from the path on the data in a folder. It listens on the loopback only, with a random password.
 * @throws Error in one line with the remedy: Redis missing, folder in use by a living process
 */
export const startRedis = async (options: RedisOptions): Promise<NativeRedis> => {
  const command = await ensureTool("redis-server");
  const folder = resolve(options.folder);
  await mkdir(folder, { recursive: true });
  const claim = await claimFolder(folder, (line) => /(^|\/| )redis-server /.test(line), "SIGTERM");
  const password = options.password ?? randomBytes(24).toString("hex");
  const launch = async (port: number): Promise<ServerProcess> => {
    const file = join(folder, "redis.conf");
    await writeFile(file, settings(folder, port, password, options.durable ?? true), { mode: 0o600 });
    return await launchServer({
      name: `Redis in ${folder}`,
      command,
      args: [file],
      cwd: folder,
      env: { ...process.env, LC_ALL: "C" },
      ready: /Ready to accept connections/,
      readyWithin: 30_000,
      stopSignal: "SIGTERM",
      forceSignal: "SIGKILL",
      stopWithin: 10_000,
      log: options.log,
      claim,
    });
  };
  try {
    const { server, port } = await onFreePort(options.port, async (port) => ({ server: await launch(port), port }));
    return { ...server, url: `redis://:${password}@127.0.0.1:${port}` };
  } catch (error) {
    claim.release();
    throw error;
  }
};

/** The password goes by a file that only we may read: a command line is open to all. */
const settings = (folder: string, port: number, password: string, durable: boolean): string =>
  [
    `port ${port}`,
    "bind 127.0.0.1",
    `requirepass ${password}`,
    `dir "${folder}"`,
    "appendonly yes",
    `appendfsync ${durable ? "everysec" : "no"}`,
    'save ""',
    "daemonize no",
    'logfile ""',
    "",
  ].join("\n");
