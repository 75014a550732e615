import { cp, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { claimFolder } from "./claimed-folder.ts";
import { freePort, onFreePort } from "./free-port.ts";
import { kafkaAnswers } from "./kafka-answers.ts";
import { kafkaInstallation } from "./kafka-installation.ts";
import { kafkaSettings, loggingFile, settingsFile } from "./kafka-settings.ts";
import { ensureTool } from "./missing.ts";
import { launchServer, type ServerProcess } from "./server-process.ts";

export type KafkaOptions = {
  /** Made if missing; topics and messages in it survive. */
  readonly folder: string;
  /** Taken if free; otherwise, or when not given, any free one. Give the old one when clients should find it again. */
  readonly port?: number | undefined;
  /** The port that clients are told to use, when a fault proxy stands between. Default: the broker's own. */
  readonly advertisedPort?: number | undefined;
  /** Gets Kafka's log line by line: warnings, and that it started. */
  readonly log?: ((line: string) => void) | undefined;
};

/** A running Kafka of one node, broker and controller in one. */
export type NativeKafka = {
  /** Its bootstrap servers, `host:port`. */
  readonly brokers: string[];
  readonly port: number;
  readonly pid: number;
  /** Fulfilled when the process is gone, with how it ended. */
  readonly exited: Promise<string>;
  /** Shuts down in order. */
  stop(): Promise<void>;
  /** Ends it with SIGKILL, as a crash would. */
  kill(): Promise<void>;
};

/** Milliseconds to start, and again to answer clients: a busy machine may take its time, and a killed broker is given up after 9 s. */
const readyWithin = 120_000;

/**
 * Starts Apache Kafka (KRaft) from Maven's jars on the data in a folder, on the loopback only. Resolves when the broker
 * is ready for clients.
 * @throws Error in one line with the remedy: Java or Maven missing, no download, folder in use by a living process
 */
export const startKafka = async (options: KafkaOptions): Promise<NativeKafka> => {
  const java = await ensureTool("java");
  const installation = await kafkaInstallation(java);
  const folder = resolve(options.folder);
  await mkdir(folder, { recursive: true });
  const settings = join(folder, settingsFile);
  const claim = await claimFolder(folder, (line) => line.includes(`kafka.Kafka ${settings}`), "SIGTERM");
  const launch = async (port: number): Promise<ServerProcess> => {
    const ports = { client: port, advertised: options.advertisedPort ?? port, controller: await freePort() };
    await writeFile(settings, kafkaSettings(join(folder, "data"), ports));
    const logging = `-Dlog4j2.configurationFile=${join(installation.folder, loggingFile)}`;
    const server = await launchServer({
      name: `Kafka in ${folder}`,
      command: java,
      args: ["-Xmx256m", "-cp", installation.classPath, logging, "kafka.Kafka", settings],
      cwd: folder,
      env: { ...process.env, LC_ALL: "C" },
      ready: /Kafka Server started/,
      readyWithin,
      stopSignal: "SIGTERM",
      forceSignal: "SIGKILL",
      stopWithin: 20_000,
      log: options.log,
      claim,
    });
    await kafkaAnswers(`127.0.0.1:${port}`, readyWithin).catch(async (error) => {
      await server.kill();
      throw error;
    });
    return server;
  };
  try {
    await formatted(folder, installation.template);
    const { server, port } = await onFreePort(options.port, async (port) => ({ server: await launch(port), port }));
    const brokers = [`127.0.0.1:${options.advertisedPort ?? port}`];
    return { ...server, brokers, port };
  } catch (error) {
    claim.release();
    throw error;
  }
};

/** A formatted folder is copied: Kafka's own tool takes two seconds for it. Made aside, so that it is whole or missing. */
const formatted = async (folder: string, template: string): Promise<void> => {
  const data = join(folder, "data");
  if (await stat(data).catch(() => null)) return;
  const aside = `${data}.new`;
  await rm(aside, { recursive: true, force: true });
  await cp(template, aside, { recursive: true });
  await rename(aside, data);
};
