import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { isDone, newLine } from "../faults/single-process/line.ts";

/** The process dies before it answers. */
const dies = null;
type Refusal = { readonly status: number; readonly slug: string; readonly retryAfter?: number };
type Said = Refusal | typeof dies;

const done: Refusal = { status: 409, slug: "idempotency-key.done" };
const underWay = { status: 409, slug: "idempotency-key.under-way", retryAfter: 1 };
const away = { status: 503, slug: "service.unavailable", retryAfter: 0 };
const tooOften = { status: 429, slug: "calls.too-many", retryAfter: 0 };

/** A line to a Headway that says one of these after the other, and then that it was done. */
const givenLine = async (...before: readonly Said[]) => {
  const left = [...before];
  const server = createServer((_request, response) => {
    const said = left.length > 0 ? left.shift() : done;
    if (!said) return void response.destroy();
    const { status, slug, retryAfter } = said;
    response.writeHead(status, {
      "content-type": "application/problem+json",
      ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
    });
    response.end(JSON.stringify({ slug }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const line = newLine();
  line.open(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, "key");
  return line;
};

const call = async (...before: readonly Said[]) =>
  (await givenLine(...before)).call((headway) => headway.GET("/clock"));

test.each<[string, Said[]]>([
  ["a service behind the door was away", [away]],
  ["the process was gone", [dies]],
  ["the process was gone, and the door waits for the first call", [dies, underWay]],
  ["a service was away again and again", [away, tooOften, away]],
])("after %s, a repetition knows that it is one: what it finds done is acknowledged", async (_what, before) => {
  const outcome = await call(...before);
  expect(outcome).toMatchObject({ ...done, again: true });
  expect(isDone(outcome)).toBe(true);
});

test.each<[string, Said[]]>([
  ["asked for the first time", []],
  ["only turned away before", [tooOften]],
])("what was %s cannot have been done before", async (_what, before) => {
  const outcome = await call(...before);
  expect(outcome).toMatchObject({ ...done, again: false });
  expect(isDone(outcome)).toBe(false);
});
