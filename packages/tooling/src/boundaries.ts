import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { plantedViolations } from "./planted-violations.ts";

type Violation = { readonly rule: { readonly name: string }; readonly from: string; readonly to: string };

/** Holds the tree against the import laws, and the laws against planted violations: a law that catches nothing is broken itself. */
export const checkBoundaries = (root: string): boolean => {
  const found = cruise(root, ["packages", "services", "apps/headway", "bench"]);
  for (const { rule, from, to } of found.violations) process.stdout.write(`${rule.name}: ${from} imports ${to}\n`);
  if (found.modules < 100) process.stdout.write(`only ${found.modules} modules were read: the cruiser is blind\n`);
  const missed = missedPlants(root);
  for (const name of missed) process.stdout.write(`the law ${name} did not catch its planted violation\n`);
  return found.violations.length === 0 && found.modules >= 100 && missed.length === 0;
};

const missedPlants = (root: string): string[] => {
  const folder = mkdtempSync(join(tmpdir(), "headway-plants-"));
  try {
    for (const file of [".dependency-cruiser.cjs", "tsconfig.json", "tsconfig.base.json", "package.json"])
      cpSync(join(root, file), join(folder, file));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    for (const { path, text } of plantedViolations.flatMap(({ files }) => files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { violations } = cruise(folder, ["packages", "services", "bench"]);
    const isCaught = ({ law, files }: (typeof plantedViolations)[number]): boolean =>
      violations.some(({ rule, from }) => rule.name === law && files.some(({ path }) => path === from));
    return plantedViolations.filter((plant) => !isCaught(plant)).map(({ law }) => law);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const cruise = (
  root: string,
  places: readonly string[],
): { readonly violations: readonly Violation[]; readonly modules: number } => {
  const { stdout, stderr } = spawnSync(
    join(root, "node_modules/.bin/depcruise"),
    ["--config", ".dependency-cruiser.cjs", "--output-type", "json", ...places],
    {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
    },
  );
  if (!stdout.startsWith("{")) throw new Error(`dependency-cruiser failed: ${stderr}`);
  const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[]; totalCruised: number } };
  return { violations: summary.violations, modules: summary.totalCruised };
};
