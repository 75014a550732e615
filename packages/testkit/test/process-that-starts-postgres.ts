import { startPostgres } from "../src/embedded-postgres.ts";

// A process of its own for tests to kill: argv is folder, mode. It prints what it got and then does as the mode says.
const [folder = "", mode = "hang"] = process.argv.slice(2);
if (mode === "as-nobody") {
  // Only now, when all modules are loaded: the checkout may be closed to others.
  process.setgid?.(65534);
  process.setuid?.(65534);
}
try {
  const { url, pid } = await startPostgres({ folder });
  console.log(JSON.stringify({ url, pid }));
} catch (error) {
  console.log(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
}
if (mode === "hang") setInterval(() => undefined, 60_000);
