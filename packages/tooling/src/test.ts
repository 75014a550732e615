import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureTool } from "@headway/testkit/missing";

/** `npm test`: installs the servers that are missing, runs all tests, and closes with a line `N passed, N failed`. */
const folder = mkdtempSync(join(tmpdir(), "headway-results-"));
const results = join(folder, "results.json");
await ensureTool("chromium");
const { status } = spawnSync(
  process.execPath,
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${results}`,
    ...process.argv.slice(2),
  ],
  { stdio: ["ignore", "inherit", "inherit"] },
);
const { numPassedTests, numFailedTests, numFailedTestSuites, numTotalTests } = JSON.parse(
  readFileSync(results, "utf8"),
);
rmSync(folder, { recursive: true });
// A file that does not load has no tests of its own, and is a failure all the same.
const failed = Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0);
process.stdout.write(`\n${numPassedTests} passed, ${failed} failed\n`);
process.exit(status === 0 && numTotalTests > 0 && failed === 0 ? 0 : 1);
