import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EmbeddedPostgres, startPostgres } from "../src/embedded-postgres.ts";
import { dropRun, templateDatabases } from "../src/template-database.ts";

let server: EmbeddedPostgres;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "headway-testkit-"));
  await chmod(folder, 0o711);
  server = await startPostgres({ folder, durable: false });
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const connected = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return await work(client).finally(() => client.end());
};
const migrate = async (url: string): Promise<void> =>
  void (await connected(url, async (client) => await client.query("create table duty (id int primary key)")));
const insertDuty = async (url: string): Promise<void> =>
  void (await connected(url, async (client) => await client.query("insert into duty values (1)")));
const countDuties = async (url: string): Promise<unknown> =>
  (await connected(url, async (client) => await client.query("select count(*)::int as n from duty"))).rows[0]?.n;

test("copies do not see each other's rows", async () => {
  const template = templateDatabases(server.url, "isolation").template("dispatch", migrate);
  const [one, other] = await Promise.all([template.clone(), template.clone()]);

  await insertDuty(one.url);

  expect([await countDuties(one.url), await countDuties(other.url)]).toEqual([1, 0]);
});

test("workers that ask at once share one migration", async () => {
  let migrations = 0;
  const counted = async (url: string): Promise<void> => {
    migrations += 1;
    await migrate(url);
  };
  const workers = Array.from({ length: 4 }, () => templateDatabases(server.url, "workers").template("hr", counted));

  const copies = await Promise.all(workers.map(async (worker) => await worker.clone()));

  expect(migrations).toBe(1);
  expect(new Set(copies.map((copy) => copy.url)).size).toBe(4);
});

test("a failed migration leaves no template behind", async () => {
  const databases = templateDatabases(server.url, "failing");
  const failing = databases.template("hr", async () => await Promise.reject(new Error("no such table")));
  await expect(failing.clone()).rejects.toThrow("no such table");

  const copy = await databases.template("hr", migrate).clone();

  expect(await countDuties(copy.url)).toBe(0);
});

test("a connection that migrate forgot to close is no hindrance", async () => {
  const open = async (url: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => undefined);
    await client.connect();
    await client.query("create table duty (id int)");
  };

  const copy = await templateDatabases(server.url, "open").template("hr", open).clone();

  expect(await countDuties(copy.url)).toBe(0);
});

test("a dropped copy is gone, and a dropped run leaves other runs alone", async () => {
  const kept = await templateDatabases(server.url, "kept").template("hr", migrate).clone();
  const ended = templateDatabases(server.url, "ended").template("hr", migrate);
  const [dropped, swept] = [await ended.clone(), await ended.clone()];

  await dropped.drop();
  await dropRun(server.url, "ended");

  await expect(countDuties(dropped.url)).rejects.toThrow("does not exist");
  await expect(countDuties(swept.url)).rejects.toThrow("does not exist");
  expect(await countDuties(kept.url)).toBe(0);
});
