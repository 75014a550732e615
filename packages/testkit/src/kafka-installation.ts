import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { access, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { kafkaLogging, kafkaSettings, loggingFile, settingsFile } from "./kafka-settings.ts";
import { ensureTool } from "./missing.ts";

const run = promisify(execFile);

export const kafkaVersion = "4.3.1";

/** Kafka's jars and a formatted, empty data folder, in this user's cache. */
export type KafkaInstallation = { readonly folder: string; readonly classPath: string; readonly template: string };

/**
 * Kafka from the cache (`$XDG_CACHE_HOME/headway/kafka-<version>`); the first time its jars are fetched by Maven.
 * Made aside and renamed: two processes that fetch at once end with one whole installation.
 * @throws Error in one line when Maven cannot fetch it
 */
export const kafkaInstallation = async (java: string): Promise<KafkaInstallation> => {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "headway");
  const folder = join(cache, `kafka-${kafkaVersion}`);
  const made = await access(folder).then(
    () => true,
    () => false,
  );
  if (!made) {
    await mkdir(cache, { recursive: true });
    const aside = await mkdtemp(`${folder}.`);
    try {
      await fetchJars(aside);
      await writeFile(join(aside, loggingFile), kafkaLogging);
      await format(java, aside);
      await rename(aside, folder).catch(async (error) => await access(folder).catch(() => Promise.reject(error)));
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  }
  return { folder, classPath: join(folder, "libs", "*"), template: join(folder, "template") };
};

/** The logging backend is wanted too: without it the broker is mute. */
const artifacts = [
  { group: "org.apache.kafka", name: "kafka_2.13", version: kafkaVersion },
  { group: "org.apache.logging.log4j", name: "log4j-slf4j-impl", version: "2.25.4" },
];

const fetchJars = async (folder: string): Promise<void> => {
  const maven = await ensureTool("mvn");
  await writeFile(join(folder, "pom.xml"), pom);
  process.stderr.write(`fetching Apache Kafka ${kafkaVersion} by Maven (44 MB, once per user)\n`);
  const goal = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";
  await run(maven, ["-q", "-B", goal, "-DoutputDirectory=libs"], { cwd: folder, maxBuffer: 1 << 26 }).catch(
    (error: Error & { stdout?: string }) => {
      const why = (error.stdout ?? "").split("\n").find((line) => line.includes("ERROR")) ?? error.message;
      throw new Error(
        `Maven could not fetch Apache Kafka ${kafkaVersion}: check the network and ~/.m2/settings.xml (${why.trim()})`,
      );
    },
  );
};

const format = async (java: string, folder: string): Promise<void> => {
  const settings = join(folder, settingsFile);
  await writeFile(settings, kafkaSettings(join(folder, "template"), { client: 1, advertised: 1, controller: 2 }));
  const clusterId = randomBytes(16).toString("base64url");
  const logging = `-Dlog4j2.configurationFile=${join(folder, loggingFile)}`;
  const tool = ["-cp", join(folder, "libs", "*"), logging, "kafka.tools.StorageTool", "format"];
  await run(java, [...tool, "-t", clusterId, "-c", settings]).catch((error: Error & { stderr?: string }) => {
    const old = error.stderr?.includes("UnsupportedClassVersionError");
    throw new Error(
      old ? "Kafka 4 needs Java 17 or newer: sudo apt-get install openjdk-17-jre-headless" : error.message,
    );
  });
};

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>headway</groupId>
  <artifactId>kafka</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
${artifacts
  .map(
    ({ group, name, version }) =>
      `    <dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version></dependency>`,
  )
  .join("\n")}
  </dependencies>
</project>
`;
