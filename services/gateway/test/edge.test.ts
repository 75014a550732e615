import { conflict, denied, invalid, missing, stale, unavailable } from "@headway/kernel/domain-error";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { as, type GatewayUnderTest, gatewayUnderTest } from "./gateway-under-test.ts";
import { sampleId } from "./sample-message.ts";

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await gatewayUnderTest({ HEADWAY_MOST_JSON_BYTES: "4096" });
});
afterAll(() => gateway.close());

type Said = { method?: string; headers?: Record<string, string>; body?: string | Uint8Array };

const call = async (path: string, { method = "GET", headers = {}, body }: Said = {}) => {
  const response = await fetch(`${gateway.url}${path}`, {
    method,
    headers: { ...as("dispatcher", "admin.all"), ...headers },
    body: body ?? null,
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    problem: text.startsWith("{") ? JSON.parse(text) : null,
  };
};

const json = { "content-type": "application/json" };
const once = () => ({ "idempotency-key": crypto.randomUUID() });
const depot = JSON.stringify({ code: "D22", name: "Division 22", timeZone: "Europe/Paris" });
const depotNamed = (escaped: string) => `{"code":"D22","name":"${escaped}","timeZone":"Europe/Paris"}`;
const open = (said: Said) =>
  call("/dispatcher/v1/depots", { method: "POST", ...said, headers: { ...json, ...once(), ...said.headers } });

describe("a page of another site", () => {
  test.each(["POST", "PUT", "DELETE"])("can send %s with our cookie, but not with our header", async (method) => {
    const path = { POST: "depots", PUT: "clock", DELETE: "session" }[method];
    const response = await fetch(`${gateway.url}/dispatcher/v1/${path}`, {
      method,
      headers: { cookie: "headway=admin.all", ...json, ...once() },
      body: method === "DELETE" ? null : "{}",
    });
    expect([response.status, await response.json()]).toEqual([403, expect.objectContaining({ slug: "csrf.missing" })]);
  });

  test("is told nothing about who may read here", async () => {
    const { headers } = await call("/dispatcher/v1/depots", { headers: { origin: "https://elsewhere.example" } });
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("a change to what has a version", () => {
  const release = (headers: Record<string, string>) =>
    call(`/dispatcher/v1/assignments/${sampleId}/release`, { method: "POST", headers: { ...once(), ...headers } });

  test("says which version it has seen, or is asked to", async () => {
    expect(await release({})).toMatchObject({ status: 428, problem: { slug: "if-match.missing" } });
  });
  test.each(["3", 'W/"3"', "*", '"x"'])("is asked again when it says %s", async (seen) => {
    const { status, problem } = await release({ "if-match": seen });
    expect([status, problem.errors[0]]).toEqual([
      400,
      expect.objectContaining({ field: "header/if-match", slug: "field.wrong-form" }),
    ]);
  });
  test("carries the version inward and answers the new one", async () => {
    gateway.inside.reached.splice(0);
    const { status, headers } = await release({ "if-match": '"41"' });
    expect([status, headers.get("etag")]).toEqual([200, '"7"']);
    expect(gateway.inside.take("ReleaseDuty")[0]?.said[0]).toMatchObject({
      expectedVersion: 41,
      assignmentId: sampleId,
    });
  });
});

describe("a refusal from inside", () => {
  test.each([
    [400, invalid("depot.odd", "Odd.", { field: "code" })],
    [403, denied("caller.other-depot", "This belongs to a depot in which you are not dispatcher.")],
    [404, missing("depot.unknown", "There is no such depot.")],
    [409, conflict("depot.code-taken", "D22 is taken.")],
    [412, stale("depot.changed", "Changed since.")],
    [503, unavailable("login.busy", "Busy.", { retryAfter: 7 })],
  ])("is a problem with status %i, its own slug and its own words", async (status, refusal) => {
    gateway.inside.answers = { OpenDepot: () => Promise.reject(refusal) };
    const answer = await open({ body: depot });
    gateway.inside.answers = {};
    expect(answer).toMatchObject({
      status,
      problem: {
        status,
        slug: refusal.slug,
        detail: refusal.message,
        errors: refusal.findings,
        instance: "/dispatcher/v1/depots",
      },
    });
    expect(answer.problem.errors).toStrictEqual(refusal.findings);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.headers.get("retry-after")).toBe(status === 503 ? "7" : null);
  });

  test("that is no refusal but a failure is told as nothing", async () => {
    gateway.inside.answers = { OpenDepot: () => Promise.reject(new Error("select secret from cellar")) };
    const { status, problem } = await open({ body: depot });
    gateway.inside.answers = {};
    expect([status, problem.slug, JSON.stringify(problem)]).toEqual([
      500,
      "internal",
      expect.not.stringContaining("cellar"),
    ]);
  });
});

test("what somebody earns is null where hr leaves it out", async () => {
  const contract = { id: sampleId, agreement: "metro", weeklyMinutes: 2400, validFrom: "2026-01-01" };
  const seen = { ...contract, hourlyRateMinor: 3150n, currency: "EUR" };
  gateway.inside.answers = {
    GetEmployee: () => ({ employee: { id: sampleId, depotId: sampleId, version: 1, contracts: [contract, seen] } }),
  };
  const { problem: employee } = await call(`/dispatcher/v1/employees/${sampleId}`);
  gateway.inside.answers = {};
  expect(employee.contracts).toEqual([
    { ...contract, hourlyRateMinor: null, currency: null },
    { ...contract, hourlyRateMinor: 3150, currency: "EUR" },
  ]);
});

describe("a body", () => {
  test("is told every mistake at once, each with its place", async () => {
    const { status, problem } = await call("/dispatcher/v1/employees", {
      method: "POST",
      headers: { ...json, ...once() },
      body: JSON.stringify({
        number: "",
        givenName: "Ada",
        depotId: "north",
        hiredOn: "01/02/2026",
        contract: {
          agreement: "metro",
          weeklyMinutes: -1,
          hourlyRateMinor: 1.5,
          currency: "eur",
          validFrom: "2026-11-21",
        },
        qualifications: [{ code: "A", validFrom: "2026-11-21", validUntil: null }],
        admin: true,
      }),
    });
    expect(status).toBe(400);
    expect(problem.errors.map(({ field, slug }: { field: string; slug: string }) => `${field} ${slug}`).sort()).toEqual(
      [
        "body/admin field.unknown",
        "body/contract/currency field.wrong-form",
        "body/contract/hourlyRateMinor field.wrong-type",
        "body/contract/weeklyMinutes field.out-of-range",
        "body/depotId field.not-an-id",
        "body/familyName field.missing",
        "body/hiredOn field.not-a-date",
        "body/number field.too-short",
      ],
    );
  });

  test.each([
    ["cut short", '{"code":"D22",', 400, "body.not-json"],
    ["empty", "", 400, "body.not-json"],
    ["not UTF-8", new Uint8Array([0x22, 0xe9, 0x22]), 400, "body.not-utf8"],
    ["of another kind", "[]", 400, "request.invalid"],
    ["null", "null", 400, "request.invalid"],
    ["with a zero character", depotNamed("D\\u0000"), 400, "field.hidden-character"],
    ["with half a character", depotNamed("D\\ud83d"), 400, "field.hidden-character"],
    ["too deep", "[".repeat(1000) + "]".repeat(1000), 400, "body.too-deep"],
    ["too large", JSON.stringify({ code: "x".repeat(5000) }), 413, "body.too-large"],
    [
      "with a prototype",
      '{"__proto__":{"admin":true},"code":"D22","name":"x","timeZone":"UTC"}',
      400,
      "request.invalid",
    ],
  ])("that is %s is refused", async (_what, body, status, slug) => {
    expect(await open({ body })).toMatchObject({ status, problem: { slug } });
  });

  test("with a hidden character is refused with the field that holds it", async () => {
    const { problem } = await open({ body: depotNamed("D\\u0000") });
    expect(problem.errors).toMatchObject([{ field: "body/name", slug: "field.hidden-character" }]);
  });

  test("that only spells such a character goes in", async () => {
    expect(await open({ body: depotNamed("D \\\\u0000 \\ud83d\\ude8b") })).toMatchObject({ status: 201 });
  });

  test("that quotes a secret does not find it in the refusal", async () => {
    const { problem } = await open({ body: '{"password": hunter2}' });
    expect(JSON.stringify(problem)).not.toContain("hunter2");
  });

  test.each([
    ["text/plain", {}],
    ["application/json", { "content-encoding": "gzip" }],
  ])("as %s %o is not taken", async (type, headers) => {
    expect(await open({ body: depot, headers: { "content-type": type, ...headers } })).toMatchObject({ status: 415 });
  });

  test("larger than it says ends the connection, not the gateway", async () => {
    async function* endless() {
      for (let part = 0; part < 100; part++) yield new Uint8Array(1024);
    }
    const response = await fetch(`${gateway.url}/dispatcher/v1/depots`, {
      method: "POST",
      headers: { ...as("dispatcher", "admin.all"), ...json, ...once() },
      body: ReadableStream.from(endless()),
      duplex: "half",
    } as RequestInit);
    expect([response.status, response.headers.get("connection")]).toEqual([413, "close"]);
    expect(await open({ body: depot })).toMatchObject({ status: 201 });
  });
});

describe("an address", () => {
  test.each([
    ["/dispatcher/v1/nothing", "GET", 404, "path.unknown"],
    ["/dispatcher/v1/depots", "DELETE", 405, "method.not-here"],
    ["/dispatcher/v1/employees/not-an-id", "GET", 400, "request.invalid"],
    ["/dispatcher/v1/employees/%E0%A4%A", "GET", 400, "request.unreadable"],
    ["/dispatcher/v1/employees?limit=0", "GET", 400, "request.invalid"],
    ["/dispatcher/v1/employees?limit=many", "GET", 400, "request.invalid"],
    ["/dispatcher/v1/employees?limit=1&limit=2", "GET", 400, "request.invalid"],
    ["/dispatcher/v1/employees?surname=x", "GET", 400, "request.invalid"],
    ["/dispatcher/v1/absences", "GET", 400, "request.invalid"],
    ["/nowhere", "POST", 404, "path.unknown"],
  ])("%s is refused for %s with %i", async (path, method, status, slug) => {
    expect(await call(path, { method })).toMatchObject({ status, problem: { slug } });
  });

  test("with a page of a list carries it inward", async () => {
    gateway.inside.reached.splice(0);
    await call("/dispatcher/v1/employees?limit=7&cursor=more");
    expect(gateway.inside.take("ListEmployees")[0]?.said[0]).toMatchObject({ page: { size: 7, cursor: "more" } });
  });
});

test("a call goes inward in the name of whoever made it, with their depots", async () => {
  gateway.inside.reached.splice(0);
  await call("/dispatcher/v1/depots", { headers: { cookie: `other=1; headway=planner.${sampleId}` } });
  expect(gateway.inside.take("ListDepots")[0]?.caller).toMatchObject({
    kind: "person",
    user: sampleId,
    grants: [{ role: "planner", depots: [sampleId] }],
  });
});

test("a wrong password is a stranger's, not a known person's", async () => {
  gateway.inside.answers = { LogIn: () => Promise.reject(denied("login.wrong", "They do not fit.")) };
  const answer = await call("/dispatcher/v1/session", {
    method: "POST",
    headers: { ...json, cookie: "" },
    body: JSON.stringify({ userName: "ada", password: "guess" }),
  });
  gateway.inside.answers = {};
  expect(answer).toMatchObject({ status: 401, problem: { slug: "login.wrong" } });
});

test("a login that cannot be answered leaves no session behind", async () => {
  gateway.inside.reached.splice(0);
  gateway.inside.answers = { ListDepots: () => Promise.reject(unavailable("service.unavailable", "Away.")) };
  const answer = await call("/dispatcher/v1/session", {
    method: "POST",
    headers: { ...json, cookie: "" },
    body: JSON.stringify({ userName: "ada", password: "right" }),
  });
  gateway.inside.answers = {};
  expect(answer).toMatchObject({ status: 503 });
  expect(gateway.inside.take("RevokeSession")).toHaveLength(1);
});

test("login sets a cookie that no script and no other site can use, and logout takes it away", async () => {
  const opened = await call("/dispatcher/v1/session", {
    method: "POST",
    headers: { ...json, cookie: "" },
    body: JSON.stringify({ userName: "ada", password: "right" }),
  });
  expect(opened.headers.get("set-cookie")).toBe("headway=dispatcher.all; Path=/; HttpOnly; SameSite=Strict");
  const closed = await call("/dispatcher/v1/session", {
    method: "DELETE",
    headers: { cookie: "headway=dispatcher.all" },
  });
  expect([closed.status, closed.headers.get("set-cookie")]).toEqual([204, expect.stringContaining("headway=; ")]);
});

test("an old cookie does not stand in the way of logging in again", async () => {
  const body = JSON.stringify({ userName: "ada", password: "right" });
  const headers = { ...json, cookie: "headway=ended" };
  expect((await call("/dispatcher/v1/session", { method: "POST", headers, body })).status).toBe(200);
});
