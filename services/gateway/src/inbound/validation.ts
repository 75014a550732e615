import type { Finding } from "@headway/kernel/domain-error";
import { lazy } from "@headway/kernel/lazy";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Document, Face, Operation, Parameter, Schema } from "./documents.ts";
import { EdgeRefusal } from "./refusal.ts";

/** Path, query and header as texts go in; as what the document says they come out. */
export type Said = { readonly path: object; readonly query: object; readonly header: object };

export type Validator = {
  /** Refused with every mistake in `errors`. */
  readonly parameters: (said: Said) => Said;
  /** Refused with every mistake in `errors`. */
  readonly body: (body: unknown) => void;
};

const mostFindings = 100;

/** The checks of a document's operations, each compiled once, when it is first needed: nobody uses all of them. */
export const validatorsOf = (face: Face, document: Document): ((operation: Operation) => Validator) => {
  // Texts of an address become numbers; a body says what it means.
  const lenient = lazy(() => ajvWith(face, document, { coerceTypes: true, useDefaults: true }));
  const strict = lazy(() => ajvWith(face, document, {}));
  return ({ parameters: named, body }) => {
    const parameters = lazy(() => lenient().compile(toSchema(face, named)));
    const whole = lazy(() => strict().compile(toBodySchema(face, body?.schema ?? {})));
    return {
      parameters(said) {
        check(parameters(), said);
        return said;
      },
      body: (value) => check(whole(), { body: value }),
    };
  };
};

/** Checks answers against the document; for tests. Answers the mistakes. */
export const answerCheckOf = (
  face: Face,
  document: Document,
): ((operation: Operation, status: number, body: unknown) => string[]) => {
  const ajv = ajvWith(face, document, {});
  return (operation, status, body) => {
    if (!(String(status) in operation.answers)) return [`${operation.id} does not say that it answers ${status}`];
    const schema = operation.answers[String(status)];
    if (!schema) return [];
    const validate = ajv.compile({ properties: { answer: absolute(face, schema) } });
    return validate({ answer: body })
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
  };
};

const toBodySchema = (face: Face, schema: Schema): Schema => ({
  type: "object",
  properties: { body: absolute(face, schema) },
});

const ajvWith = (
  face: Face,
  document: Document,
  options: { coerceTypes?: boolean; useDefaults?: boolean },
): Ajv2020 => {
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateSchema: false, verbose: true, ...options });
  addFormats.default(ajv);
  ajv.addSchema(document, face);
  return ajv;
};

const toSchema = (face: Face, parameters: readonly Parameter[]): Schema => {
  const group = (place: Parameter["in"]): Schema => {
    const mine = parameters.filter((parameter) => parameter.in === place);
    return {
      type: "object",
      required: mine.filter(({ required }) => required).map(({ name }) => keyOf(place, name)),
      properties: Object.fromEntries(mine.map(({ name, schema }) => [keyOf(place, name), absolute(face, schema)])),
      ...(place === "query" ? { additionalProperties: false } : {}),
    };
  };
  return { type: "object", properties: { path: group("path"), query: group("query"), header: group("header") } };
};

const keyOf = (place: Parameter["in"], name: string): string => (place === "header" ? name.toLowerCase() : name);

/** The schema with its references into the document written out. */
const absolute = (face: Face, schema: Schema): Schema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${face}#/`)) as Schema;

// A zero character or half a character: PostgreSQL cannot hold the one, protobuf would make something else of the other.
const isUnspeakable = (text: string): boolean => text.includes("\0") || !text.isWellFormed();

const deepest = 64;

/** Where a text, or a name in an object, cannot be spoken; null where all can. Refused with `body.too-deep` before the stack ends. */
const unspeakableIn = (value: unknown, field = "", depth = 0): string | null => {
  if (typeof value === "string") return isUnspeakable(value) ? field : null;
  if (typeof value !== "object" || value === null) return null;
  if (depth > deepest) throw new EdgeRefusal(400, "body.too-deep", `The body is nested deeper than ${deepest} levels.`);
  for (const [name, inner] of Object.entries(value)) {
    const found = isUnspeakable(name) ? field : unspeakableIn(inner, field ? `${field}/${name}` : name, depth + 1);
    if (found !== null) return found;
  }
  return null;
};

const check = (validate: ValidateFunction, value: unknown): void => {
  const unspeakable = unspeakableIn(value);
  if (unspeakable !== null) {
    const message = `${unspeakable} holds a zero character or half of a character, which no text may have.`;
    throw new EdgeRefusal(400, "field.hidden-character", message, {
      errors: [{ field: unspeakable, slug: "field.hidden-character", message }],
    });
  }
  if (validate(value)) return;
  const errors = (validate.errors ?? []).slice(0, mostFindings).map(toFinding);
  const [first] = errors;
  throw new EdgeRefusal(
    400,
    "request.invalid",
    errors.length === 1 && first ? first.message : `${errors.length} things are wrong with the request.`,
    { errors },
  );
};

const toFinding = (error: ErrorObject): Finding => {
  const { instancePath, keyword, params, schema } = error;
  const inside =
    keyword === "required"
      ? params.missingProperty
      : keyword === "additionalProperties"
        ? params.additionalProperty
        : null;
  const field = [instancePath.slice(1), inside].filter(Boolean).join("/");
  const { slug, must } = told(keyword, params, schema);
  return { field, slug: `field.${slug}`, message: `${field} ${must}.` };
};

const patterns: Readonly<Record<string, string>> = {
  '^"\\d{1,9}"$': 'must be a version in quotes, like "3"',
};

const formats: Record<string, { readonly slug: string; readonly must: string }> = {
  uuid: { slug: "not-an-id", must: "must be a UUID" },
  date: { slug: "not-a-date", must: "must be a date like 2026-11-21" },
  "date-time": { slug: "not-an-instant", must: "must be a time with its zone like 2026-11-21T04:05:00Z" },
};

const told = (
  keyword: string,
  params: Record<string, unknown>,
  schema: unknown,
): { readonly slug: string; readonly must: string } => {
  switch (keyword) {
    case "required":
      return { slug: "missing", must: "is missing" };
    case "additionalProperties":
      return { slug: "unknown", must: "is not known here" };
    case "type":
      return { slug: "wrong-type", must: `must be ${listed(schema)}` };
    case "enum":
      return { slug: "not-allowed", must: `must be one of ${listed(schema)}` };
    case "format":
      return formats[String(schema)] ?? { slug: "wrong-form", must: `must be a ${String(schema)}` };
    case "pattern":
      return { slug: "wrong-form", must: patterns[String(schema)] ?? `must look like ${String(schema)}` };
    case "minLength":
    case "minItems":
      return { slug: "too-short", must: `must have at least ${String(schema)}` };
    case "maxLength":
    case "maxItems":
      return { slug: "too-long", must: `must have at most ${String(schema)}` };
    case "minimum":
    case "maximum":
      return { slug: "out-of-range", must: `must be ${String(params.comparison)} ${String(schema)}` };
    default:
      return { slug: "invalid", must: "is not right" };
  }
};

const listed = (schema: unknown): string => (Array.isArray(schema) ? schema.join(", ") : String(schema));
