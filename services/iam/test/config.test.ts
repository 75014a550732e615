import { readConfig } from "@headway/service/config";
import { expect, test } from "vitest";
import { config } from "../src/config.ts";

const needed = { HEADWAY_PEPPER: "x".repeat(32) };

// What a session's end is reckoned with must not go beyond the end of time: every login would fail.
test.each([
  ["HEADWAY_SESSION_IDLE_MINUTES", "0"],
  ["HEADWAY_SESSION_IDLE_MINUTES", "525601"],
  ["HEADWAY_SESSION_TOTAL_MINUTES", "9007199254740991"],
  ["HEADWAY_BCRYPT_COST", "16"],
  ["HEADWAY_LOGIN_TRIES", "10001"],
  ["HEADWAY_PEPPER", `${" ".repeat(32)}x`],
])("%s is not %s", (name, said) => {
  expect(() => readConfig(config, { ...needed, [name]: said })).toThrow(`  ${name}: `);
});

test("a session may last a year", () => {
  const said = { HEADWAY_SESSION_IDLE_MINUTES: "525600", HEADWAY_SESSION_TOTAL_MINUTES: "525600" };
  expect(readConfig(config, { ...needed, ...said })).toMatchObject({ HEADWAY_SESSION_TOTAL_MINUTES: 525_600 });
});
