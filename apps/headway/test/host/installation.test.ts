import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openInstallation } from "../../src/host/installation.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "headway-installation-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("secrets are made once, and kept", async () => {
  const { secrets } = await openInstallation(folder, false);
  expect(secrets.HEADWAY_PEPPER).toHaveLength(64);
  await rm(join(folder, "running.json"));
  expect((await openInstallation(folder, false)).secrets).toEqual(secrets);
});

test("fresh begins from nothing, and touches nothing that is not Headway's", async () => {
  const { secrets } = await openInstallation(folder, false);
  await rm(join(folder, "running.json"));
  expect((await openInstallation(folder, true)).secrets).not.toEqual(secrets);
  await rm(join(folder, "running.json"));
  await writeFile(join(folder, "thesis.txt"), "years of work");
  await expect(openInstallation(folder, true)).rejects.toThrow(/thesis.txt.*removes nothing/);
  expect(await readdir(folder)).toEqual(expect.arrayContaining(["thesis.txt", "inward-secret"]));
});

test("a folder in which a Headway lives is left alone, also by fresh", async () => {
  await openInstallation(folder, false);
  const before = await readdir(folder);
  await expect(openInstallation(folder, true)).rejects.toThrow(/in use by process \d+.*HEADWAY_DATA/);
  expect(await readdir(folder)).toEqual(before);
});

test("a file is no folder", async () => {
  await writeFile(join(folder, "file"), "");
  await expect(openInstallation(join(folder, "file"), false)).rejects.toThrow(/is a file, not a folder/);
});

test("what is kept takes the place of what was there in one step", async () => {
  const { keep, kept } = await openInstallation(folder, false);
  await keep("demo-lived-until", "2026-11-21T04:05:00Z");
  await keep("demo-lived-until", "2026-11-21T04:06:00Z");
  expect(await kept("demo-lived-until")).toBe("2026-11-21T04:06:00Z");
  expect((await readdir(folder)).filter((name) => name.endsWith(".new"))).toEqual([]);
  // Left by whoever was killed in between.
  await writeFile(join(folder, "demo-lived-until.new"), "");
  await rm(join(folder, "running.json"));
  expect(await (await openInstallation(folder, true)).kept("demo-lived-until")).toBeNull();
});
