/** What came of a call at the edge. Status 0 where there was no answer. */
export type Answered = {
  readonly status: number;
  readonly slug: string;
  readonly body: unknown;
  readonly cookie: string;
  /** When it was asked and when it was answered: milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** What is wrong with the answer, in a sentence; null where nothing is. */
  readonly wrong: string | null;
};

export type Call = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
};

/** Longer than Headway itself takes for anything (milliseconds). */
const patience = 45_000;

/** Calls as a stranger to Headway's code would: tries nothing again, and looks at each answer. */
export const edgeAt =
  (url: string) =>
  async ({ method, path, headers = {}, body }: Call): Promise<Answered> => {
    const from = Date.now();
    try {
      const response = await fetch(url + path, {
        method,
        headers: { ...headers, ...(body && { "content-type": "application/json" }) },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(patience),
      });
      const said: unknown = await response.json().catch(() => null);
      const [slug, { status }] = [textOf(said, "slug"), response];
      const retryAfter = response.headers.get("retry-after");
      const cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
      const wrong = wrongOf(`${method} ${path}`, status, slug, retryAfter);
      return { status, slug, body: said, cookie, from, to: Date.now(), wrong };
    } catch (error) {
      const wrong = `${method} ${path} had no answer: ${String(error)}`;
      return { status: 0, slug: "", body: null, cookie: "", from, to: Date.now(), wrong };
    }
  };

export type Edge = ReturnType<typeof edgeAt>;

export const textOf = (said: unknown, name: string): string => {
  const value: unknown = typeof said === "object" && said !== null ? Reflect.get(said, name) : null;
  return typeof value === "string" ? value : "";
};

export const itemsOf = (said: unknown): readonly unknown[] => {
  const items: unknown = typeof said === "object" && said !== null ? Reflect.get(said, "items") : null;
  return Array.isArray(items) ? items : [];
};

const wrongOf = (call: string, status: number, slug: string, retryAfter: string | null): string | null => {
  if (status < 400) return null;
  if (status === 503 && slug !== "" && Number(retryAfter) > 0) return null;
  return `${call} was answered ${status} ${slug || "without a slug"}${status === 503 ? " without Retry-After" : ""}`;
};
