import type { Document, Operation, Schema } from "../src/inbound/documents.ts";
import { sampleId } from "./sample-message.ts";

export type SampleRequest = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
};

/** A request that the document allows, with every required part of it. */
export const sampleRequestOf = (document: Document, operation: Operation): SampleRequest => {
  const sampled = (schema: Schema): unknown => sampleOf(document, schema);
  const path = operation.parameters
    .filter((parameter) => parameter.in === "path")
    .reduce((text, { name, schema }) => text.replace(`{${name}}`, String(sampled(schema))), operation.path);
  const query = new URLSearchParams(
    operation.parameters
      .filter((parameter) => parameter.in === "query" && parameter.required)
      .map(({ name, schema }): [string, string] => [name, String(sampled(schema))]),
  );
  const headers = operation.parameters
    .filter((parameter) => parameter.in === "header")
    .map(({ name }) => [name, name === "If-Match" ? '"3"' : crypto.randomUUID()]);
  return {
    path: `/${operation.face}/v1${path}${query.size > 0 ? `?${query}` : ""}`,
    headers: Object.fromEntries([...headers, ...(operation.body ? [["content-type", operation.body.type]] : [])]),
    body: bodyOf(operation, sampled),
  };
};

const bodyOf = ({ body }: Operation, sampled: (schema: Schema) => unknown): string | null => {
  if (!body) return null;
  return body.type === "application/json" ? JSON.stringify(sampled(body.schema)) : "some bytes";
};

/** What a schema's examples say, with the required fields of an object. */
export const sampleOf = (document: Document, schema: Schema): unknown => {
  const { $ref, examples, type, properties, required, items, minItems, minLength } = schema;
  if (typeof $ref === "string") return sampleOf(document, resolve(document, $ref));
  if (Array.isArray(examples)) return examples[0];
  const fields = (properties ?? {}) as Readonly<Record<string, Schema>>;
  const wanted = (required ?? []) as readonly string[];
  switch (Array.isArray(type) ? type[0] : type) {
    case "object":
      return Object.fromEntries(wanted.map((name) => [name, sampleOf(document, fields[name] ?? {})]));
    case "array":
      return minItems === 0 ? [] : [sampleOf(document, items as Schema)];
    case "integer":
      return 1;
    case "boolean":
      return true;
    default:
      return schema.format === "uuid" ? sampleId : "x".repeat(Math.max(Number(minLength ?? 1), 1));
  }
};

const resolve = (document: Document, reference: string): Schema =>
  reference
    .slice(2)
    .split("/")
    .reduce<Record<string, unknown>>((place, name) => place[name] as Record<string, unknown>, document);
