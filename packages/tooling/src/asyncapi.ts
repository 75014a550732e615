import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createFileRegistry, type DescMessage, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import type { Topic } from "@headway/contracts/topic";
import { topics } from "@headway/contracts/topics";
import { commentOf } from "./comments.ts";
import { schemasOf } from "./json-schema.ts";
import { toYaml, type Yaml } from "./yaml.ts";

/** Where the document is kept, from the root. */
export const asyncApiPath = "openapi/asyncapi.yaml";

/** The events of Headway as AsyncAPI 3.0, made of the topic catalogue and the comments in proto/. */
export const asyncApi = (root: string): string => {
  const registry = describedMessages(root);
  const channels = topics.map((topic: Topic) => ({
    topic,
    messages: Object.values(topic.types).map(({ typeName }) => {
      const found = registry.getMessage(typeName);
      if (!found) throw new Error(`proto/ has no ${typeName}: run "turbo run build" first.`);
      return found;
    }),
  }));
  const document: Yaml = {
    asyncapi: "3.0.0",
    info,
    defaultContentType: "application/protobuf",
    channels: Object.fromEntries(channels.map(({ topic, messages }) => [topic.service, channelOf(topic, messages)])),
    operations: Object.fromEntries(
      topics.map(({ service }) => [
        `tell-${service}`,
        { action: "send", channel: ref("channels", service), summary: `What ${service} tells the others.` },
      ]),
    ),
    components: {
      messages: Object.fromEntries(
        channels.flatMap(({ topic, messages }) =>
          messages.map((message) => [`${topic.service}.${message.name}`, messageOf(message)] as const),
        ),
      ),
      schemas: { CloudEvent: cloudEvent, ...schemasOf(channels.flatMap(({ messages }) => messages)) },
    },
  };
  return `# Made by packages/tooling/src/write-asyncapi.ts of proto/ and the topic catalogue: not to be edited.\n${toYaml(document)}`;
};

/** Holds the committed document to what it is made of. */
export const checkAsyncApi = (root: string): boolean => {
  const current = readFileSync(join(root, asyncApiPath), "utf8") === asyncApi(root);
  if (!current)
    process.stdout.write(
      `${asyncApiPath} is not current: run node_modules/.bin/node packages/tooling/src/write-asyncapi.ts\n`,
    );
  return current;
};

const describedMessages = (root: string) => {
  const { stdout, stderr, status } = spawnSync(join(root, "node_modules/.bin/buf"), ["build", "--output", "-"], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`buf could not read proto/: ${stderr}`);
  return createFileRegistry(fromBinary(FileDescriptorSetSchema, stdout));
};

const ref = (...path: readonly string[]): Yaml => ({ $ref: `#/${path.join("/")}` });

const info: Yaml = {
  title: "Headway, events",
  version: "1.0.0",
  description:
    "Facts that the services tell each other through Kafka: CloudEvents 1.0 in binary mode, the attributes as ce_ headers, " +
    "the payload as protobuf. The schemas here are its JSON mapping; the truth is proto/. Events of one aggregate come in " +
    "their order, at least once. They carry ids and no personal data.",
  license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
};

const channelOf = ({ name, service }: Topic, messages: readonly DescMessage[]): Yaml => ({
  address: name,
  description: `The events of ${service}.`,
  messages: Object.fromEntries(
    messages.map((message) => [message.name, ref("components", "messages", `${service}.${message.name}`)]),
  ),
});

const messageOf = (message: DescMessage): Yaml => ({
  name: message.name,
  summary: commentOf(message),
  contentType: "application/protobuf",
  headers: ref("components", "schemas", "CloudEvent"),
  payload: ref("components", "schemas", message.typeName),
  bindings: { kafka: { key: { type: "string", description: "The aggregate's id." } } },
});

const text = (description: string, more: { readonly [key: string]: Yaml } = {}): Yaml => ({
  type: "string",
  description,
  ...more,
});

const cloudEvent: Yaml = {
  type: "object",
  required: [
    "ce_specversion",
    "ce_id",
    "ce_source",
    "ce_type",
    "ce_subject",
    "ce_time",
    "ce_aggregateversion",
    "ce_actor",
  ],
  properties: {
    ce_specversion: { type: "string", const: "1.0" },
    ce_id: text("Names the event; told twice, it has the same.", { format: "uuid" }),
    ce_source: text("/headway/ and the service."),
    ce_type: text("The message's name."),
    ce_subject: text("The aggregate's id, as in the key."),
    ce_time: text("When it happened.", { format: "date-time" }),
    ce_aggregateversion: text("The version of the aggregate that the event made.", { pattern: "^[0-9]+$" }),
    ce_actor: text("Who made it happen: user, service-account or service, a colon, and the id or name."),
    "content-type": { type: "string", const: "application/protobuf" },
    traceparent: text("W3C trace context."),
  },
};
