import { randomUUID } from "node:crypto";
import { unlinkSync } from "node:fs";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { commandLineOf, identityOf } from "./process-identity.ts";

/** The right of one process to run a server in a folder, written down in the folder's `running.json`. */
export type Claim = {
  /** Notes the server, so that the next start finds it should this process be killed. */
  note(serverPid: number): Promise<void>;
  release(): void;
};

/** Knows a server's command line, so that nothing else is ever ended. */
export type IsOurs = (commandLine: string) => boolean;

type ProcessNote = { readonly pid: number; readonly identity: string };
type Note = { readonly owner: ProcessNote; readonly server: ProcessNote | null };

/**
 * Claims a folder for a server whose command line `isOurs` knows. A server left behind by a killed owner is
 * ended first; nothing is ended that was not noted here, or whose pid now belongs to another program.
 * @throws Error in one line when a living process has the folder
 */
export const claimFolder = async (folder: string, isOurs: IsOurs, stopSignal: NodeJS.Signals): Promise<Claim> => {
  const file = join(folder, "running.json");
  const owner = await noteOf(process.pid);
  while (!(await create(file, { owner, server: null }))) {
    const text = await readFile(file, "utf8").catch(() => null);
    if (text === null) continue;
    const left = parse(text);
    if (left && (await lives(left.owner))) {
      throw new Error(
        `${folder} is in use by process ${left.owner.pid}${left.owner.pid === process.pid ? " (this one)" : ""}`,
      );
    }
    if (left?.server && (await lives(left.server))) await endLeftover(left.server.pid, isOurs, stopSignal);
    await discard(file, text);
  }
  let held = true;
  return {
    note: async (serverPid) => await replace(file, { owner, server: await noteOf(serverPid) }),
    release: () => {
      if (!held) return;
      held = false;
      try {
        unlinkSync(file);
      } catch {
        // The folder may be gone already.
      }
    },
  };
};

/**
 * Ends a server that outlived its owner: `signal`, after ten seconds SIGKILL.
 * @throws Error in one line when the process is another program, or not ours to stop
 */
export const endLeftover = async (pid: number, isOurs: IsOurs, signal: NodeJS.Signals): Promise<void> => {
  const identity = await identityOf(pid);
  if (identity === null || !isOurs((await commandLineOf(pid)) ?? "")) return;
  const patience = Date.now() + 10_000;
  send(pid, signal);
  while ((await identityOf(pid)) === identity) {
    if (Date.now() > patience) send(pid, "SIGKILL");
    // Somebody else's child: the system has no event for its end.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const send = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ESRCH") return;
    throw new Error(`a server left behind (process ${pid}) belongs to another user: stop it with \`sudo kill ${pid}\``);
  }
};

const lives = async (note: ProcessNote): Promise<boolean> => (await identityOf(note.pid)) === note.identity;

const noteOf = async (pid: number): Promise<ProcessNote> => ({ pid, identity: (await identityOf(pid)) ?? "gone" });

/** Appears whole or not at all: a link is made only where no file is. */
const create = async (file: string, note: Note): Promise<boolean> => {
  const aside = `${file}.${randomUUID()}`;
  await writeFile(aside, JSON.stringify(note), { mode: 0o600 });
  try {
    await link(aside, file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
};

const replace = async (file: string, note: Note): Promise<void> => {
  const aside = `${file}.${randomUUID()}`;
  await writeFile(aside, JSON.stringify(note), { mode: 0o600 });
  await rename(aside, file);
};

/** Takes the dead owner's note away, unless another process has put its own there meanwhile. */
const discard = async (file: string, expected: string): Promise<void> => {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, "utf8")) !== expected) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
};

const parse = (text: string): Note | null => {
  try {
    const note: unknown = JSON.parse(text);
    return isNote(note) ? note : null;
  } catch {
    return null;
  }
};

const isNote = (value: unknown): value is Note =>
  typeof value === "object" &&
  value !== null &&
  "owner" in value &&
  isProcess(value.owner) &&
  "server" in value &&
  (value.server === null || isProcess(value.server));

const isProcess = (value: unknown): value is ProcessNote =>
  typeof value === "object" &&
  value !== null &&
  "pid" in value &&
  Number.isInteger(value.pid) &&
  "identity" in value &&
  typeof value.identity === "string";
