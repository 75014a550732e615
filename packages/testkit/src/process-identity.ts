import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * What tells one process from a later one with the same pid: the boot and the moment it started.
 * Null when no such process lives (a zombie counts as gone).
 */
export const identityOf = async (pid: number): Promise<string | null> =>
  process.platform === "linux" ? await fromProc(pid) : await fromPs(pid);

/** The command line of a process, its arguments joined by spaces; null when it is gone or not ours to see. */
export const commandLineOf = async (pid: number): Promise<string | null> => {
  if (process.platform !== "linux") return await ps(pid, "command=");
  const text = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return text === "" ? null : text.split("\0").join(" ").trim();
};

const fromProc = async (pid: number): Promise<string | null> => {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (stat === null) return null;
  // proc(5): the name in brackets may hold spaces; state is field 3, the start in ticks since boot field 22.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X") return null;
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
  return `${boot.trim()}:${fields[19]}`;
};

const fromPs = async (pid: number): Promise<string | null> => await ps(pid, "lstart=");

const ps = async (pid: number, column: string): Promise<string | null> => {
  const { stdout } = await run("ps", ["-o", column, "-p", String(pid)]).catch(() => ({ stdout: "" }));
  return stdout.trim() === "" ? null : stdout.trim();
};
