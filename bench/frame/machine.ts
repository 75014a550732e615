import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, release, totalmem, type } from "node:os";

/** The machine that a figure was measured on, and the state of the code, in one line each. */
export const machine = (): readonly string[] => [
  `${availableParallelism()} cores of ${cpus()[0]?.model.trim() ?? "an unknown kind"}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}, Node ${process.versions.node}`,
  `commit ${commit()}`,
];

const commit = (): string => {
  try {
    const git = (...args: string[]): string => execFileSync("git", args, { encoding: "utf8" }).trim();
    return `${git("rev-parse", "--short", "HEAD")}${git("status", "--porcelain", "--untracked-files=no") ? " with changes" : ""}`;
  } catch {
    return "unknown";
  }
};

/** Resident memory of a process of this machine, in MiB (1024² bytes), as Linux counts it. Throws where there is no such process. */
export const residentMiB = (pid: number): number => statusOf(pid, "VmRSS");

/** The most that it ever was, or since the mark was set back. */
export const highestMiB = (pid: number): number => statusOf(pid, "VmHWM");

/** Seconds of processor time that it has taken so far. Linux counts them in hundredths. */
export const processorSeconds = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // Behind the name, which may hold anything: state is the third field, user and system time the 14th and 15th.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

const statusOf = (pid: number, field: string): number => {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kib = new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(status)?.[1];
  if (kib === undefined) throw new Error(`The memory of process ${pid} cannot be read.`);
  return Number(kib) / 1024;
};
