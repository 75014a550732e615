import { createHash, type Hash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Operation } from "./documents.ts";
import type { Bytes } from "./handlers.ts";
import { EdgeRefusal } from "./refusal.ts";
import type { Validator } from "./validation.ts";

/** What came with a request. */
export type Body = {
  readonly value: unknown;
  /** What tells it from another body; null where it was not read to its end. */
  readonly print: () => Promise<string | null>;
  /** Why it could not be read to its end, where whoever read it may have made something else of it. */
  readonly failure: () => unknown;
};

export type BodyLimits = { readonly mostJsonBytes: number; readonly mostUploadBytes: number };

/** The body that an operation takes: JSON read and checked, a file as a stream, else nothing. Refused with 400, 413 or 415. */
export const bodyOf = async (
  operation: Operation,
  validator: Validator,
  request: IncomingMessage,
  limits: BodyLimits,
): Promise<Body> => {
  if (!operation.body) return { value: null, print: async () => "", failure: () => null };
  demandType(request, operation.body.type);
  if (operation.body.type !== "application/json") return uploaded(request, limits.mostUploadBytes);
  const value = parseJson(await collected(streamed(request, limits.mostJsonBytes)));
  validator.body(value);
  return { value, print: async () => JSON.stringify(value, inOrder), failure: () => null };
};

// Who tries again may name the same fields in another order.
const inOrder = (_name: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

type Progress = { begun: boolean; ended: boolean; failure: unknown };

const uploaded = (request: IncomingMessage, most: number): Body => {
  const hash = createHash("sha256");
  const progress: Progress = { begun: false, ended: false, failure: null };
  const parts = watched(streamed(request, most), hash, progress);
  return {
    value: parts,
    print: async () => {
      // A repetition is read for its fingerprint alone.
      if (!progress.begun) for await (const _ of parts);
      return progress.ended ? hash.copy().digest("base64url") : null;
    },
    failure: () => progress.failure,
  };
};

async function* watched(parts: Bytes, hash: Hash, progress: Progress): AsyncGenerator<Uint8Array> {
  progress.begun = true;
  try {
    for await (const part of parts) {
      hash.update(part);
      yield part;
    }
    progress.ended = true;
  } catch (error) {
    progress.failure = error instanceof EdgeRefusal ? error : brokenOff;
    throw progress.failure;
  }
}

/** The body as it arrives, to its last byte; refused with `body.too-large` as soon as that is known. */
async function* streamed(request: IncomingMessage, most: number): AsyncGenerator<Uint8Array> {
  if (Number(request.headers["content-length"] ?? 0) > most) throw tooLarge(most);
  let size = 0;
  // A refusal must still find its way back: the connection stays open until it is told.
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    if (size > most) throw tooLarge(most);
    yield part;
  }
}

const tooLarge = (most: number): EdgeRefusal =>
  new EdgeRefusal(413, "body.too-large", `The body may have at most ${most} bytes.`);

const brokenOff = new EdgeRefusal(400, "body.broken-off", "The body broke off before its end.");

const demandType = (request: IncomingMessage, wanted: string): void => {
  const [said = ""] = (request.headers["content-type"] ?? "untyped").split(";");
  if (said.trim().toLowerCase() !== wanted)
    throw new EdgeRefusal(415, "body.wrong-type", `The body must be ${wanted}, not ${said.trim()}.`);
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (encoding !== "identity")
    throw new EdgeRefusal(415, "body.encoded", `The body must come as it is, not as ${encoding}.`);
};

const collected = async (parts: Bytes): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  for await (const part of parts) chunks.push(part);
  return Buffer.concat(chunks);
};

const parseJson = (bytes: Uint8Array): unknown => {
  const text = textOf(bytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser quotes what it stumbled over; that may be a password.
    const where = /at position \d+.*$/.exec(error instanceof Error ? error.message : "")?.[0] ?? "it ends too early";
    throw new EdgeRefusal(400, "body.not-json", `The body is not JSON: ${where}.`);
  }
};

const textOf = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new EdgeRefusal(400, "body.not-utf8", "The body must be UTF-8.");
  }
};
