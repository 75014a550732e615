import { readFileSync } from "node:fs";
import { type Role, roles } from "@headway/service/caller";

export const faces = ["dispatcher", "mobile", "integration"] as const;
export type Face = (typeof faces)[number];

export type Schema = { readonly [keyword: string]: unknown };
export type Parameter = {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: Schema;
};
type Reference = { readonly $ref: string };
type Content = Readonly<Record<string, { readonly schema: Schema }>>;
type DocumentedAnswer = { readonly content?: Content };
type DocumentedOperation = {
  readonly operationId: string;
  readonly "x-roles": readonly string[];
  readonly "x-deadline-seconds"?: number;
  readonly "x-secret-answer"?: boolean;
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, DocumentedAnswer | Reference>>;
};
type PathItem = Readonly<Record<string, DocumentedOperation>> & {
  readonly parameters?: readonly (Parameter | Reference)[];
};
export type Document = {
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: {
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, DocumentedAnswer>>;
  };
};

/** What the door needs to know of an operation before it asks the handler. */
export type Operation = {
  readonly face: Face;
  readonly id: string;
  readonly method: string;
  /** As in the document: `/rosters/{rosterId}`. */
  readonly path: string;
  /** Null for anybody, also without a session. */
  readonly roles: readonly Role[] | null;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly type: string; readonly schema: Schema } | null;
  /** Schemas of the answers by status; null for an answer without JSON. */
  readonly answers: Readonly<Record<string, Schema | null>>;
  readonly deadlineSeconds: number;
  /** What it answers is shown once and never again. */
  readonly secretAnswer: boolean;
  readonly webSocket: boolean;
};

/** A face's document, as it is published. */
export const readDocument = (face: Face): Document =>
  JSON.parse(readFileSync(new URL(import.meta.resolve(`@headway/contracts/openapi/${face}.json`)), "utf8")) as Document;

const methods = ["get", "post", "put", "delete"];
const usualDeadline = 30;

export const operationsOf = (face: Face, document: Document): Operation[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation ? [toOperation(face, document, path, method, item.parameters ?? [], operation)] : [];
    }),
  );

const toOperation = (
  face: Face,
  document: Document,
  path: string,
  method: string,
  shared: readonly (Parameter | Reference)[],
  operation: DocumentedOperation,
): Operation => {
  const [body] = Object.entries(operation.requestBody?.content ?? {});
  return {
    face,
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    roles: toRoles(operation),
    parameters: [...shared, ...(operation.parameters ?? [])].map((parameter) =>
      resolve(document.components.parameters, parameter),
    ),
    body: body ? { type: body[0], schema: body[1].schema } : null,
    answers: Object.fromEntries(
      Object.entries(operation.responses).map(([status, answer]) => [
        status,
        jsonOf(resolve(document.components.responses, answer)),
      ]),
    ),
    deadlineSeconds: operation["x-deadline-seconds"] ?? usualDeadline,
    secretAnswer: operation["x-secret-answer"] ?? false,
    webSocket: "101" in operation.responses,
  };
};

const toRoles = ({ operationId, "x-roles": named }: DocumentedOperation): readonly Role[] | null => {
  if (named[0] === "anyone") return null;
  const known = roles.filter((role) => named.includes(role));
  if (known.length === 0 || known.length !== named.length)
    throw new Error(`${operationId} names roles that there are not: ${named.join(", ")}.`);
  return known;
};

/** What a reference means; what is none means itself. */
const resolve = <T extends object>(named: Readonly<Record<string, T>>, said: T | Reference): T => {
  if (!("$ref" in said)) return said;
  const found = named[said.$ref.slice(said.$ref.lastIndexOf("/") + 1)];
  if (!found) throw new Error(`${said.$ref} is not in the document.`);
  return found;
};

const jsonOf = ({ content = {} }: DocumentedAnswer): Schema | null =>
  (content["application/json"] ?? content["application/problem+json"])?.schema ?? null;
