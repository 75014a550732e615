import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { components, paths } from "@headway/contracts/gen/openapi/integration";
import createClient, { type Client } from "openapi-fetch";

/** The integration face of a Headway. */
export type Headway = Client<paths>;

export type Schemas = components["schemas"];

/** `send` takes each call there and its answer back; where it is not said, it repeats what Headway was too busy for. */
export const connect = (url: string, key: string, send: Send = patientFetch): Headway =>
  createClient<paths>({
    baseUrl: `${url}/integration/v1`,
    headers: { Authorization: `Headway-Key ${key}` },
    fetch: send,
  });

type Send = (request: Request) => Promise<Response>;

/** A refusal by Headway, in its own words. */
export class Refused extends Error {
  readonly status: number;
  readonly slug: string;

  constructor(status: number, slug: string, message: string) {
    super(message);
    this.name = "Refused";
    this.status = status;
    this.slug = slug;
  }
}

/** What openapi-fetch makes of an answer. */
export type Answer<Data> = { readonly data?: Data; readonly error?: unknown; readonly response: Response };

/** What was answered, or a Refused. */
export const answerOf = <Data>({ data, error, response }: Answer<Data>): NonNullable<Data> => {
  if (response.ok && data !== undefined && data !== null) return data;
  const { slug, detail, errors } = readProblem(error);
  const others = errors.filter((message) => !detail.includes(message));
  throw new Refused(
    response.status,
    slug,
    [detail || `${response.url} answered ${response.status}.`, ...others].join(" "),
  );
};

const readProblem = (error: unknown): { slug: string; detail: string; errors: string[] } => {
  const problem = typeof error === "object" && error !== null ? error : {};
  const text = (name: string, of: object = problem): string => {
    const value: unknown = Reflect.get(of, name);
    return typeof value === "string" ? value : "";
  };
  const errors: unknown = Reflect.get(problem, "errors");
  const findings = Array.isArray(errors) ? errors : [];
  return {
    slug: text("slug"),
    detail: text("detail"),
    errors: findings.filter((one) => typeof one === "object" && one !== null).map((one) => text("message", one)),
  };
};

/** The header that makes a call count once. */
export const once = (): { "Idempotency-Key": string } => ({ "Idempotency-Key": randomUUID() });

/** The headers of a change to something that was seen in this version. */
export const seen = (version: number): { "Idempotency-Key": string; "If-Match": string } => ({
  ...once(),
  "If-Match": `"${version}"`,
});

/** All items of a paged list. */
export const everyPage = async <Item>(
  read: (page: { limit: number; cursor?: string }) => Promise<{ items: Item[]; next: string | null }>,
): Promise<Item[]> => {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: Item[]; next: string | null } = await read({ limit: 500, ...(cursor ? { cursor } : {}) });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return items;
};

const mostTries = 8;
const longestPause = 15;

/** Waits as long as a busy Headway asks for. Reads and calls that count once are safe to repeat. */
export const patientFetch = async (request: Request): Promise<Response> => {
  for (let tries = 1; ; tries++) {
    const response = await fetch(request.clone());
    const asked = pauseAskedBy(response);
    if (asked === null || tries >= mostTries) return response;
    await response.body?.cancel();
    await pause(asked);
  }
};

/** Milliseconds after which Headway asks for the same call again; null where it does not. */
export const pauseAskedBy = ({ status, headers }: Response): number | null => {
  const asks = Number(headers.get("Retry-After") ?? Number.NaN);
  return [429, 503].includes(status) && !Number.isNaN(asks) ? Math.min(asks, longestPause) * 1000 : null;
};
