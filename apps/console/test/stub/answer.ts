export type Answer = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
};

export const ok = (body: unknown): Answer => ({ status: 200, body });

/** A problem as the gateway would word it. */
export const problem = (
  status: number,
  slug: string,
  detail = `Refused: ${slug}.`,
  headers: Record<string, string> = {},
): Answer => ({
  status,
  headers,
  body: {
    type: `https://headway.example/problems/${slug}`,
    title: "Refused",
    status,
    slug,
    detail,
    instance: "/dispatcher/v1",
    errors: [],
    traceId: "4bf92f3577b34da6",
  },
});
