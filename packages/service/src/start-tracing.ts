import { within } from "@headway/kernel/within";
import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, type SpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";

/**
 * Makes this process write traces: to the collector at `OTEL_EXPORTER_OTLP_ENDPOINT` if there is one.
 * Without one the trace ids still go through calls, logs and events. Answers how to stop it.
 */
export const startTracing = (
  service: string,
  endpoint: string | undefined,
  processors: SpanProcessor[] = [],
): (() => Promise<void>) => {
  const exporting = endpoint
    ? [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, "")}/v1/traces` }) })]
    : [];
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": `headway-${service}` }),
    spanProcessors: [...exporting, ...processors],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  // A collector that does not answer must not hold up a stop.
  return () => within(2000, provider.shutdown()).catch(() => {});
};
