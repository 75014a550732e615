import { expect, test } from "vitest";
import { z } from "zod";
import { ConfigError, portNumber, readConfig, secret } from "../src/config.ts";

const schema = z.object({
  HEADWAY_RPC_PORT: portNumber,
  HEADWAY_INWARD_SECRET: secret,
  HEADWAY_HOST: z.string().default("127.0.0.1"),
});

test("all mistakes come in one message, each with its name", () => {
  const read = () => readConfig(schema, { HEADWAY_RPC_PORT: "99999", HEADWAY_INWARD_SECRET: "short" });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(/HEADWAY_RPC_PORT[\s\S]*HEADWAY_INWARD_SECRET: needs at least 32 characters/);
});

test("an empty variable is one that is not set", () => {
  expect(
    readConfig(schema, { HEADWAY_RPC_PORT: "80", HEADWAY_INWARD_SECRET: "x".repeat(32), HEADWAY_HOST: "" }),
  ).toMatchObject({ HEADWAY_RPC_PORT: 80, HEADWAY_HOST: "127.0.0.1" });
});
