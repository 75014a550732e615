import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lostPaths } from "../src/named-paths.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "headway-paths-"));
  for (const file of [
    "services/hr/src/model/absence.ts",
    "services/hr/migrations/0001_start.sql",
    "docs/images/day.png",
  ])
    write(file, "");
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const lostIn = (document: string, text: string): string[] => {
  write(document, text);
  return lostPaths(root, document);
};

test.each([
  "`services/hr/src/model/absence.ts`",
  "`services/hr/{src/model/absence.ts,migrations/0001_start.sql}`",
  "`services/hr/migrations/*.sql` and [a picture](docs/images/day.png)",
  "`model/absence.ts` of some service, `absence.ts` for short",
  "`model/` is a room, `.ts` an ending, `/livez` an address, `apps/console/dist` is built, `60/10` is a figure",
  "[elsewhere](https://example.org/docs/none.md)",
])("nothing is lost in: %s", (text) => {
  expect(lostIn("README.md", text)).toEqual([]);
});

test.each([
  ["`services/hr/src/model/holiday.ts`", "services/hr/src/model/holiday.ts"],
  ["`services/hr/src/model/{absence,holiday}.ts`", "services/hr/src/model/{absence,holiday}.ts"],
  ["`services/hr/migrations/0002*.sql`", "services/hr/migrations/0002*.sql"],
  ["[a picture](docs/images/night.png)", "docs/images/night.png"],
  ["`model/holiday.ts` of some service", "model/holiday.ts"],
  ["`holiday.ts` for short", "holiday.ts"],
])("%s is lost", (text, path) => {
  expect(lostIn("README.md", text)).toEqual([`README.md names ${path}, which is not there`]);
});

test("a service's README speaks of its own rooms", () => {
  expect(lostIn("services/hr/README.md", "`model/absence.ts`, [up](../../docs/images/day.png)")).toEqual([]);
  expect(lostIn("services/iam/README.md", "`src/model/user.ts`")).toHaveLength(1);
});

test("a decision says by its path what holds it", () => {
  expect(lostIn("docs/adr/0001-a.md", "**Held by.** `services/hr/src/model/absence.ts`.")).toEqual([]);
  expect(lostIn("docs/adr/0001-a.md", "**Held by.** Everybody's good will.")).toEqual([
    "docs/adr/0001-a.md does not say by its path what holds it",
  ]);
});
