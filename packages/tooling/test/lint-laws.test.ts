import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "headway-lint-"));
afterAll(() => rmSync(folder, { recursive: true }));

const functionOf = (lines: number): string =>
  `export const long = (): void => {\n${"  console.log(1);\n".repeat(lines)}};\n`;
const inTest = (line: string): string => `import { test } from "vitest";\n${line}\n`;

/** One breach of each law of the linter that is Headway's own choice. */
const planted: readonly [law: string, path: string, text: string][] = [
  ["noExcessiveLinesPerFunction", "services/a/src/model/long.ts", functionOf(61)],
  ["noExcessiveLinesPerFunction", "apps/console/src/day/long.tsx", functionOf(61)],
  ["noExplicitAny", "services/a/src/model/any.ts", "export const nameOf = (given: any): string => given.name;\n"],
  ["noDefaultExport", "services/a/src/model/default.ts", "export default 1;\n"],
  ["noNonNullAssertion", "services/a/src/model/sure.ts", "export const sure = (text: string | null) => text!;\n"],
  [
    "useNodejsImportProtocol",
    "services/a/src/main.ts",
    'import { join } from "path";\nexport const used = join("a");\n',
  ],
  ["noSkippedTests", "services/a/test/skipped.test.ts", inTest('test.skip("later", () => {});')],
  ["noFocusedTests", "services/a/test/focused.test.ts", inTest('test.only("alone", () => {});')],
];
const lawful: readonly [path: string, text: string][] = [
  ["services/a/src/model/short.ts", functionOf(58)],
  ["services/a/test/long.test.ts", functionOf(200)],
];

const found = ((): readonly string[] => {
  for (const file of ["biome.json", ".gitignore"]) cpSync(join(root, file), join(folder, file));
  for (const [path, text] of [...planted.map(([, path, text]) => [path, text] as const), ...lawful]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { stdout } = spawnSync(join(root, "node_modules/.bin/biome"), ["lint", "--reporter=github", "."], {
    cwd: folder,
    encoding: "utf8",
  });
  return stdout.split("\n");
})();

test.each(planted)("the law %s catches what was planted in %s", (law, path) => {
  expect(found.filter((line) => line.includes(`/${law},`) && line.includes(path))).toHaveLength(1);
});

test.each(lawful)("%s is let through", (path) => {
  expect(found.filter((line) => line.includes(path))).toEqual([]);
});
