import { readFile } from "node:fs/promises";
import { serviceNames } from "@headway/contracts/services";
import { kafkaVersion } from "@headway/testkit/kafka-installation";
import { kafkaEnvironment } from "@headway/testkit/kafka-settings";
import { expect, test } from "vitest";

const compose = await readFile(new URL("../../../../docker/compose.yaml", import.meta.url), "utf8");
/** The lines of one container's part. */
const partOf = (container: string): string =>
  new RegExp(`^ {2}${container}:\\n((?: {4}.*\\n)+)`, "m").exec(compose)?.[1] ?? "";

test("the compose file runs each service, on a database of its own", () => {
  for (const name of serviceNames) {
    expect(partOf(name)).toContain(`command: [services/${name}/src/main.ts]`);
    expect(partOf(name)).toMatch(new RegExp(`HEADWAY_DATABASE_URL: .*/headway_${name}$`, "m"));
  }
});

test("every service is told where all the others are", () => {
  const [, addresses] = /HEADWAY_SERVICES: (.*)/.exec(compose) ?? [];
  expect(addresses).toBe(serviceNames.map((name) => `${name}=http://${name}:7000`).join(","));
});

test("its Kafka is set as that of the tests", () => {
  const settings = [...partOf("kafka").matchAll(/^ {6}(KAFKA_[A-Z_]+): "?([^"\n]*)"?$/gm)];
  const { KAFKA_HEAP_OPTS: _, ...set } = Object.fromEntries(settings.map(([, key, value]) => [key, value]));
  expect(set).toEqual(kafkaEnvironment("kafka:9092"));
  expect(partOf("kafka")).toContain(`image: apache/kafka:${kafkaVersion}\n`);
});

test("no secret has a default", () => {
  const secrets = [...compose.matchAll(/\$\{(HEADWAY_\w*(?:PASSWORD|SECRET|PEPPER))(.*?)\}/g)];
  const demanded = secrets.filter(([, , rest]) => rest?.startsWith(":?")).map(([, name]) => name);
  expect(secrets.filter(([, , rest]) => rest?.startsWith(":-"))).toEqual([]);
  expect(new Set(demanded)).toEqual(new Set(secrets.map(([, name]) => name)));
});
