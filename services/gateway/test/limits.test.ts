import { afterAll, beforeAll, expect, test } from "vitest";
import { as, type GatewayUnderTest, gatewayUnderTest } from "./gateway-under-test.ts";

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await gatewayUnderTest({
    HEADWAY_LIMIT_PERSON: "20/6000",
    HEADWAY_LIMIT_MACHINE: "30/60",
    HEADWAY_LIMIT_STRANGER: "10/6000",
  });
});
afterAll(() => gateway.close());

const call = (headers: Record<string, string>, face = "dispatcher") =>
  fetch(`${gateway.url}/${face}/v1/depots`, { headers });

const statuses = async (count: number, headers: Record<string, string>, face?: string): Promise<number[]> => {
  const answers = await Promise.all(Array.from({ length: count }, () => call(headers, face)));
  return answers.map(({ status }) => status);
};
const countOf = (wanted: number, found: readonly number[]) => found.filter((status) => status === wanted).length;

test("a person is told what is left, and then when to come again; another person is not held up", async () => {
  const mine = as("dispatcher", "planner.all.019348e2-6b1c-7c31-8a44-5f0e1c3b9d21");
  const first = await call(mine);
  expect(first.headers.get("ratelimit-policy")).toBe('"calls";q=20;w=6000');
  expect(first.headers.get("ratelimit")).toMatch(/^"calls";r=19;t=300$/);
  expect(countOf(200, await statuses(30, mine))).toBe(19);
  const refused = await call(mine);
  expect([refused.status, await refused.json()]).toEqual([429, expect.objectContaining({ slug: "calls.too-many" })]);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(refused.headers.get("ratelimit")).toMatch(/^"calls";r=0;/);
  expect((await call(as("dispatcher", "planner.all.019348e2-6b1c-7c31-8a44-5f0e1c3b9d22"))).status).toBe(200);
});

test("whoever guesses keys is slowed down by address, and nobody else with them", async () => {
  const guesses = await statuses(30, as("integration", "guess"), "integration");
  expect([countOf(401, guesses), countOf(429, guesses)]).toEqual([10, 20]);
  expect((await call(as("integration", "planner.all"), "integration")).status).toBe(200);
});
