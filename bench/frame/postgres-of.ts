import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** `postgres://user:password@127.0.0.1:port` of the PostgreSQL that a running Headway keeps in its data folder. Throws where none runs. */
export const postgresOf = async (folder: string): Promise<string> => {
  const data = join(folder, "postgres", "data");
  const read = async (name: string): Promise<string> =>
    (
      await readFile(join(data, name), "utf8").catch((cause) => {
        throw new Error(`No Headway runs on ${folder}: start it first.`, { cause });
      })
    ).trim();
  // The fourth line of postmaster.pid is the port.
  const port = (await read("postmaster.pid")).split("\n")[3];
  return `postgres://headway:${await read("headway-password")}@127.0.0.1:${port}`;
};
