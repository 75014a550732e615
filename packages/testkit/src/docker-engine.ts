import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

type Testcontainers = typeof import("testcontainers");

/** A Docker engine that answers. */
export type DockerEngine = {
  readonly testcontainers: Testcontainers;
  /** The address under which published ports are reached. */
  readonly host: string;
  /** True when the image is there, pulled if need be. Where it cannot be had, stderr says why, and what happens otherwise. */
  canGet(image: string, otherwise: string): Promise<boolean>;
};

// Limits for what hangs. A registry that is silent is given up by the engine itself, after a quarter of a minute.
const answersWithin = 30_000;
const pulledWithin = 300_000;
let engine: Promise<DockerEngine | null> | undefined;
let ryuk: Promise<void> | undefined;

/** The Docker engine of this machine or of DOCKER_HOST, null when none answers. Asked once. */
export const dockerEngine = async (): Promise<DockerEngine | null> => {
  engine ??= find();
  return await engine;
};

const find = async (): Promise<DockerEngine | null> => {
  // Testcontainers takes a second to load: not without a sign of an engine.
  if (!process.env.DOCKER_HOST && !sockets().some((path) => existsSync(path))) return null;
  const testcontainers = await import("testcontainers");
  const client = await within(answersWithin, testcontainers.getContainerRuntimeClient()).catch(() => null);
  if (client === null) {
    if (process.env.DOCKER_HOST) say("no Docker engine answers at DOCKER_HOST: servers run without containers");
    return null;
  }
  const get = async (image: string): Promise<void> => {
    const name = testcontainers.ImageName.fromString(image);
    if (await within(answersWithin, client.image.exists(name))) return;
    say(`fetching the image ${image} (once per Docker engine)`);
    await within(pulledWithin, client.image.pull(name));
    // A pull that fails midway still ends well for dockerode: the image itself is asked for.
    if (!(await within(answersWithin, client.image.exists(name)))) throw new Error("the download broke off");
  };
  const canGet = async (image: string, otherwise: string): Promise<boolean> =>
    await get(image).then(
      () => true,
      (error: Error) => {
        say(`Docker cannot get ${image} (${error.message.replace(/\s+/g, " ").trim()}): ${otherwise}`);
        return false;
      },
    );
  return { testcontainers, host: client.info.containerRuntime.host, canGet };
};

/**
 * Ryuk, Testcontainers' own sweeper, needs an image too. Without it containers are stopped by us alone, and one may
 * stay behind when this process is killed.
 */
export const settleRyuk = async (docker: DockerEngine): Promise<void> => {
  ryuk ??= (async () => {
    if (process.env.TESTCONTAINERS_RYUK_DISABLED !== undefined) return;
    process.env.RYUK_CONTAINER_IMAGE ??= "testcontainers/ryuk:0.14.0";
    const otherwise = "containers of a run that is killed stay behind";
    if (!(await docker.canGet(process.env.RYUK_CONTAINER_IMAGE, otherwise)))
      process.env.TESTCONTAINERS_RYUK_DISABLED = "true";
  })();
  await ryuk;
};

const sockets = (): string[] => [
  "/var/run/docker.sock",
  join(homedir(), ".docker/run/docker.sock"),
  join(process.env.XDG_RUNTIME_DIR ?? "/run/user/none", "docker.sock"),
];

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const within = async <T>(ms: number, promise: Promise<T>): Promise<T> =>
  await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
