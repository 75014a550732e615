import { expect, test } from "vitest";
import { openLog } from "../src/log.ts";
import { startTracing } from "../src/start-tracing.ts";
import { SpanKind, traced } from "../src/tracing.ts";

await startTracing("test", undefined);

const written = () => {
  const lines: Record<string, unknown>[] = [];
  return { lines, log: openLog("info", { write: (line) => void lines.push(JSON.parse(line)) }) };
};

test("a line is an event with its level, its time, and the trace and span that it belongs to", async () => {
  const { lines, log } = written();
  const ids = await traced("a call", SpanKind.SERVER, async (span) => {
    log.child({ service: "hr" }).info({ event: "depot.opened", depot: "N" });
    return span.spanContext();
  });
  log.info({ event: "idle" });
  expect(lines[0]).toMatchObject({
    level: "info",
    time: expect.stringMatching(/Z$/) as string,
    service: "hr",
    event: "depot.opened",
    trace: ids.traceId,
    span: ids.spanId,
  });
  expect(lines[1]).not.toHaveProperty("trace");
});

const secrets = ["password", "secret", "key", "apiKey", "token", "authorization", "cookie"];
const personal = ["givenName", "familyName", "email", "phone"];
const nestings: readonly [string, (told: object) => object][] = [
  ["on the line itself", (told) => told],
  ["one level down", (told) => ({ request: told })],
  ["two levels down", (told) => ({ request: { headers: told } })],
  ["in a list, three levels down", (told) => ({ request: { people: [told] } })],
];

test.each(nestings)("neither secrets nor names of people are written, %s", (_where, nest) => {
  const { lines, log } = written();
  const told = Object.fromEntries([...secrets, ...personal].map((name) => [name, `the ${name}`]));
  log.info({ event: "x", ...nest({ ...told, depot: "N" }) });
  log.child(nest(told)).info({ event: "y" });
  const text = JSON.stringify(lines);
  for (const name of [...secrets, ...personal]) expect(text).not.toContain(`the ${name}`);
  expect(text).toContain('"depot":"N"');
});
