import { roles } from "@headway/service/caller";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faces, operationsOf, readDocument } from "../src/inbound/documents.ts";
import { answerCheckOf } from "../src/inbound/validation.ts";
import { as, type GatewayUnderTest, gatewayUnderTest } from "./gateway-under-test.ts";
import { sampleRequestOf } from "./sample-request.ts";

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await gatewayUnderTest();
});
afterAll(() => gateway.close());

describe.each(faces)("on the %s face", (face) => {
  const document = readDocument(face);
  const mistakesIn = answerCheckOf(face, document);
  const operations = operationsOf(face, document).filter(({ webSocket }) => !webSocket);

  const call = async (operation: (typeof operations)[number], headers: Record<string, string>) => {
    const sample = sampleRequestOf(document, operation);
    const response = await fetch(`${gateway.url}${sample.path}`, {
      method: operation.method,
      headers: { ...headers, ...sample.headers },
      body: sample.body,
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") ?? false;
    return { response, body: isJson ? (JSON.parse(text) as { slug?: string }) : null };
  };

  test.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    "%s goes inward for the roles that it names, answers as it says, and is refused to everybody else",
    async (_name, operation) => {
      const named = operation.roles ?? roles;
      for (const role of named) {
        gateway.inside.reached.splice(0);
        const { response, body } = await call(operation, as(face, `${role}.all`));
        expect([role, response.status, mistakesIn(operation, response.status, body)], JSON.stringify(body)).toEqual([
          role,
          expect.toSatisfy((status: number) => status >= 200 && status < 300),
          [],
        ]);
      }
      for (const role of roles.filter((other) => !named.includes(other))) {
        gateway.inside.reached.splice(0);
        const { response, body } = await call(operation, as(face, `${role}.all`));
        const mistakes = mistakesIn(operation, response.status, body);
        expect([role, response.status, body?.slug, mistakes]).toEqual([role, 403, "caller.role", []]);
        expect(gateway.inside.reached.filter(({ caller }) => caller.kind !== "service")).toEqual([]);
      }
    },
  );

  test.each(
    operations
      .filter((operation) => operation.roles)
      .map((operation) => [`${operation.method} ${operation.path}`, operation] as const),
  )(
    "%s is refused to strangers, to ended sessions and to the credentials of the other faces",
    async (_name, operation) => {
      const others = faces.filter((other) => other !== face).map((other) => as(other, "admin.all"));
      for (const headers of [
        { "x-headway-csrf": "1" },
        as(face, "nobody"),
        ...others.map((other) => ({ ...other, "x-headway-csrf": "1" })),
      ]) {
        const { response, body } = await call(operation, headers);
        expect([response.status, mistakesIn(operation, response.status, body)]).toEqual([401, []]);
      }
    },
  );
});
