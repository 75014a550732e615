import { readConfig } from "@headway/service/config";
import { expect, test } from "vitest";
import { config } from "../src/config.ts";

const needed = { HEADWAY_INWARD_SECRET: "x".repeat(32) };

test.each([
  ["HEADWAY_LIMIT_PERSON", "200"],
  ["HEADWAY_LIMIT_PERSON", "200/10/1"],
  ["HEADWAY_LIMIT_PERSON", "0/10"],
  ["HEADWAY_LIMIT_PERSON", "200/0"],
  ["HEADWAY_LIMIT_PERSON", `${"9".repeat(400)}/1`],
  ["HEADWAY_LIMIT_MACHINE", "1000001/1"],
  ["HEADWAY_LIMIT_STRANGER", "1/86401"],
  ["HEADWAY_PROXIES", "101"],
  ["HEADWAY_MOST_JSON_BYTES", "999999999"],
  ["HEADWAY_MOST_UPLOAD_BYTES", "999999999999"],
  ["HEADWAY_PUBLIC_URL", "https:///headway"],
  ["HEADWAY_HOST", " "],
  ["HEADWAY_CONSOLE", " "],
])("%s is not %s", (name, said) => {
  expect(() => readConfig(config, { ...needed, [name]: said })).toThrow(`  ${name}: `);
});

test("a limit is so many calls in so many seconds", () => {
  expect(readConfig(config, { ...needed, HEADWAY_LIMIT_PERSON: " 1000000/86400 " })).toMatchObject({
    HEADWAY_LIMIT_PERSON: { calls: 1_000_000, seconds: 86_400 },
  });
});
