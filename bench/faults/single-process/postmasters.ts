import { readdir, readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

/** The PostgreSQL servers of this machine that run on data in a folder: their process ids. */
export const postmastersOf = async (folder: string): Promise<readonly number[]> => {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => ({ pid, parent: await parentOf(pid), words: await wordsOf(pid) })),
  );
  const servers = found.filter(
    ({ words: [program = "", ...args] }) => program.endsWith("postgres") && args.some((arg) => arg.startsWith(folder)),
  );
  // A server's own child is called as it is until it has given itself a name.
  return servers.filter(({ parent }) => !servers.some(({ pid }) => pid === parent)).map(({ pid }) => Number(pid));
};

// A process may be gone by the time it is looked at.
const readOf = (pid: string, file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "");

const wordsOf = async (pid: string): Promise<readonly string[]> => (await readOf(pid, "cmdline")).split("\0");

const parentOf = async (pid: string): Promise<string> =>
  /^PPid:\s+(\d+)$/m.exec(await readOf(pid, "status"))?.[1] ?? "";

/** Waits until none is left, for at most so many milliseconds; answers who is. */
export const untilGone = async (folder: string, patience: number): Promise<readonly number[]> => {
  const until = performance.now() + patience;
  for (;;) {
    const left = await postmastersOf(folder);
    if (left.length === 0 || performance.now() > until) return left;
    await pause(50);
  }
};
