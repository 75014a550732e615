import { docsLink } from "../api/docs-link.ts";
import type { Role } from "../session/rights.ts";

type DocumentedOperation = {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly "x-roles": readonly string[];
};

/** As much of an OpenAPI document as it takes to say who may do what. */
export type ApiDocument = {
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation | unknown>>>>;
};

export type Operation = {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  /** Where it is described and can be tried. */
  readonly docs: string;
};

/** Operations about one thing. */
export type Subject = {
  readonly name: string;
  readonly description: string;
  readonly operations: readonly Operation[];
};

const methods = ["get", "post", "put", "delete"] as const;
/** A session is what everybody has, and the live connection is not called by hand. */
const beside = ["Sessions", "Live"];

/** What somebody with these roles may do, in the order of the document; what anybody may do is left out. */
export const subjectsOf = ({ tags, paths }: ApiDocument, roles: readonly Role[]): readonly Subject[] =>
  tags
    .filter(({ name }) => !beside.includes(name))
    .map(({ name, description }) => ({ name, description, operations: operationsOf(paths, name, roles) }))
    .filter(({ operations }) => operations.length > 0);

const operationsOf = (paths: ApiDocument["paths"], tag: string, roles: readonly Role[]): readonly Operation[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      if (!isOperation(operation) || !operation.tags.includes(tag)) return [];
      if (!roles.some((role) => operation["x-roles"].includes(role))) return [];
      const { operationId: id, summary } = operation;
      return [{ id, method: method.toUpperCase(), path, summary, docs: docsLink(tag, id) }];
    }),
  );

const isOperation = (value: unknown): value is DocumentedOperation =>
  typeof value === "object" && value !== null && "operationId" in value && "x-roles" in value;
