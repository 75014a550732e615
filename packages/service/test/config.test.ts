import { expect, test } from "vitest";
import { ConfigError, readConfig } from "../src/config.ts";
import { processConfig, redisConfig } from "../src/process-config.ts";
import { host, orElse, portNumber, secret } from "../src/setting.ts";

const settings = {
  HEADWAY_RPC_PORT: portNumber,
  HEADWAY_INWARD_SECRET: secret,
  HEADWAY_HOST: orElse(host, "127.0.0.1"),
};

test("all mistakes come in one message, each with its name", () => {
  const read = () => readConfig(settings, { HEADWAY_RPC_PORT: "99999", HEADWAY_INWARD_SECRET: "short" });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(/HEADWAY_RPC_PORT[\s\S]*HEADWAY_INWARD_SECRET: needs at least 32 characters/);
});

test("an empty variable is one that is not set", () => {
  expect(
    readConfig(settings, { HEADWAY_RPC_PORT: "80", HEADWAY_INWARD_SECRET: "x".repeat(32), HEADWAY_HOST: "" }),
  ).toMatchObject({ HEADWAY_RPC_PORT: 80, HEADWAY_HOST: "127.0.0.1" });
});

const needed = {
  HEADWAY_DATABASE_URL: "postgres://headway:hidden@db:5432/headway_hr",
  HEADWAY_KAFKA_BROKERS: "one:9092, two:9092",
  HEADWAY_INWARD_SECRET: "x".repeat(32),
  HEADWAY_SERVICES: "hr=http://hr:7000,iam=https://iam",
  HEADWAY_RPC_PORT: "0",
  HEADWAY_OPS_PORT: "7001",
};

test("a process reads its settings as what they mean, and has a value for what is not set", () => {
  expect(readConfig(processConfig, { ...needed, HEADWAY_REHEARSAL: "True" })).toEqual({
    ...needed,
    HEADWAY_KAFKA_BROKERS: ["one:9092", "two:9092"],
    HEADWAY_KAFKA_REPLICAS: 1,
    HEADWAY_SERVICES: new Map([
      ["hr", "http://hr:7000"],
      ["iam", "https://iam"],
    ]),
    HEADWAY_RPC_PORT: 0,
    HEADWAY_OPS_PORT: 7001,
    HEADWAY_HOST: "127.0.0.1",
    HEADWAY_CONNECTIONS: 10,
    HEADWAY_LOG_LEVEL: "info",
    HEADWAY_REHEARSAL: true,
    HEADWAY_CATCHES_UP: false,
    OTEL_EXPORTER_OTLP_ENDPOINT: undefined,
  });
});

test.each(Object.keys(needed))("%s must be set", (name) => {
  expect(() => readConfig(processConfig, { ...needed, [name]: "" })).toThrow(`  ${name}: is not set`);
});

test.each([
  ["HEADWAY_DATABASE_URL", "mysql://headway:hidden@db"],
  ["HEADWAY_DATABASE_URL", "db:5432"],
  ["HEADWAY_KAFKA_BROKERS", " , "],
  ["HEADWAY_DATABASE_URL", "postgres://"],
  ["HEADWAY_DATABASE_URL", "postgres:///headway"],
  ["HEADWAY_DATABASE_URL", "postgres://?host=db"],
  ["HEADWAY_DATABASE_URL", "postgres://:5432/headway"],
  ["HEADWAY_DATABASE_URL", "postgres://db:0/headway"],
  ["HEADWAY_DATABASE_URL", "postgres://db:99999/headway"],
  ["HEADWAY_DATABASE_URL", "postgres://d b/headway"],
  ["HEADWAY_DATABASE_URL", "postgres://d\nb/headway"],
  ["HEADWAY_DATABASE_URL", "postgres://headway:50%@db/headway"],
  ["HEADWAY_KAFKA_BROKERS", "kafka"],
  ["HEADWAY_KAFKA_BROKERS", "kafka:"],
  ["HEADWAY_KAFKA_BROKERS", ":9092"],
  ["HEADWAY_KAFKA_BROKERS", "kafka:x"],
  ["HEADWAY_KAFKA_BROKERS", "kafka:0"],
  ["HEADWAY_KAFKA_BROKERS", "kafka:65536"],
  ["HEADWAY_KAFKA_BROKERS", "http://kafka:9092"],
  ["HEADWAY_KAFKA_BROKERS", "one:9092 two:9092"],
  ["HEADWAY_KAFKA_BROKERS", "one:9092;two:9092"],
  ["HEADWAY_KAFKA_BROKERS", "[::1]:9092"],
  ["HEADWAY_KAFKA_REPLICAS", "0"],
  ["HEADWAY_KAFKA_REPLICAS", "32768"],
  ["HEADWAY_INWARD_SECRET", " ".repeat(32)],
  ["HEADWAY_INWARD_SECRET", `${"x".repeat(31)}\n`],
  ["HEADWAY_SERVICES", "hr=hr:7000"],
  ["HEADWAY_SERVICES", "hr=http://"],
  ["HEADWAY_SERVICES", "hr=http:///hr"],
  ["HEADWAY_SERVICES", "hr=http://hr:99999"],
  ["HEADWAY_SERVICES", "hr=http://hr:7000,iam=http://iam,hr=http://other"],
  ["HEADWAY_RPC_PORT", "70000"],
  ["HEADWAY_RPC_PORT", "http"],
  ["HEADWAY_RPC_PORT", " "],
  ["HEADWAY_RPC_PORT", "0x10"],
  ["HEADWAY_RPC_PORT", "0b11"],
  ["HEADWAY_RPC_PORT", "1e3"],
  ["HEADWAY_RPC_PORT", "+5"],
  ["HEADWAY_RPC_PORT", "-0"],
  ["HEADWAY_RPC_PORT", "-1"],
  ["HEADWAY_RPC_PORT", "9".repeat(400)],
  ["HEADWAY_HOST", "   "],
  ["HEADWAY_HOST", "0.0.0.0:80"],
  ["HEADWAY_HOST", "http://here"],
  ["HEADWAY_HOST", "not a host"],
  ["HEADWAY_DATABASE_URL", "postgres:db"],
  ["HEADWAY_CONNECTIONS", "7.5"],
  ["HEADWAY_CONNECTIONS", "4"],
  ["HEADWAY_CONNECTIONS", "1001"],
  ["HEADWAY_LOG_LEVEL", "loud"],
  ["HEADWAY_REHEARSAL", "perhaps"],
  ["OTEL_EXPORTER_OTLP_ENDPOINT", "collector"],
  ["OTEL_EXPORTER_OTLP_ENDPOINT", "https:///collector"],
])("%s is not %s", (name, said) => {
  expect(() => readConfig(processConfig, { ...needed, [name]: said })).toThrow(`  ${name}: `);
});

test.each(["::", "::1", "0.0.0.0", "localhost", "node-1.example"])("%s is a host", (said) => {
  expect(readConfig(processConfig, { ...needed, HEADWAY_HOST: ` ${said}` })).toMatchObject({ HEADWAY_HOST: said });
});

test("an address may be an IPv6 one, with a port", () => {
  const HEADWAY_DATABASE_URL = "postgres://u:p%40@[::1]:5432/x";
  expect(readConfig(processConfig, { ...needed, HEADWAY_DATABASE_URL })).toMatchObject({ HEADWAY_DATABASE_URL });
});

test("the end of the line that a secret was read from is not part of it", () => {
  expect(readConfig(settings, { HEADWAY_RPC_PORT: "80", HEADWAY_INWARD_SECRET: `${"x".repeat(32)}\n` })).toMatchObject({
    HEADWAY_INWARD_SECRET: "x".repeat(32),
  });
});

test("spaces around an address, a number or a word do not count, nor how its protocol is written", () => {
  const said = {
    HEADWAY_DATABASE_URL: " POSTGRES://u:P@db/x\n",
    HEADWAY_RPC_PORT: " 7 ",
    HEADWAY_LOG_LEVEL: "warn ",
    HEADWAY_REHEARSAL: " Y",
  };
  expect(readConfig(processConfig, { ...needed, ...said })).toMatchObject({
    HEADWAY_DATABASE_URL: "postgres://u:P@db/x",
    HEADWAY_RPC_PORT: 7,
    HEADWAY_LOG_LEVEL: "warn",
    HEADWAY_REHEARSAL: true,
  });
});

test("every wrong entry of a list is named", () => {
  const read = () => readConfig(processConfig, { ...needed, HEADWAY_SERVICES: "hr=hr:7000,iam=http://iam,no" });
  expect(read).toThrow('HEADWAY_SERVICES: "hr=hr:7000", "no" must be like hr=http://hr:7000');
});

test("each broker that is none is named, and a service that is said twice", () => {
  const said = { HEADWAY_KAFKA_BROKERS: "one:9092,two,three:x", HEADWAY_SERVICES: "hr=http://one,hr=http://two" };
  const read = () => readConfig(processConfig, { ...needed, ...said });
  expect(read).toThrow('HEADWAY_KAFKA_BROKERS: "two", "three:x" must be like kafka:9092');
  expect(read).toThrow("HEADWAY_SERVICES: says twice where hr is");
});

test("a mistake in an address does not show the password in it", () => {
  const read = () => readConfig(redisConfig, { HEADWAY_REDIS_URL: "http://:hidden@redis" });
  expect(read).toThrow("HEADWAY_REDIS_URL: must be an address like redis://host");
  expect(read).not.toThrow(/hidden/);
});
