import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";

const tracer = trace.getTracer("headway-postgres");

/**
 * Runs one statement in a span that shows its text; values are never shown.
 * Outside any trace, and in one that nobody writes down, there is no span: what looks for work twice a second would bury the traces that tell something.
 */
export const traced = async <T>(sql: string, work: () => Promise<T>): Promise<T> => {
  if (!trace.getActiveSpan()?.isRecording()) return work();
  const name = `postgres ${sql.trimStart().split(/\s/, 1)[0] ?? ""}`;
  return tracer.startActiveSpan(name, { kind: SpanKind.CLIENT }, async (span) => {
    span.setAttribute("db.query.text", sql);
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
};
