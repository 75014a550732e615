// The one door to everything, for a machine that has only Node 20 or newer and npm:
// installs, builds what is stale, then runs the command on the Node that the workspace brings along.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL(".", import.meta.url));
const [command = "start", ...args] = process.argv.slice(2);
const node = `${root}node_modules/.bin/node`;
const installed = `${root}node_modules/.headway-installed`;
const built = `${root}node_modules/.headway-built`;

const fail = (line) => {
  process.stderr.write(`${line}\n`);
  process.exit(1);
};

const run = (program, programArgs) => {
  const { status, error } = spawnSync(program, programArgs, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    // Turborepo looks for pnpm on the path.
    env: {
      ...process.env,
      PATH: `${root}node_modules/.bin:${process.env.PATH}`,
      TURBO_TELEMETRY_DISABLED: "1",
      DO_NOT_TRACK: "1",
    },
  });
  if (error || status !== 0)
    fail(
      `headway: "${[program, ...programArgs].join(" ")}" failed${error ? `: ${error.message}` : ""}. Its messages are above; npm's registry must be reachable for the first start.`,
    );
};

const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 20)
  fail(
    `headway: this is Node ${process.versions.node}; Node 20 or newer is needed. Install it from https://nodejs.org and try again.`,
  );

const stampOf = (path) => (existsSync(path) ? readFileSync(path, "utf8") : "");
/** When the newest file of some files and folders was written. */
const newest = (places) =>
  Math.max(
    ...places.flatMap((place) => {
      const path = `${root}${place}`;
      if (!statSync(path).isDirectory()) return [statSync(path).mtimeMs];
      return readdirSync(path, { recursive: true }).map((name) => statSync(`${path}/${name}`).mtimeMs);
    }),
  );

const lock = readFileSync(`${root}pnpm-lock.yaml`, "utf8");
if (!existsSync(node) || stampOf(installed) !== lock) {
  process.stderr.write("headway: installing (once, about a minute)\n");
  run("npx", [
    "--yes",
    "pnpm@12",
    "install",
    "--frozen-lockfile",
    "--pm-on-fail=ignore",
    "--reporter=append-only",
    "--loglevel=error",
  ]);
  writeFileSync(installed, lock);
}

const sources = [
  "proto",
  "openapi",
  "buf.gen.yaml",
  "packages/contracts/generate.mjs",
  "packages/kernel/src",
  "apps/console/src",
  "apps/console/index.html",
  "apps/console/package.json",
];
const stamp = String(newest(sources));
const outputs = [
  "packages/contracts/gen/headway",
  "packages/contracts/gen/openapi/dispatcher.json",
  "apps/console/dist/index.html",
];
if (outputs.some((path) => !existsSync(`${root}${path}`)) || stampOf(built) !== stamp) {
  process.stderr.write("headway: building\n");
  run(node, [
    `${root}node_modules/.bin/../turbo/bin/turbo`,
    "run",
    "build",
    "--output-logs=errors-only",
    "--log-order=grouped",
  ]);
  writeFileSync(built, stamp);
}

const scripts = {
  test: "packages/tooling/src/test.ts",
  check: "packages/tooling/src/check.ts",
  bench: "bench/run-figures.ts",
  faults: "bench/run-faults.ts",
  audit: "bench/audit/main.ts",
};
const entry = scripts[command] ? [scripts[command], ...args] : ["apps/headway/src/main.ts", command, ...args];
// Why a process is frugal with memory is said where a service is started (service-process.ts).
const frugal =
  command === "start"
    ? JSON.parse(readFileSync(`${root}apps/headway/src/host/frugal.json`, "utf8"))
    : { flags: [], settings: {} };
// kafkajs sets such timers, and means no harm.
const quiet = "--disable-warning=TimeoutNegativeWarning";
const child = spawn(node, [quiet, ...frugal.flags, ...entry], {
  cwd: root,
  stdio: "inherit",
  env: { ...frugal.settings, ...process.env },
});
// Ctrl-C reaches the whole group by itself; what is sent to this process alone is passed on.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
// npm dies of a signal without passing it on; whoever was started by it then ends in order all the same.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 500).unref();
}
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
