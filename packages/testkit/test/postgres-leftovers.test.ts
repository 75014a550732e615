import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startPostgres } from "../src/embedded-postgres.ts";
import { eventually } from "../src/eventually.ts";
import { identityOf } from "../src/process-identity.ts";
import { killed, postgresProcess } from "./postgres-process.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const lives = async (pid: number): Promise<boolean> => (await identityOf(pid)) !== null;
const withoutSetpriv = { HOME: process.env.HOME, PATH: "/nonexistent" };

/** A folder with a cluster that is not running. */
const madeFolder = async (): Promise<string> => {
  const folder = await temporaryFolder();
  await (await startPostgres({ folder, durable: false })).stop();
  return folder;
};

/** A process that has nothing to do with PostgreSQL. */
const stranger = async (): Promise<number> => {
  const child = spawn("sleep", ["60"]);
  await once(child, "spawn");
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return child.pid ?? -1;
};

test("a server left by a killed process is shut down, and a new one takes its data", async () => {
  const folder = await temporaryFolder();
  const { child, report } = await postgresProcess(folder, "hang", withoutSetpriv);
  await killed(child);
  expect(await lives(report.pid)).toBe(true);

  const server = await startPostgres({ folder });
  onTestFinished(server.stop);

  expect(await lives(report.pid)).toBe(false);
  expect(server.pid).not.toBe(report.pid);
});

test("it is found by postmaster.pid alone, too", async () => {
  const folder = await temporaryFolder();
  const { child, report } = await postgresProcess(folder, "hang", withoutSetpriv);
  await killed(child);
  await writeFile(join(folder, "running.json"), "not written to the end");

  const server = await startPostgres({ folder });
  onTestFinished(server.stop);

  expect(await lives(report.pid)).toBe(false);
});

test.runIf(process.platform === "linux")("on Linux the server ends with its killed process", async () => {
  const { child, report } = await postgresProcess(await temporaryFolder(), "hang");
  await killed(child);

  await eventually(async () => expect(await lives(report.pid)).toBe(false));
});

test.for(["SIGTERM", "SIGINT", "SIGHUP"] as const)("%s to the process stops the server first", async (signal) => {
  const { child, report } = await postgresProcess(await madeFolder(), "hang", withoutSetpriv);
  const ended = once(child, "exit");
  child.kill(signal);

  expect(await ended).toEqual([null, signal]);
  expect(await lives(report.pid)).toBe(false);
});

test("a process that simply ends takes the server along", async () => {
  const { report } = await postgresProcess(await madeFolder(), "leave", withoutSetpriv);

  await eventually(async () => expect(await lives(report.pid)).toBe(false));
});

test.for([
  ["of a process that is gone", async (): Promise<number> => 4_194_300],
  ["that another program has got", stranger],
] as const)("a postmaster.pid %s does not hinder, and nothing is killed for it", async ([, pidOf]) => {
  const folder = await madeFolder();
  const pid = await pidOf();
  const livedBefore = await lives(pid);
  await writeFile(
    join(folder, "data", "postmaster.pid"),
    `${pid}\n${join(folder, "data")}\n1700000000\n5432\n\n127.0.0.1\n`,
  );

  const server = await startPostgres({ folder, durable: false });
  onTestFinished(server.stop);

  expect(await lives(pid)).toBe(livedBefore);
  expect(await readFile(join(folder, "data", "postmaster.pid"), "utf8")).toMatch(new RegExp(`^${server.pid}\n`));
});
