import { readdirSync } from "node:fs";
import {
  create,
  createFileRegistry,
  type DescField,
  type DescFile,
  type DescMessage,
  ScalarType,
} from "@bufbuild/protobuf";
import {
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  FieldDescriptorProto_Label as Label,
  TimestampSchema,
  FieldDescriptorProto_Type as Type,
} from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";

/** Ids by their names; those of people that say who asked whom. */
const ids = /(^|_)ids?$|^requested_(by|of)$/;
/** ISO dates and zones. */
const times = /^(service_date|first_day|last_day|hired_on|valid_from|valid_until|time_zone)$/;
/** Codes, each of a closed set or of somebody's catalogue; nobody writes them for others to read. */
const codes = new Set([
  // Of a depot, a qualification, a pay code; an employee's number; a line and what it asks a driver to be qualified for.
  ...["code", "number", "line", "qualification"],
  // Names of rule data, by which they are found; the sentence is made by the rule of its figures.
  ...["agreement", "rule", "sentence"],
  // Stops of the timetable.
  ...["start_place", "end_place"],
  "sha256",
]);

const isKnown = ({ name }: DescField): boolean => ids.test(name) || times.test(name) || codes.has(name);

/** The fields of messages, and of those within them, that could carry what somebody wrote. */
const freeTexts = (messages: readonly DescMessage[], seen = new Set<string>()): string[] =>
  messages
    .filter(({ typeName }) => !seen.has(typeName) && seen.add(typeName))
    .flatMap(({ typeName, fields, nestedMessages }) => [
      ...fields.filter((field) => isText(field) && !isKnown(field)).map(({ name }) => `${typeName}.${name}`),
      ...freeTexts([...nestedMessages, ...fields.flatMap(messageOf)], seen),
    ]);

const isText = (field: DescField): boolean => {
  // Protobuf's own messages can hold anything, save the time.
  if (messageOf(field).some(({ typeName }) => isAnything(typeName))) return true;
  const { fieldKind } = field;
  const kind = fieldKind === "list" ? field.listKind : fieldKind === "map" ? field.mapKind : fieldKind;
  if (fieldKind === "map" && field.mapKey === ScalarType.STRING) return true;
  return kind === "scalar" && (field.scalar === ScalarType.STRING || field.scalar === ScalarType.BYTES);
};

const isAnything = (typeName: string): boolean =>
  typeName.startsWith("google.protobuf.") && typeName !== TimestampSchema.typeName;

const messageOf = ({ message }: DescField): DescMessage[] => (message ? [message] : []);

const gen = new URL("../gen/headway/", import.meta.url);
const services = readdirSync(gen).filter((name) => readdirSync(new URL(`${name}/v1/`, gen)).includes("events_pb.js"));

const eventsOf = async (service: string): Promise<DescFile> => {
  const module = (await import(new URL(`${service}/v1/events_pb.js`, gen).href)) as Record<string, DescFile>;
  const file = module[`file_headway_${service}_v1_events`];
  if (!file) throw new Error(`The events of ${service} are not there.`);
  return file;
};

test("every service that tells something is looked at", () => {
  expect(services.toSorted()).toEqual([
    "accounting",
    "dispatch",
    "hr",
    "iam",
    "notification",
    "overtime",
    "planning",
    "scheduling",
  ]);
});

test.each(services)("the events of %s carry ids, dates and codes, and nothing that somebody wrote", async (service) => {
  expect(freeTexts((await eventsOf(service)).messages)).toEqual([]);
});

test("a text that somebody could write into is found, at any depth", () => {
  const string = { label: Label.OPTIONAL, type: Type.STRING };
  const planted = create(FileDescriptorProtoSchema, {
    name: "planted.proto",
    package: "planted",
    syntax: "proto3",
    messageType: [
      {
        name: "Event",
        field: [
          { name: "duty_id", number: 1, ...string },
          { name: "reason", number: 2, ...string },
          { name: "notes", number: 3, label: Label.REPEATED, type: Type.STRING },
          { name: "blob", number: 4, label: Label.OPTIONAL, type: Type.BYTES },
          { name: "part", number: 5, label: Label.OPTIONAL, type: Type.MESSAGE, typeName: ".planted.Part" },
        ],
      },
      { name: "Part", field: [{ name: "remark", number: 1, ...string }] },
    ],
  });
  const registry = createFileRegistry(create(FileDescriptorSetSchema, { file: [planted] }));
  expect(freeTexts(registry.getFile("planted.proto")?.messages ?? []).toSorted()).toEqual([
    "planted.Event.blob",
    "planted.Event.notes",
    "planted.Event.reason",
    "planted.Part.remark",
  ]);
});
