import { expect, test } from "vitest";
import {
  type Document,
  type Face,
  faces,
  type Operation,
  operationsOf,
  readDocument,
  type Schema,
} from "../src/inbound/documents.ts";
import { answerCheckOf } from "../src/inbound/validation.ts";

const all = faces.flatMap((face) =>
  operationsOf(face, readDocument(face)).map((operation) => [`${face} ${operation.id}`, operation] as const),
);
const takes = ({ parameters }: Operation, header: string) => parameters.some(({ name }) => name === header);

test("an operation has one name on a face", () => {
  expect(new Set(all.map(([name]) => name)).size).toBe(all.length);
});

// What the device's own id, or nothing at all, makes safe to say twice.
const needless = ["logIn", "sign", "signBatch"];

test.each(all)("%s says all that a caller must know", (_name, operation) => {
  const { id, face, method, answers, roles, body, webSocket } = operation;
  expect(Object.keys(answers).filter((status) => status.startsWith("2")).length).toBe(webSocket ? 0 : 1);
  expect(takes(operation, "Idempotency-Key")).toBe(method === "POST" && !needless.includes(id));
  expect(["412", "428"].every((status) => status in answers)).toBe(takes(operation, "If-Match"));
  expect("422" in answers).toBe(takes(operation, "Idempotency-Key"));
  // Without a session another site's page can still be made to send a form.
  expect("403" in answers).toBe(roles !== null || (face === "dispatcher" && method !== "GET"));
  expect(["413", "415"].every((status) => status in answers)).toBe(body !== null);
  for (const status of ["400", "401", "429", "500", "503"]) expect(answers).toHaveProperty(status);
});

test.each(faces)("the examples of the %s face are right by its own schemas", (face: Face) => {
  const document: Document & { readonly components: { readonly schemas?: Readonly<Record<string, Schema>> } } =
    readDocument(face);
  const schemas = Object.entries(document.components.schemas ?? {});
  const mistakesIn = answerCheckOf(face, document);
  const [operation] = operationsOf(face, document);
  if (!operation) throw new Error("There is no operation.");
  for (const [name, { examples = [] }] of schemas as [string, { examples?: unknown[] }][])
    for (const example of examples) {
      const probe = { ...operation, answers: { 200: { $ref: `#/components/schemas/${name}` } } };
      expect([name, mistakesIn(probe, 200, example)]).toEqual([name, []]);
    }
});

test("on every list that goes on, limit and cursor go with next", () => {
  for (const [name, operation] of all) {
    const schema = operation.answers["200"] as { properties?: Record<string, unknown> } | null | undefined;
    const pages = schema?.properties !== undefined && "next" in schema.properties;
    const asks = operation.parameters.some((parameter) => parameter.name === "cursor");
    expect([name, pages]).toEqual([name, asks]);
  }
});
