import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { claimFolder } from "@headway/testkit/claimed-folder";
import { freePorts } from "@headway/testkit/free-port";
import { kafkaAnswers } from "@headway/testkit/kafka-answers";
import { kafkaInstallation } from "@headway/testkit/kafka-installation";
import { kafkaSettings, loggingFile, settingsFile } from "@headway/testkit/kafka-settings";
import { ensureTool } from "@headway/testkit/missing";
import { launchServer, type ServerProcess } from "@headway/testkit/server-process";

export type MortalKafka = {
  readonly brokers: readonly string[];
  /** Ends it by SIGKILL. */
  readonly kill: () => Promise<void>;
  /** Starts it on the same data and port. Resolves when clients are served, with the moment (milliseconds since 1970). */
  readonly startAgain: () => Promise<number>;
  readonly stop: () => Promise<void>;
};

const patience = 120_000;

/** A broker that is killed waits until its own earlier session has ended: by itself 9 s, here 2 s. */
const shortSession = "broker.session.timeout.ms=2000\nbroker.heartbeat.interval.ms=300\n";

/** Testkit's Kafka, on new data in a folder, made to be killed often. */
export const mortalKafka = async (folder: string): Promise<MortalKafka> => {
  const java = await ensureTool("java");
  const installation = await kafkaInstallation(java);
  await cp(installation.template, join(folder, "data"), { recursive: true });
  const [client = 0, controller = 0] = await freePorts(2);
  const settings = join(folder, settingsFile);
  const ports = { client, advertised: client, controller };
  await writeFile(settings, kafkaSettings(join(folder, "data"), ports) + shortSession);
  const launch = launcher({ java, folder, settings, installation });
  const startAgain = async (): Promise<ServerProcess> => {
    const server = await launch();
    await kafkaAnswers(`127.0.0.1:${client}`, patience);
    return server;
  };
  let server = await startAgain();
  return {
    brokers: [`127.0.0.1:${client}`],
    kill: () => server.kill(),
    async startAgain() {
      server = await startAgain();
      return Date.now();
    },
    stop: () => server.stop(),
  };
};

type Launched = {
  readonly java: string;
  readonly folder: string;
  readonly settings: string;
  readonly installation: Awaited<ReturnType<typeof kafkaInstallation>>;
};

const launcher = ({ java, folder, settings, installation }: Launched) => {
  const logging = `-Dlog4j2.configurationFile=${join(installation.folder, loggingFile)}`;
  return async (): Promise<ServerProcess> =>
    launchServer({
      name: `Kafka in ${folder}`,
      command: java,
      // It lives too briefly for the compiler's second thoughts.
      args: [
        "-Xmx256m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        installation.classPath,
        logging,
        "kafka.Kafka",
        settings,
      ],
      cwd: folder,
      env: { ...process.env, LC_ALL: "C" },
      ready: /Kafka Server started/,
      readyWithin: patience,
      stopSignal: "SIGTERM",
      forceSignal: "SIGKILL",
      stopWithin: 20_000,
      claim: await claimFolder(folder, (line) => line.includes(`kafka.Kafka ${settings}`), "SIGTERM"),
    });
};
