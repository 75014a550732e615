import { within } from "@headway/kernel/within";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export type Metrics = {
  readonly requests: Histogram<"operation" | "outcome">;
  /** Registers a figure that is read when it is asked for; several services may register the same. One that cannot be read within 2 s is left out. */
  readonly gauge: (name: string, help: string, read: () => Promise<readonly Reading[]>) => void;
  /** Prometheus text format, version 0.0.4. */
  readonly text: () => Promise<string>;
};

type Reading = { readonly value: number; readonly labels: Readonly<Record<string, string>> };

/** The figures of one process. */
export const openMetrics = (): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "headway_" });
  const requests = new Histogram({
    name: "headway_requests_seconds",
    help: "Time to answer a call, by operation and outcome.",
    labelNames: ["operation", "outcome"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const readers = new Map<string, (() => Promise<readonly Reading[]>)[]>();
  return {
    requests,
    gauge(name, help, read) {
      const known = readers.get(name);
      if (known) return void known.push(read);
      const all = [read];
      readers.set(name, all);
      new Gauge({
        name,
        help,
        labelNames: ["service", "state"],
        registers: [registry],
        async collect() {
          this.reset();
          const readings = await Promise.all(all.map((each) => within(2000, each()).catch(() => [])));
          for (const { labels, value } of readings.flat()) this.set({ ...labels }, value);
        },
      });
    },
    text: () => registry.metrics(),
  };
};
