import { Readable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import { traceparent } from "@headway/service/circumstances";
import type { Logger } from "@headway/service/log";
import type { Response } from "express";
import type { Answer, Bytes } from "./handlers.ts";
import { toProblem } from "./refusal.ts";

/** An answer as it goes out. */
export type Told = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Bytes | null;
};

/** What a handler answered; a location is below the face. */
export const toldAnswer = ({ status, headers, body }: Answer, faceRoot: string): Told => {
  const { location, ...others } = headers;
  const marks = location === undefined ? others : { ...others, location: `${faceRoot}${location}` };
  if (body === null) return { status, headers: marks, body: null };
  if (isBytes(body)) return { status, headers: marks, body };
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...marks },
    body: JSON.stringify(body),
  };
};

/** A failure as a problem. What is no refusal is logged whole and told as nothing. */
export const toldFailure = (failure: unknown, instance: string, log: Logger): Told => {
  const traceId = traceparent()?.split("-")[1] ?? null;
  const { problem, headers } = toProblem(failure, instance, traceId);
  if (problem.status === 500)
    log.error({ event: "request.failed", instance, error: failure instanceof Error ? failure.stack : String(failure) });
  return {
    status: problem.status,
    headers: { "content-type": "application/problem+json", ...headers },
    body: JSON.stringify(problem),
  };
};

/** Writes it out. */
export const write = async (response: Response, { status, headers, body }: Told): Promise<void> => {
  response.status(status).set(headers);
  if (isBytes(body)) return pipeline(Readable.from(body), response);
  if (response.req.complete) response.end(body ?? undefined);
  else await tellWhileItComes(response, body ?? "");
};

const longestFarewellMs = 2_000;

// The caller is still sending. Closing now would lose the answer on its way; so it is told at once, and what comes
// meanwhile is thrown away. The connection ends then: what is left would be taken for the next request.
const tellWhileItComes = async (response: Response, body: string): Promise<void> => {
  response.set({ connection: "close", "content-length": String(Buffer.byteLength(body)) });
  response.write(body);
  response.req.resume();
  await Promise.race([finished(response.req).catch(() => {}), pause(longestFarewellMs, null, { ref: false })]);
  response.end();
};

const isBytes = (body: unknown): body is Bytes =>
  typeof body === "object" && body !== null && Symbol.asyncIterator in body;
