import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { access, chmod, lstat, mkdir, readFile, readlink, rm, stat, symlink, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { publicFolder, publicFolderNamed } from "./public-folder.ts";
import { findUser, isRoot, mayEnter, postgresUser, type SystemUser } from "./system-user.ts";

/** Where a cluster lives, and the account that it runs as (null: our own). */
export type PostgresHome = {
  /** Holds the cluster in `data` and the claim. The asked folder, or its stand-in in the public folder. */
  readonly folder: string;
  readonly data: string;
  readonly user: SystemUser | null;
};

/**
 * Settles where the cluster of `folder` lives. An ordinary user's is in the folder itself. Root's runs as user postgres
 * (or as the owner of the data found), and where that user cannot enter the folder, it lives in the public folder, under
 * a name derived from the path; `data` in the folder is then a link to it.
 * @throws Error in one line, with the remedy, when the folder or the data cannot be used
 */
export const postgresHome = async (asked: string): Promise<PostgresHome> => {
  const folder = resolve(asked);
  await makeWritable(folder);
  const data = join(folder, "data");
  const found = await lstat(data).catch(() => null);
  if (!isRoot()) {
    if (found && found.uid !== process.getuid?.()) throw new Error(await foreign(data, found.uid));
    return { folder, data, user: null };
  }
  const user = await accountFor(data);
  if (await mayEnter(user, folder)) return { folder, data, user };
  if (found?.isDirectory()) {
    throw new Error(
      `user ${user.name}, which PostgreSQL runs as, cannot enter ${folder}: chmod o+x its parent folders, or move it back`,
    );
  }
  const standIn = (await linked(folder, data)) ?? (await standInFor(folder));
  await rm(data, { force: true });
  await symlink(join(standIn, "data"), data);
  return { folder: standIn, data: join(standIn, "data"), user: await accountFor(join(standIn, "data")) };
};

const makeWritable = async (folder: string): Promise<void> => {
  try {
    const first = await mkdir(folder, { recursive: true });
    // A strict umask must not lock the account of the server out of what we have just made.
    if (first && isRoot()) for (let at = folder; at.startsWith(first); at = dirname(at)) await chmod(at, 0o711);
    await access(folder, constants.W_OK | constants.X_OK);
  } catch {
    const me = userInfo().username;
    throw new Error(
      `${folder} cannot be written by ${me}: give it away with \`sudo chown -R ${me} ${folder}\`, or take another folder`,
    );
  }
};

const accountFor = async (data: string): Promise<SystemUser> => {
  const found = await stat(data).catch(() => null);
  if (!found || found.uid === 0) return await postgresUser();
  return (await findUser(found.uid)) ?? { name: String(found.uid), uid: found.uid, gid: found.gid };
};

/** The stand-in that `data` links to. A copy of a folder that still exists gets one of its own. */
const linked = async (folder: string, data: string): Promise<string | null> => {
  const target = await readlink(data).catch(() => null);
  if (target === null || !resolve(folder, target).startsWith(`${await publicFolder()}/`)) return null;
  const standIn = dirname(resolve(folder, target));
  const owner = await readFile(join(standIn, "folder"), "utf8").catch(() => null);
  if (owner === null) return null;
  const isCopy =
    owner !== folder &&
    (await access(owner).then(
      () => true,
      () => false,
    ));
  if (isCopy) return null;
  await writeFile(join(standIn, "folder"), folder);
  return standIn;
};

/** The stand-in named after the path; another one when that went along with a folder that was moved away from there. */
const standInFor = async (folder: string): Promise<string> => {
  const hash = createHash("sha256").update(folder).digest("hex").slice(0, 12);
  for (let suffix = ""; ; suffix += "x") {
    const standIn = await publicFolderNamed(`${basename(folder)}-${hash}${suffix}`);
    const owner = await readFile(join(standIn, "folder"), "utf8").catch(() => null);
    if (owner !== null && owner !== folder) continue;
    await writeFile(join(standIn, "folder"), folder);
    return standIn;
  }
};

const foreign = async (data: string, uid: number): Promise<string> => {
  const owner = (await findUser(uid))?.name ?? String(uid);
  const me = userInfo().username;
  return `${data} belongs to ${owner}, not to ${me}: run as that user, or give it away with \`sudo chown -R ${me} ${data}\``;
};
