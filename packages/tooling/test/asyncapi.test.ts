import { fileURLToPath } from "node:url";
import type { Topic } from "@headway/contracts/topic";
import { topics } from "@headway/contracts/topics";
import { expect, test } from "vitest";
import { asyncApi } from "../src/asyncapi.ts";
import { toYaml } from "../src/yaml.ts";

const document = asyncApi(fileURLToPath(new URL("../../../", import.meta.url)));

test.each(topics.map((topic: Topic) => [topic.name, topic] as const))(
  "%s is there, with all that it tells",
  (name, topic) => {
    expect(document).toContain(`    address: ${name}\n`);
    for (const type of Object.keys(topic.types)) expect(document).toContain(`\n    ${topic.service}.${type}:\n`);
  },
);

test("a message says what its .proto says, in the mapping to JSON", () => {
  expect(document).toContain(`
    headway.hr.v1.DepotOpened:
      type: object
      description: A depot takes up its work.
      properties:
        depotId:
          type: string
        code:
          type: string
        timeZone:
          type: string
          description: IANA name.
`);
});

test("what YAML would take for something else is quoted", () => {
  const value = {
    plain: "a word",
    "two words": "yes",
    count: 1,
    none: undefined,
    list: ["a: b", "1.0"],
    deep: [{ a: "b", c: ["d"] }],
  };
  expect(toYaml(value)).toBe(`plain: a word
"two words": "yes"
count: 1
list:
  - "a: b"
  - "1.0"
deep:
  - a: b
    c:
      - d
`);
});
