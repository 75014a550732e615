import { randomBytes } from "node:crypto";
import type { GenericContainer } from "testcontainers";
import { type DockerEngine, dockerEngine, settleRyuk } from "./docker-engine.ts";
import { onFreePort } from "./free-port.ts";
import { kafkaAnswers } from "./kafka-answers.ts";
import { kafkaVersion } from "./kafka-installation.ts";
import { kafkaEnvironment } from "./kafka-settings.ts";
import { StartFailure } from "./server-process.ts";
import { stopOnExit } from "./stop-on-exit.ts";

/** A server in a container of its own, whose data go with it. The address is a url or host:port. */
export type ContainerServer = { readonly address: string; stop(): Promise<void> };

const images = { postgres: "postgres:18", redis: "redis:8", kafka: `apache/kafka:${kafkaVersion}` };
/** A busy machine may take its time. */
const readyWithin = 120_000;

/** PostgreSQL in a container; null when no Docker engine answers, or it cannot get the image. */
export const containerPostgres = async (): Promise<ContainerServer | null> => {
  const docker = await engineWith(images.postgres, "PostgreSQL");
  if (docker === null) return null;
  const { GenericContainer, Wait } = docker.testcontainers;
  const password = newPassword();
  const quick = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
  const settings = ["max_connections=300", "timezone=UTC", ...quick];
  const container = new GenericContainer(images.postgres)
    .withEnvironment({
      POSTGRES_USER: "headway",
      POSTGRES_DB: "postgres",
      POSTGRES_PASSWORD: password,
      POSTGRES_INITDB_ARGS: "--locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 --encoding=UTF8",
    })
    .withCommand(["postgres", ...settings.flatMap((setting) => ["-c", setting])])
    .withExposedPorts(5432)
    // The image fills the cluster by a first server, which does not listen to TCP.
    .withWaitStrategy(Wait.forSuccessfulCommand("pg_isready -q -h 127.0.0.1 -U headway"));
  const started = await start(container);
  return { address: `postgres://headway:${password}@${docker.host}:${started.port(5432)}`, stop: started.stop };
};

/** Redis in a container; null when no Docker engine answers, or it cannot get the image. */
export const containerRedis = async (): Promise<ContainerServer | null> => {
  const docker = await engineWith(images.redis, "Redis");
  if (docker === null) return null;
  const { GenericContainer, Wait } = docker.testcontainers;
  const password = newPassword();
  const container = new GenericContainer(images.redis)
    .withCommand(["redis-server", "--save", "", "--requirepass", password])
    .withExposedPorts(6379)
    .withWaitStrategy(Wait.forLogMessage(/Ready to accept connections/));
  const started = await start(container);
  return { address: `redis://:${password}@${docker.host}:${started.port(6379)}`, stop: started.stop };
};

/** Kafka in a container; null when no Docker engine answers, or it cannot get the image. */
export const containerKafka = async (): Promise<ContainerServer | null> => {
  const docker = await engineWith(images.kafka, "Kafka");
  if (docker === null) return null;
  const { GenericContainer, Wait } = docker.testcontainers;
  // Clients are told this port by the broker itself, so it has to be known before the start.
  return await onFreePort(undefined, async (port) => {
    const address = `${docker.host}:${port}`;
    const container = new GenericContainer(images.kafka)
      .withEnvironment({ ...kafkaEnvironment(address), KAFKA_HEAP_OPTS: "-Xmx256m" })
      .withExposedPorts({ container: 9092, host: port })
      .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/));
    const { stop } = await start(container);
    await kafkaAnswers(address, readyWithin).catch(async (error) => {
      await stop();
      throw error;
    });
    return { address, stop };
  });
};

const engineWith = async (image: string, name: string): Promise<DockerEngine | null> => {
  const docker = await dockerEngine();
  if (docker === null || !(await docker.canGet(image, `${name} runs without a container`))) return null;
  await settleRyuk(docker);
  return docker;
};

const start = async (container: GenericContainer) => {
  const started = await container
    .withStartupTimeout(readyWithin)
    .start()
    .catch((error: Error) => {
      throw new StartFailure(`a container did not start: ${error.message}`, error.message);
    });
  const end = async (): Promise<void> => void (await started.stop({ timeout: 10_000 }));
  // At the bare exit of this process Ryuk sweeps: Docker can only be asked asynchronously.
  const forget = stopOnExit({ stop: end, stopNow: () => undefined });
  const stop = async (): Promise<void> => {
    forget();
    await end();
  };
  return { port: (inside: number) => started.getMappedPort(inside), stop };
};

const newPassword = (): string => randomBytes(24).toString("hex");
