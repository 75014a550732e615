import { execFile } from "node:child_process";
import { access, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** How a service's connections are set: the peer's are the same. */
const options =
  "-c random_page_cost=1.1 -c timezone=UTC -c plan_cache_mode=force_custom_plan -c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000";

export type PgbenchRun = {
  readonly databaseUrl: string;
  /** Where the script may be written. */
  readonly folder: string;
  readonly script: string;
  readonly clients: number;
  /** Either so many seconds, or so many transactions of each client. */
  readonly until: { readonly seconds: number } | { readonly transactions: number };
};

/** Transactions a second of a pgbench script. Throws with its last words where a client had to give up. */
export const pgbench = async ({ databaseUrl, folder, script, clients, until }: PgbenchRun): Promise<number> => {
  const file = join(folder, "assign.pgbench");
  await writeFile(file, script);
  const command = await findPgbench();
  const { stdout } = await run(
    command,
    [
      "--no-vacuum",
      "--protocol=prepared",
      `--client=${clients}`,
      `--jobs=${Math.min(clients, 2)}`,
      "seconds" in until ? `--time=${until.seconds}` : `--transactions=${until.transactions}`,
      `--file=${file}`,
      `--define=step=${clients}`,
      "--define=i=0",
      databaseUrl,
    ],
    { env: { ...process.env, PGOPTIONS: options } },
  ).catch((error: Error & { stderr?: string }) => {
    throw new Error(`pgbench gave up: ${error.stderr?.trim().split("\n").slice(-3).join(" ") || error.message}`);
  });
  const found = /^tps = ([\d.]+)/m.exec(stdout)?.[1];
  if (found === undefined) throw new Error(`pgbench told no rate: ${stdout}`);
  return Number(found);
};

/** The newest of Debian's, or the one on the path. Throws in one line with the remedy where there is none. */
export const findPgbench = async (): Promise<string> => {
  const versions = await readdir("/usr/lib/postgresql").catch(() => []);
  const places = versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => `/usr/lib/postgresql/${version}/bin`);
  for (const folder of [...places, ...(process.env.PATH ?? "").split(":")]) {
    const file = join(folder, "pgbench");
    if (
      await access(file).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  throw new Error(
    "pgbench is not installed: add PostgreSQL's programs (Debian: apt-get install postgresql-contrib postgresql).",
  );
};
