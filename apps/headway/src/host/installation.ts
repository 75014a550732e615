import { randomBytes } from "node:crypto";
import { access, constants, mkdir, readdir, readFile, readlink, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { claimFolder } from "@headway/testkit/claimed-folder";
import { CannotStart } from "./cannot-start.ts";

/** What belongs to one installation and is made at its first start: a folder, and secrets that nobody else has. */
export type Installation = {
  readonly folder: string;
  /** For the services' environment. */
  readonly secrets: Readonly<Record<"HEADWAY_INWARD_SECRET" | "HEADWAY_PEPPER", string>>;
  /** Keeps a word for the next start, readable to this user only. */
  readonly keep: (name: string, text: string) => Promise<void>;
  readonly kept: (name: string) => Promise<string | null>;
};

/** What Headway keeps in its folder; nothing else is ever removed. */
const own = [
  "postgres",
  "kafka",
  "redis",
  "log",
  "inward-secret",
  "pepper",
  "demo-key",
  "demo-lived-until",
  "demo.json",
].flatMap((name) => [name, `${name}.new`]);

/**
 * Opens the folder of an installation, or makes it; `fresh` removes what Headway kept there.
 * @throws CannotStart where it cannot be written, where another Headway runs, or where fresh would hit a folder of somebody else's
 */
export const openInstallation = async (where: string, fresh: boolean): Promise<Installation> => {
  const folder = resolve(where);
  await makeWritable(folder);
  if (fresh) await demandNothingForeign(folder);
  await claimFolder(folder, () => false, "SIGTERM").catch((error: Error) => {
    throw new CannotStart(`${error.message}. End that Headway first, or set HEADWAY_DATA to another folder.`);
  });
  if (fresh) await removeAll(folder);
  const kept = (name: string): Promise<string | null> => readFile(join(folder, name), "utf8").catch(() => null);
  // Written aside: whoever is killed meanwhile leaves the word before.
  const keep = async (name: string, text: string): Promise<void> => {
    const file = join(folder, name);
    await writeFile(`${file}.new`, text, { mode: 0o600 });
    await rename(`${file}.new`, file);
  };
  const secretOf = async (name: string): Promise<string> => {
    const known = await kept(name);
    if (known) return known;
    const made = randomBytes(32).toString("hex");
    await keep(name, made);
    return made;
  };
  return {
    folder,
    keep,
    kept,
    secrets: { HEADWAY_INWARD_SECRET: await secretOf("inward-secret"), HEADWAY_PEPPER: await secretOf("pepper") },
  };
};

const makeWritable = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    const why = ["EEXIST", "ENOTDIR"].includes(code) ? "is a file, not a folder" : `cannot be written (${code})`;
    throw new CannotStart(`The data folder ${folder} ${why}. Set HEADWAY_DATA to a folder of your own.`);
  }
};

const demandNothingForeign = async (folder: string): Promise<void> => {
  const found = await readdir(folder);
  const foreign = found.filter((name) => name !== "running.json" && !own.includes(name));
  if (foreign.length > 0)
    throw new CannotStart(
      `${folder} holds what is not Headway's (${foreign.slice(0, 3).join(", ")}), so --fresh removes nothing. Set HEADWAY_DATA to a folder of its own.`,
    );
};

const removeAll = async (folder: string): Promise<void> => {
  // Root's PostgreSQL may keep its data elsewhere, behind a link.
  const elsewhere = await readlink(join(folder, "postgres", "data")).catch(() => null);
  if (elsewhere !== null) await rm(resolve(folder, "postgres", elsewhere), { recursive: true, force: true });
  for (const name of own) await rm(join(folder, name), { recursive: true, force: true });
};
