import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import frugal from "../../src/host/frugal.json" with { type: "json" };

const dockerfile = await readFile(new URL("../../../../docker/Dockerfile", import.meta.url), "utf8");

test("a container's process is as frugal with memory as any other", () => {
  const settings = { NODE_OPTIONS: `"${frugal.flags.join(" ")}"`, ...frugal.settings };
  for (const [name, value] of Object.entries(settings)) expect(dockerfile).toContain(`    ${name}=${value} \\\n`);
});
