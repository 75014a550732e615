import { within } from "@headway/kernel/within";
import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { AlwaysOffSampler, BatchSpanProcessor, type SpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";

/**
 * Makes this process write traces: to the collector at `OTEL_EXPORTER_OTLP_ENDPOINT` if there is one.
 * Without one the trace ids still go through calls, logs and events. Answers how to stop it.
 */
export const startTracing = async (
  service: string,
  endpoint: string | undefined,
  processors: SpanProcessor[] = [],
): Promise<() => Promise<void>> => {
  const exporting = endpoint ? [await exportTo(endpoint)] : [];
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": `headway-${service}` }),
    spanProcessors: [...exporting, ...processors],
    // Where nobody writes spans down there are only their ids.
    ...(exporting.length + processors.length === 0 ? { sampler: new AlwaysOffSampler() } : {}),
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  // A collector that does not answer must not hold up a stop.
  return () => within(2000, provider.shutdown()).catch(() => {});
};

/** Loaded where there is a collector alone: it costs a process some megabytes. */
const exportTo = async (endpoint: string): Promise<SpanProcessor> => {
  const { OTLPTraceExporter } = await import("@opentelemetry/exporter-trace-otlp-http");
  return new BatchSpanProcessor({
    exporter: new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, "")}/v1/traces` }),
  });
};
