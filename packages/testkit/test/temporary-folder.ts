import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder that goes with the test, and that other accounts may pass through. */
export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "headway-testkit-"));
  await chmod(folder, 0o711);
  onTestFinished(async () => await rm(folder, { recursive: true, force: true }));
  return folder;
};
