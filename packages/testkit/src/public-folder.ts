import { chmod, lstat, mkdir } from "node:fs/promises";
import { join } from "node:path";

const candidates = ["/var/lib/headway", "/var/tmp/headway", "/tmp/headway"];

/**
 * Root's folder that every user may enter, for what a server under another account must reach. In a folder that
 * everybody may write, like /tmp, only one that is root's own and closed to others is taken.
 */
export const publicFolder = async (): Promise<string> => {
  for (const folder of candidates) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o755 });
      const found = await lstat(folder);
      if (!found.isDirectory() || found.uid !== 0 || (found.mode & 0o022) !== 0) continue;
      await chmod(folder, 0o755);
      return folder;
    } catch {
      // Not writable here, for example in a read-only container: the next one.
    }
  }
  throw new Error(`root can write to none of ${candidates.join(", ")}: run as an ordinary user`);
};

/** A folder of that name in the public folder, which the servers' accounts may enter but not list. */
export const publicFolderNamed = async (name: string): Promise<string> => {
  const folder = join(await publicFolder(), name);
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o711);
  return folder;
};
