import type { ReadFrom } from "./config.ts";
import {
  address,
  host,
  hostAndPort,
  list,
  oneOf,
  orElse,
  portNumber,
  secret,
  setting,
  whole,
  yesOrNo,
} from "./setting.ts";

type Place = readonly [name: string, address: string];

const places = list(
  setting((said): Place => {
    const [, name = "", where] = /^([a-z]+)=(\S+)$/.exec(said) ?? [];
    return [name, address("http", "https")(where)];
  }),
  "hr=http://hr:7000",
);

/** `hr=http://hr:7000,iam=http://iam:7000` */
const addresses = setting((said): ReadonlyMap<string, string> => {
  const found = places(said);
  const twice = found.map(([name]) => name).find((name, index, names) => names.indexOf(name) < index);
  if (twice !== undefined) throw new Error(`says twice where ${twice} is`);
  return new Map(found);
});

/** The settings that every service's process reads from its environment, beside its own. */
export const processConfig = {
  HEADWAY_DATABASE_URL: address("postgres", "postgresql"),
  HEADWAY_KAFKA_BROKERS: list(hostAndPort, "kafka:9092"),
  /** As many as Kafka can count. */
  HEADWAY_KAFKA_REPLICAS: orElse(whole(1, 32_767), 1),
  HEADWAY_INWARD_SECRET: secret,
  /** Where the services are. */
  HEADWAY_SERVICES: addresses,
  HEADWAY_RPC_PORT: portNumber,
  HEADWAY_OPS_PORT: portNumber,
  HEADWAY_HOST: orElse(host, "127.0.0.1"),
  HEADWAY_CONNECTIONS: orElse(whole(5, 1000), 10),
  HEADWAY_LOG_LEVEL: orElse(oneOf("debug", "info", "warn", "error"), "info"),
  HEADWAY_REHEARSAL: orElse(yesOrNo, false),
  /** The demo's: time stands in the past until it is set to the machine's. */
  HEADWAY_CATCHES_UP: orElse(yesOrNo, false),
  OTEL_EXPORTER_OTLP_ENDPOINT: orElse(address("http", "https"), undefined),
};

export type ProcessConfig = ReadFrom<typeof processConfig>;

/** What a service that uses Redis reads beside them. */
export const redisConfig = { HEADWAY_REDIS_URL: address("redis", "rediss") };
