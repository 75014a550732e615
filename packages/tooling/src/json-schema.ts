import { type DescEnum, type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { commentOf } from "./comments.ts";
import type { Yaml } from "./yaml.ts";

/** JSON schemas of the messages and of all that they are made of, by full name, in ProtoJSON's mapping. */
export const schemasOf = (messages: readonly DescMessage[]): { readonly [name: string]: Yaml } => {
  const schemas: { [name: string]: Yaml } = {};
  const add = (type: DescMessage | DescEnum): void => {
    if (type.typeName in schemas) return;
    schemas[type.typeName] = type.kind === "enum" ? enumSchema(type) : messageSchema(type);
    if (type.kind === "message") for (const field of type.fields) partsOf(field).forEach(add);
  };
  messages.forEach(add);
  return Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
};

const messageSchema = (message: DescMessage): Yaml => ({
  type: "object",
  description: commentOf(message),
  properties: Object.fromEntries(message.fields.map((field) => [field.jsonName, fieldSchema(field)])),
});

const enumSchema = (type: DescEnum): Yaml => ({
  type: "string",
  description: commentOf(type),
  enum: type.values.map(({ name }) => name),
});

const wellKnown: { readonly [name: string]: Yaml } = {
  "google.protobuf.Timestamp": { type: "string", format: "date-time" },
};

const partsOf = ({ message, enum: values }: DescField): (DescMessage | DescEnum)[] =>
  [message, values].filter((each) => each !== undefined).filter(({ typeName }) => !(typeName in wellKnown));

const fieldSchema = (field: DescField): Yaml => {
  if (field.fieldKind === "map")
    throw new Error(`${field.parent.typeName} has a map, which this mapping does not know.`);
  const one = valueSchema(field);
  return field.fieldKind === "list"
    ? { type: "array", description: commentOf(field), items: one }
    : { ...(one as object), description: commentOf(field) };
};

const valueSchema = ({ message, enum: values, scalar }: DescField): Yaml => {
  const type = message ?? values;
  if (type) return wellKnown[type.typeName] ?? { $ref: `#/components/schemas/${type.typeName}` };
  return scalars[scalar ?? ScalarType.STRING] ?? { type: "string" };
};

const scalars: { readonly [type: number]: Yaml } = {
  [ScalarType.BOOL]: { type: "boolean" },
  [ScalarType.INT32]: { type: "integer", format: "int32" },
  [ScalarType.UINT32]: { type: "integer", minimum: 0 },
  [ScalarType.INT64]: { type: "string", format: "int64" },
  [ScalarType.DOUBLE]: { type: "number" },
  [ScalarType.BYTES]: { type: "string", format: "byte" },
};
