import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { checkAsyncApi } from "./asyncapi.ts";
import { checkBoundaries } from "./boundaries.ts";
import { checkNamedPaths } from "./named-paths.ts";
import { checkSizes } from "./sizes.ts";

/** `npm run check`: everything that can be said about the code without running it. Stops at nothing, so that all findings are seen at once. */
const bin = (name: string): string => `node_modules/.bin/${name}`;
const main =
  spawnSync("git", ["rev-parse", "--verify", "--quiet", "origin/main"]).status === 0 ? "origin/main" : "main";

const checks: readonly { readonly name: string; readonly run: () => boolean }[] = [
  {
    name: "format and lint",
    run: () => runs(bin("biome"), ["ci", "--colors=off", "--diagnostic-level=warn", "--error-on-warnings", "."]),
  },
  { name: "types", run: () => runs(bin("tsc"), ["-p", "tsconfig.json"]) },
  {
    name: "types of the console",
    run: () => runs(bin("tsc"), ["-p", "apps/console"]) && runs(bin("tsc"), ["-p", "apps/console/test"]),
  },
  { name: "file sizes", run: () => checkSizes(process.cwd()) },
  { name: "paths in documents", run: () => checkNamedPaths(process.cwd()) },
  { name: "import laws", run: () => checkBoundaries(process.cwd()) },
  {
    name: "protobuf lint",
    run: () => runs(bin("buf"), ["lint"]) && runs(bin("buf"), ["format", "--diff", "--exit-code"]),
  },
  { name: "protobuf breaking", run: () => runs(bin("buf"), ["breaking", "--against", `.git#ref=${main}`]) },
  {
    name: "OpenAPI and AsyncAPI lint",
    run: () => runs(bin("redocly"), ["lint", ...globSync("openapi/*.yaml").sort()]),
  },
  { name: "AsyncAPI is current", run: () => checkAsyncApi(process.cwd()) },
  {
    name: "migrations",
    run: () =>
      runs(bin("squawk"), ["--config", ".squawk.toml", ...globSync("{services,packages}/*/migrations/*.sql").sort()]),
  },
  { name: "unused code", run: () => runs(bin("knip"), ["--no-progress"]) },
];

const runs = (program: string, args: readonly string[]): boolean => {
  const { status, stdout, stderr } = spawnSync(program, [...args], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) process.stdout.write(`${stdout}${stderr}\n`);
  return status === 0;
};

const failed = checks.filter(({ name, run }) => {
  const began = performance.now();
  const holds = run();
  process.stdout.write(
    `${holds ? "ok    " : "FAILED"} ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)\n`,
  );
  return !holds;
});
process.exit(failed.length === 0 ? 0 : 1);
