import { readFileSync } from "node:fs";

export type Face = "dispatcher" | "mobile" | "integration";

type Schema = {
  readonly $ref?: string;
  readonly enum?: readonly string[];
  readonly examples?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
};
type Reference = { readonly $ref: string };
type Parameter = { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: Schema };
type Operation = {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, unknown>>;
};
type Item = Readonly<Record<string, Operation>> & { readonly parameters?: readonly (Parameter | Reference)[] };
type Document = {
  readonly paths: Readonly<Record<string, Item>>;
  readonly components: {
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly schemas: Readonly<Record<string, Schema>>;
  };
};

/** What is put where a name stands: in a path, a query or, at any depth, a body. */
export type Values = Readonly<Record<string, string>>;

/** An operation as a face's OpenAPI document has it. */
export type Documented = {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Names of what is asked with: parameters and the body's properties at any depth. */
  readonly names: readonly string[];
  readonly wantsVersion: boolean;
  readonly body: string | null;
  /** Path with query, and a JSON body if it has one, as the document would have them. */
  readonly fill: (values: Values) => { readonly address: string; readonly json: unknown };
};

const methods = ["get", "post", "put", "delete"];
const places = ["path", "query"];

/** The operations of a face that answer over plain HTTP. */
export const operationsOf = (face: Face): Documented[] => {
  const file = new URL(import.meta.resolve(`@headway/contracts/openapi/${face}.json`));
  const document = JSON.parse(readFileSync(file, "utf8")) as Document;
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation && !("101" in operation.responses)
        ? [toDocumented(document, path, method, item, operation)]
        : [];
    }),
  );
};

const toDocumented = (
  document: Document,
  path: string,
  method: string,
  item: Item,
  operation: Operation,
): Documented => {
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) =>
    "$ref" in one ? referred(document.components.parameters, one.$ref) : one,
  );
  const asked = parameters.filter((one) => places.includes(one.in));
  const [body] = Object.entries(operation.requestBody?.content ?? {});
  const json = body?.[0] === "application/json" ? body[1].schema : null;
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    names: [...asked.map(({ name }) => name), ...(json ? namesIn(document, json) : [])],
    wantsVersion: parameters.some(({ name }) => name === "If-Match"),
    body: body?.[0] ?? null,
    fill: (values) => ({
      address: addressOf(document, path, asked, values),
      json: json && sampleOf(document, json, "", values),
    }),
  };
};

const referred = <T>(named: Readonly<Record<string, T>>, reference: string): T => {
  const found = named[reference.slice(reference.lastIndexOf("/") + 1)];
  if (!found) throw new Error(`${reference} is not in the document.`);
  return found;
};

const schemaOf = (document: Document, schema: Schema): Schema =>
  schema.$ref ? schemaOf(document, referred(document.components.schemas, schema.$ref)) : schema;

const namesIn = (document: Document, said: Schema): string[] => {
  const { properties = {}, items } = schemaOf(document, said);
  const inside = Object.entries(properties).flatMap(([name, schema]) => [name, ...namesIn(document, schema)]);
  return items ? [...inside, ...namesIn(document, items)] : inside;
};

const addressOf = (document: Document, path: string, asked: readonly Parameter[], values: Values): string => {
  const wanted = asked.filter(({ name, required }) => required || name in values);
  const told = wanted.map((one) => ({ ...one, value: String(sampleOf(document, one.schema, one.name, values)) }));
  const query = new URLSearchParams();
  for (const one of told) if (one.in === "query") query.set(one.name, one.value);
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => told.find((one) => one.name === name)?.value ?? "");
  return query.size > 0 ? `${filled}?${query}` : filled;
};

const sampleOf = (document: Document, said: Schema, name: string, values: Values): unknown => {
  const given = values[name];
  if (given !== undefined) return given;
  const schema = schemaOf(document, said);
  const { properties, items } = schema;
  if (properties)
    return Object.fromEntries(
      Object.entries(properties).map(([key, inner]) => [key, sampleOf(document, inner, key, values)]),
    );
  // `depotIds` holds what `depotId` names.
  if (items) return [sampleOf(document, items, name.replace(/s$/, ""), values)];
  return plainSample(schema, values);
};

const plainSample = ({ enum: words, examples, type, format, minimum = 0 }: Schema, values: Values): unknown => {
  if (format && values[format] !== undefined) return values[format];
  if (words?.[0] !== undefined) return words[0];
  if (examples?.[0] !== undefined) return examples[0];
  if (type === "object") return {};
  return type === "integer" ? minimum : "something said";
};
