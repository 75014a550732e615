import type { ReadFrom } from "./config.ts";
import { address, list, oneOf, orElse, portNumber, secret, setting, text, whole, yesOrNo } from "./setting.ts";

/** `hr=http://hr:7000,iam=http://iam:7000` */
const addresses = setting((said): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  const wrong: string[] = [];
  for (const entry of list(said)) {
    const [, name, where] = /^([a-z]+)=(https?:\/\/.+)$/.exec(entry) ?? [];
    if (name && where && URL.canParse(where)) found.set(name, where);
    else wrong.push(`"${entry}"`);
  }
  if (wrong.length > 0) throw new Error(`${wrong.join(", ")} must be like hr=http://hr:7000`);
  return found;
});

/** The settings that every service's process reads from its environment, beside its own. */
export const processConfig = {
  HEADWAY_DATABASE_URL: address("postgres", "postgresql"),
  /** `host:port` each. */
  HEADWAY_KAFKA_BROKERS: list,
  HEADWAY_KAFKA_REPLICAS: orElse(whole(1), 1),
  HEADWAY_INWARD_SECRET: secret,
  /** Where the services are. */
  HEADWAY_SERVICES: addresses,
  HEADWAY_RPC_PORT: portNumber,
  HEADWAY_OPS_PORT: portNumber,
  HEADWAY_HOST: orElse(text, "127.0.0.1"),
  HEADWAY_CONNECTIONS: orElse(whole(5), 10),
  HEADWAY_LOG_LEVEL: orElse(oneOf("debug", "info", "warn", "error"), "info"),
  HEADWAY_REHEARSAL: orElse(yesOrNo, false),
  /** The demo's: time stands in the past until it is set to the machine's. */
  HEADWAY_CATCHES_UP: orElse(yesOrNo, false),
  OTEL_EXPORTER_OTLP_ENDPOINT: orElse(address("http", "https"), undefined),
};

export type ProcessConfig = ReadFrom<typeof processConfig>;

/** What a service that uses Redis reads beside them. */
export const redisConfig = { HEADWAY_REDIS_URL: address("redis", "rediss") };
