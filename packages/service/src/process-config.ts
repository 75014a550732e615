import { z } from "zod";
import { portNumber, secret } from "./config.ts";

const list = z.string().transform((text) =>
  text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== ""),
);

/** `hr=http://hr:7000,iam=http://iam:7000` */
const addresses = list.transform((entries, context) => {
  const found = new Map<string, string>();
  for (const entry of entries) {
    const [, name, address] = /^([a-z]+)=(https?:\/\/.+)$/.exec(entry) ?? [];
    if (name && address && URL.canParse(address)) found.set(name, address);
    else context.addIssue(`"${entry}" is not like hr=http://hr:7000`);
  }
  return found;
});

/** The settings that every service's process reads from its environment, beside its own. */
export const processConfig = z.object({
  HEADWAY_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  HEADWAY_KAFKA_BROKERS: list.refine((brokers) => brokers.length > 0, "needs host:port,host:port"),
  HEADWAY_KAFKA_REPLICAS: z.coerce.number().int().min(1).default(1),
  HEADWAY_INWARD_SECRET: secret,
  /** Where the services are. */
  HEADWAY_SERVICES: addresses,
  HEADWAY_RPC_PORT: portNumber,
  HEADWAY_OPS_PORT: portNumber,
  HEADWAY_HOST: z.string().default("127.0.0.1"),
  HEADWAY_CONNECTIONS: z.coerce.number().int().min(5).default(10),
  HEADWAY_LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
  HEADWAY_REHEARSAL: z.stringbool().default(false),
  /** The demo's: time stands in the past until it is set to the machine's. */
  HEADWAY_CATCHES_UP: z.stringbool().default(false),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
});

/** What a service that uses Redis reads beside them. */
export const redisConfig = z.object({ HEADWAY_REDIS_URL: z.url({ protocol: /^rediss?$/ }) });
