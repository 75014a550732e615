import { context, propagation, type Span, SpanKind, SpanStatusCode, TraceFlags, trace } from "@opentelemetry/api";

export { SpanKind };

const tracer = trace.getTracer("headway");

/**
 * Runs `work` in a span; what it throws marks the span as failed and goes on.
 * In a trace that nobody writes down the caller's span stands for all: only the ids matter then.
 */
export const traced = <T>(name: string, kind: SpanKind, work: (span: Span) => Promise<T>): Promise<T> => {
  const caller = trace.getActiveSpan();
  if (caller && !isWrittenDown(caller)) return work(caller);
  return tracer.startActiveSpan(name, { kind }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
};

const isWrittenDown = (span: Span): boolean => (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;

/** Runs `work` as a part of the trace that a caller or an event carries. */
export const continued = <T>(carried: string | null, work: () => T): T =>
  carried ? context.with(propagation.extract(context.active(), { traceparent: carried }), work) : work();
