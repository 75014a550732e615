#!/usr/bin/env node
// Runs the command line on the Node that the workspace brings along, from wherever it is called.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const child = spawn(`${root}node_modules/.bin/node`, [`${root}apps/headway/src/main.ts`, ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
