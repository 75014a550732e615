import { rmSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopOnExit } from "@headway/testkit/stop-on-exit";

/** A folder for as long as `work` lasts; it is gone afterwards, also where the work throws or is interrupted. */
export const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), "headway-bench-"));
  // Servers in it may still be ending: they write a last time.
  const gone = { recursive: true, force: true, maxRetries: 10, retryDelay: 200 };
  let going: Promise<void> | undefined;
  const remove = (): Promise<void> => {
    going ??= rm(folder, gone);
    return going;
  };
  const forget = stopOnExit({ stop: remove, stopNow: () => rmSync(folder, gone) });
  try {
    // As root, PostgreSQL runs as another user, who has to pass through.
    await chmod(folder, 0o711);
    return await work(folder);
  } finally {
    // What cannot be removed yet is tried again at the exit: it must not stand for what was found out.
    await remove().then(forget, () => {});
  }
};
