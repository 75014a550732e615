import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { access, chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { endLeftover, type IsOurs } from "./claimed-folder.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import type { PostgresHome } from "./postgres-home.ts";
import { commandLineOf } from "./process-identity.ts";

const run = promisify(execFile);

/** The superuser of every cluster made here. */
export const superuser = "headway";

/** The environment of PostgreSQL's programs: none of the caller's PG* settings, and messages in English. */
export const postgresEnv = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" });

/**
 * The cluster's password; the cluster is made first if there is none. It is made aside and renamed, so that a killed
 * first start leaves nothing half made.
 * @throws Error in one line when the password is lost, or initdb fails
 */
export const clusterPassword = async (
  home: PostgresHome,
  binaries: PostgresBinaries,
  durable: boolean,
): Promise<string> => {
  const made = await access(join(home.data, "PG_VERSION")).then(
    () => true,
    () => false,
  );
  if (!made) await makeCluster(home, binaries, durable);
  const password = await readFile(passwordFile(home.data), "utf8").catch(() => null);
  if (password === null)
    throw new Error(`${passwordFile(home.data)} is missing: put it back, or remove ${home.data} with all its data`);
  return password.trim();
};

const passwordFile = (data: string): string => join(data, "headway-password");

const makeCluster = async (home: PostgresHome, binaries: PostgresBinaries, durable: boolean): Promise<void> => {
  const aside = join(home.folder, "data.new");
  const secret = join(home.folder, "password.new");
  await rm(aside, { recursive: true, force: true });
  await rm(secret, { force: true });
  await mkdir(aside, { mode: 0o700 });
  await writeFile(secret, `${randomBytes(24).toString("hex")}\n`, { mode: 0o600 });
  if (home.user) for (const path of [aside, secret]) await chown(path, home.user.uid, home.user.gid);
  // The built-in C.UTF-8 sorts alike on every system, whatever its C library.
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const args = [
    `--pgdata=${aside}`,
    `--username=${superuser}`,
    `--pwfile=${secret}`,
    "--auth=scram-sha-256",
    ...locale,
  ];
  if (!durable) args.push("--no-sync");
  await run(binaries.initdb, args, {
    cwd: home.folder,
    env: postgresEnv(),
    ...(home.user && { uid: home.user.uid, gid: home.user.gid }),
  }).catch((error: Error & { stderr?: string }) => {
    throw new Error(`PostgreSQL's initdb failed in ${home.folder}: ${lastLine(error.stderr) ?? error.message}`);
  });
  await rename(secret, passwordFile(aside));
  await rename(aside, home.data);
};

/**
 * Clears what an earlier server left: a living postmaster of this very cluster is shut down, a `postmaster.pid` whose
 * pid another program has got is removed. One that names no living process is left to PostgreSQL, which also looks
 * for backends that still use the shared memory.
 */
export const clearLeftovers = async (data: string): Promise<void> => {
  const file = join(data, "postmaster.pid");
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return;
  const pid = Number(text.split("\n")[0]);
  const commandLine = Number.isInteger(pid) && pid > 0 ? await commandLineOf(pid) : "";
  if (commandLine === null) return;
  const ours = postmasterOf(data);
  if (ours(commandLine)) await endLeftover(pid, ours, "SIGINT");
  else await rm(file, { force: true });
};

/** The command line of this cluster's postmaster. */
export const postmasterOf =
  (data: string): IsOurs =>
  (commandLine) =>
    `${commandLine} `.includes(`postgres -D ${data} `);

const lastLine = (text: string | undefined): string | undefined => text?.trim().split("\n").at(-1);
