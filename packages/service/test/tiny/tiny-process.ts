import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { givenServers } from "@headway/testkit/given-servers";
import { secret } from "./given-tiny.ts";

export type TinyProcess = {
  /** Where it serves its operations. */
  readonly port: number;
  /** Its log so far. */
  readonly lines: readonly Record<string, unknown>[];
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
};

const main = fileURLToPath(new URL("./main.ts", import.meta.url));

/** What the process of a service needs to know; it takes any ports. */
export const tinyEnvironment = (name: string, databaseUrl: string): Record<string, string> => ({
  TINY_NAME: name,
  HEADWAY_DATABASE_URL: databaseUrl,
  HEADWAY_KAFKA_BROKERS: givenServers().brokers.join(","),
  HEADWAY_REDIS_URL: givenServers().redisUrl,
  HEADWAY_INWARD_SECRET: secret,
  HEADWAY_SERVICES: "hr=http://127.0.0.1:7000",
  HEADWAY_RPC_PORT: "0",
  HEADWAY_OPS_PORT: "0",
  NODE_NO_WARNINGS: "1",
});

/** Starts the tiny service as a process of its own. Answers all that it said and its exit code. */
export const runToItsEnd = async (environment: Record<string, string>): Promise<{ code: unknown; said: string }> => {
  const child = start(environment);
  let said = "";
  for (const output of [child.stdout, child.stderr]) output?.on("data", (chunk) => (said += String(chunk)));
  return { code: await endOf(child), said };
};

/** The same, resolved once it is ready. */
export const startTinyProcess = async (environment: Record<string, string>): Promise<TinyProcess> => {
  const child = start(environment);
  const lines: Record<string, unknown>[] = [];
  const ready = Promise.withResolvers<number>();
  let complaint = "";
  child.stderr?.on("data", (chunk) => (complaint += String(chunk)));
  if (child.stdout)
    createInterface(child.stdout).on("line", (text) => {
      const line = JSON.parse(text) as Record<string, unknown>;
      lines.push(line);
      if (line.event === "service.started") ready.resolve(Number(line.rpc));
    });
  const ended = endOf(child);
  ended.then((how) =>
    ready.reject(new Error(`it ended (${how}) before it was ready: ${complaint}${JSON.stringify(lines)}`)),
  );
  return { port: await ready.promise, lines, signal: (signal) => void child.kill(signal), ended };
};

const start = (environment: Record<string, string>): ChildProcess => {
  const child = spawn(process.execPath, [main], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  process.once("exit", () => child.kill("SIGKILL"));
  return child;
};

const endOf = (child: ChildProcess): Promise<number | string> =>
  new Promise((resolve) => child.once("close", (code, signal) => resolve(code ?? signal ?? "unknown")));
