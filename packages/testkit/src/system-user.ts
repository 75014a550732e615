import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** An account that a server runs as. */
export type SystemUser = { readonly name: string; readonly uid: number; readonly gid: number };

/** True when this process may become another user. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/** The user with that name or uid, null when the system has none. */
export const findUser = async (wanted: string | number): Promise<SystemUser | null> => {
  const passwd = await readFile("/etc/passwd", "utf8").catch(() => "");
  for (const line of passwd.split("\n")) {
    const [name, , uid, gid] = line.split(":");
    if (name === undefined || uid === undefined || gid === undefined) continue;
    if (wanted === name || wanted === Number(uid)) return { name, uid: Number(uid), gid: Number(gid) };
  }
  return null;
};

/**
 * The user `postgres`, made as a system account when there is none: PostgreSQL refuses to run as root.
 * @throws Error in one line when it cannot be made
 */
export const postgresUser = async (): Promise<SystemUser> => {
  const there = await findUser("postgres");
  if (there) return there;
  process.stderr.write("PostgreSQL does not run as root: making the system account postgres\n");
  await run("useradd", [
    "--system",
    "--user-group",
    "--home-dir",
    "/nonexistent",
    "--shell",
    "/bin/false",
    "postgres",
  ]).catch(() => undefined);
  const made = await findUser("postgres");
  if (!made) throw new Error("PostgreSQL does not run as root: make a user named postgres, or run as an ordinary user");
  return made;
};

/** Whether the user may enter that folder, all its parents included. Asked of the kernel, by a process of that user. */
export const mayEnter = async (user: SystemUser, folder: string): Promise<boolean> =>
  await run("/bin/sh", ["-c", 'cd -- "$0"', folder], { uid: user.uid, gid: user.gid, cwd: "/" }).then(
    () => true,
    () => false,
  );
