import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { isRoot } from "./system-user.ts";

/** A program that does not come with npm. */
export type Tool = "java" | "mvn" | "redis-server" | "chromium";

type Source = { readonly commands: readonly string[]; readonly debian: readonly string[]; readonly brew: string };

/** Debian packages in order of preference: which one there is depends on the release. */
const sources: Record<Tool, Source> = {
  java: { commands: ["java"], debian: ["openjdk-21-jre-headless", "openjdk-17-jre-headless"], brew: "openjdk@21" },
  mvn: { commands: ["mvn"], debian: ["maven"], brew: "maven" },
  "redis-server": { commands: ["redis-server"], debian: ["redis-server"], brew: "redis" },
  chromium: {
    commands: ["chromium", "chromium-browser", "google-chrome"],
    debian: ["chromium"],
    brew: "--cask chromium",
  },
};

let installing: Promise<unknown> = Promise.resolve();

/**
 * The path of a program; it is installed by apt-get where we are root on a Debian-like system, saying so on stderr.
 * @throws Error in one line, naming the command that installs it
 */
export const ensureTool = async (tool: Tool): Promise<string> => {
  const there = await findTool(tool);
  if (there !== null) return there;
  // One apt-get at a time: it holds a lock.
  const turn = installing.then(async () => (await findTool(tool)) ?? (await install(tool)));
  installing = turn.catch(() => undefined);
  return await turn;
};

const findTool = async (tool: Tool): Promise<string | null> => {
  for (const command of sources[tool].commands) {
    const path = await findOnPath(command);
    if (path !== null) return path;
  }
  return null;
};

const findOnPath = async (command: string): Promise<string | null> => {
  for (const folder of (process.env.PATH ?? "").split(delimiter).filter((part) => part !== "")) {
    const path = join(folder, command);
    const runs = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return path;
  }
  return null;
};

const install = async (tool: Tool): Promise<string> => {
  if (!isRoot() || (await findOnPath("apt-get")) === null) throw new Error(`${tool} is missing: ${remedy(tool)}`);
  let failure = await tryPackages(tool);
  if (failure !== "") {
    // A fresh system has no package lists, an old one stale ones.
    await aptGet(["update"]);
    failure = await tryPackages(tool);
  }
  const path = await findTool(tool);
  if (path === null) {
    throw new Error(
      `${tool} is missing, and apt-get could not install it (${failure || "not on the path"}): ${remedy(tool)}`,
    );
  }
  return path;
};

/** @returns the empty string on success, else why the last package could not be installed */
const tryPackages = async (tool: Tool): Promise<string> => {
  let failure = "";
  for (const name of sources[tool].debian) {
    process.stderr.write(`${tool} is missing: installing Debian's package ${name}\n`);
    failure = await aptGet(["install", "-y", "--no-install-recommends", name]);
    if (failure === "") return "";
  }
  return failure;
};

const aptGet = async (args: readonly string[]): Promise<string> =>
  await new Promise((resolve) => {
    const child = spawn("apt-get", ["-q", "-o", "DPkg::Lock::Timeout=300", ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => void chunks.push(chunk));
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code) => {
      const lines = Buffer.concat(chunks).toString().trim().split("\n");
      resolve(
        code === 0 ? "" : (lines.findLast((line) => line.startsWith("E:")) ?? lines.at(-1) ?? `exit code ${code}`),
      );
    });
  });

const remedy = (tool: Tool): string => {
  const { debian, brew } = sources[tool];
  if (process.platform === "darwin") return `brew install ${brew}`;
  return `sudo apt-get install ${debian.at(-1)} (or your system's package of it)`;
};
