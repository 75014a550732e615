/** The names of Kafka's files in a server's folder and in the installation. */
export const settingsFile = "server.properties";
/** The name of the logging settings in the broker's folder. */
export const loggingFile = "log4j2.xml";

export type KafkaPorts = { readonly client: number; readonly advertised: number; readonly controller: number };

/** `server.properties` of a single node on the loopback. */
export const kafkaSettings = (data: string, { client, advertised, controller }: KafkaPorts): string =>
  lines(
    singleNode({
      data,
      client: `127.0.0.1:${client}`,
      advertised: `127.0.0.1:${advertised}`,
      controller: `127.0.0.1:${controller}`,
    }),
  );

/** The same for Kafka's own image, which listens on port 9092: its settings are variables. */
export const kafkaEnvironment = (advertised: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(
      singleNode({ data: "/var/lib/kafka/data", client: "0.0.0.0:9092", advertised, controller: "127.0.0.1:9093" }),
    ).map(([key, value]) => [`KAFKA_${key.toUpperCase().replaceAll(".", "_")}`, String(value)]),
  );

type Settings = Readonly<Record<string, string | number | boolean>>;
type Node = {
  readonly data: string;
  readonly client: string;
  readonly advertised: string;
  readonly controller: string;
};

/** A node that is broker and controller, tuned for small data. Addresses are `host:port`. */
const singleNode = ({ data, client, advertised, controller }: Node): Settings => ({
  "process.roles": "broker,controller",
  "node.id": 1,
  listeners: `CLIENT://${client},CONTROLLER://${controller}`,
  "advertised.listeners": `CLIENT://${advertised}`,
  "listener.security.protocol.map": "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT",
  "inter.broker.listener.name": "CLIENT",
  "controller.listener.names": "CONTROLLER",
  "controller.quorum.voters": `1@${controller}`,
  "log.dirs": data,
  "auto.create.topics.enable": false,
  "group.initial.rebalance.delay.ms": 0,
  "offsets.topic.replication.factor": 1,
  "offsets.topic.num.partitions": 4,
  "transaction.state.log.replication.factor": 1,
  "transaction.state.log.min.isr": 1,
  "transaction.state.log.num.partitions": 4,
  "share.coordinator.state.topic.replication.factor": 1,
  "share.coordinator.state.topic.min.isr": 1,
  "share.coordinator.state.topic.num.partitions": 4,
});

/** Warnings, and the one line that says that the server is up. */
export const kafkaLogging = `<?xml version="1.0" encoding="UTF-8"?>
<Configuration status="WARN">
  <Appenders>
    <Console name="out" target="SYSTEM_OUT"><PatternLayout pattern="%d %p %c{1} %m%n"/></Console>
  </Appenders>
  <Loggers>
    <Logger name="kafka.server.KafkaRaftServer" level="INFO"/>
    <Root level="WARN"><AppenderRef ref="out"/></Root>
  </Loggers>
</Configuration>
`;

const lines = (settings: Settings): string =>
  Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join("");
