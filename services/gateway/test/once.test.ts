import { afterAll, beforeAll, expect, test } from "vitest";
import { digestsUnder } from "../src/inbound/answer-once.ts";
import { as, type GatewayUnderTest, gatewayUnderTest } from "./gateway-under-test.ts";

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await gatewayUnderTest();
});
afterAll(() => gateway.close());

const depot = (code = "D22") => JSON.stringify({ code, name: "Division 22", timeZone: "Europe/Paris" });

const post = async (
  path: string,
  key: string | null,
  body: string,
  { credential = "admin.all", type = "application/json" } = {},
) => {
  const response = await fetch(`${gateway.url}/integration/v1${path}`, {
    method: "POST",
    headers: {
      ...as("integration", credential),
      "content-type": type,
      ...(key === null ? {} : { "idempotency-key": key }),
    },
    body,
  });
  return { status: response.status, again: response.headers.get("idempotency-replayed"), body: await response.json() };
};

test("a POST that creates wants an Idempotency-Key", async () => {
  expect(await post("/depots", null, depot())).toMatchObject({
    status: 400,
    body: { errors: [{ field: "header/idempotency-key", slug: "field.missing" }] },
  });
});

test("200 at once with one key make one depot", async () => {
  const key = crypto.randomUUID();
  gateway.inside.reached.splice(0);
  const others = Promise.withResolvers<object>();
  gateway.inside.answers = { OpenDepot: () => others.promise };
  let told = 0;
  const answers = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const answer = await post("/depots", key, depot());
      if (++told === 199) others.resolve({});
      return answer;
    }),
  );
  gateway.inside.answers = {};
  expect(gateway.inside.take("OpenDepot").length).toBe(1);
  expect(answers.filter(({ status, again }) => status === 201 && again === null).length).toBe(1);
  expect(answers.filter(({ status }) => status === 409).length).toBe(199);
  expect(await post("/depots", key, depot())).toMatchObject({ status: 201, again: "true" });
});

test("a key is bound to the request and to the caller", async () => {
  const key = crypto.randomUUID();
  await post("/depots", key, depot("D22"));
  expect(await post("/depots", key, depot("D23"))).toMatchObject({
    status: 422,
    body: { slug: "idempotency-key.reused" },
  });
  expect(await post("/reports/rebuild", key, "")).toMatchObject({ status: 422 });
  gateway.inside.answers = {
    ResolveKey: () => ({ serviceAccountId: crypto.randomUUID(), grants: [{ role: 7, depotIds: [] }] }),
  };
  expect(await post("/depots", key, depot("D23"), { credential: "admin.all.other" })).toMatchObject({
    status: 201,
    again: null,
  });
  gateway.inside.answers = {};
});

test("the same fields in another order are the same request", async () => {
  const key = crypto.randomUUID();
  const grants = (reversed: boolean) =>
    [Object.entries({ role: "driver", depotIds: [] })].map((said) =>
      Object.fromEntries(reversed ? said.toReversed() : said),
    );
  const user = { userName: "amira", password: "correct horse battery", grants: grants(false) };
  const again = { grants: grants(true), password: "correct horse battery", userName: "amira" };
  expect(await post("/users", key, JSON.stringify(user))).toMatchObject({ status: 201 });
  expect(await post("/users", key, JSON.stringify(again))).toMatchObject({ status: 201, again: "true" });
});

test("a key is bound to the password, of which nothing is kept that it could be guessed by", async () => {
  const key = crypto.randomUUID();
  const user = (password: string) => JSON.stringify({ userName: "amira", password, grants: [] });
  expect(await post("/users", key, user("correct horse battery"))).toMatchObject({ status: 201 });
  expect(await post("/users", key, user("correct horse battery"))).toMatchObject({ status: 201, again: "true" });
  expect(await post("/users", key, user("another horse battery"))).toMatchObject({
    status: 422,
    body: { slug: "idempotency-key.reused" },
  });
  const [ours, theirs] = [digestsUnder("our secret"), digestsUnder("their secret")];
  expect(ours("correct horse battery")).toBe(digestsUnder("our secret")("correct horse battery"));
  expect(theirs("correct horse battery")).not.toBe(ours("correct horse battery"));
});

test("an upload is told from another by its bytes, and counts once", async () => {
  const key = crypto.randomUUID();
  const zip = { type: "application/zip" };
  gateway.inside.reached.splice(0);
  expect(await post("/feed-imports", key, "some bytes", zip)).toMatchObject({ status: 202, again: null });
  expect(await post("/feed-imports", key, "some bytes", zip)).toMatchObject({ status: 202, again: "true" });
  expect(await post("/feed-imports", key, "other bytes", zip)).toMatchObject({ status: 422 });
  expect(gateway.inside.take("StartFeedImport").length).toBe(1);
});

test("a new key's secret is shown once", async () => {
  const headers = {
    ...as("dispatcher", "admin.all"),
    "content-type": "application/json",
    "idempotency-key": crypto.randomUUID(),
  };
  const make = () =>
    fetch(`${gateway.url}/dispatcher/v1/service-accounts`, {
      method: "POST",
      headers,
      body: JSON.stringify({ name: "terminals", grants: [] }),
    });
  expect((await make()).status).toBe(201);
  const again = await make();
  expect([again.status, await again.json()]).toEqual([
    409,
    expect.objectContaining({ slug: "idempotency-key.answer-was-secret" }),
  ]);
});
