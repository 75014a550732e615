import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { ensureTool } from "../src/missing.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const withPath = async (path: string): Promise<void> => {
  vi.stubEnv("PATH", path);
  onTestFinished(() => void vi.unstubAllEnvs());
};

test("a tool on the path is named with its path", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "mvn"), "");
  await chmod(join(folder, "mvn"), 0o755);
  await withPath(`/nonexistent:${folder}`);

  expect(await ensureTool("mvn")).toBe(join(folder, "mvn"));
});

test("a missing tool without apt-get is told in one line with the remedy", async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "bin"));
  await withPath(join(folder, "bin"));

  await expect(ensureTool("java")).rejects.toThrow(
    /^java is missing: (sudo apt-get install openjdk|brew install)[^\n]*$/,
  );
});
