import { once } from "node:events";
import { chmod, lstat, mkdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { startPostgres } from "../src/embedded-postgres.ts";
import { postgresProcess } from "./postgres-process.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const asRoot = process.getuid?.() === 0;

const query = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

test("a second start on the same folder finds the data", async () => {
  const folder = await temporaryFolder();
  const first = await startPostgres({ folder });
  await query(await first.ensureDatabase("depot"), "create table duty as select 7 as id");
  await first.stop();

  const second = await startPostgres({ folder });
  onTestFinished(second.stop);

  expect(await query(await second.ensureDatabase("depot"), "select id from duty")).toEqual([{ id: 7 }]);
});

test("it is PostgreSQL 18 with flushing on, unless it need not be durable", async () => {
  const folder = await temporaryFolder();
  const settings = "select name, setting from pg_settings where name in ('fsync', 'max_connections') order by name";
  const seen = [];
  for (const durable of [true, false]) {
    const server = await startPostgres({ folder, durable });
    const url = await server.ensureDatabase("depot");
    seen.push(...(await query(url, settings)), ...(await query(url, "select left(version(), 13) as version")));
    await server.stop();
  }

  const common = [{ name: "max_connections", setting: "300" }, { version: "PostgreSQL 18" }];
  expect(seen).toEqual([{ name: "fsync", setting: "on" }, ...common, { name: "fsync", setting: "off" }, ...common]);
});

test("several ask for the same database at once", async () => {
  const server = await startPostgres({ folder: await temporaryFolder(), durable: false });
  onTestFinished(server.stop);

  const urls = await Promise.all(Array.from({ length: 8 }, async () => await server.ensureDatabase("depot")));

  expect(new Set(urls).size).toBe(1);
});

test("no password but its own is let in", async () => {
  const server = await startPostgres({ folder: await temporaryFolder(), durable: false });
  onTestFinished(server.stop);
  const guess = new URL(`${server.url}/postgres`);
  guess.password = "postgres";

  await expect(query(guess.href, "select 1")).rejects.toThrow("password authentication failed");
});

test("a taken port is left alone", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  onTestFinished(() => void other.close());
  const address = other.address();
  const taken = typeof address === "object" && address ? address.port : 0;

  const server = await startPostgres({ folder: await temporaryFolder(), port: taken, durable: false });
  onTestFinished(server.stop);

  expect(Number(new URL(server.url).port)).not.toBe(taken);
  expect(await query(`${server.url}/postgres`, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a folder in use is refused, with who uses it", async () => {
  const folder = await temporaryFolder();
  const server = await startPostgres({ folder, durable: false });
  onTestFinished(server.stop);

  await expect(startPostgres({ folder })).rejects.toThrow(`${folder} is in use by process ${process.pid}`);
});

test("a folder that may not be written is refused, with the remedy", async () => {
  const folder = join(await temporaryFolder(), "closed");
  await mkdir(folder, { mode: 0o555 });

  const message = asRoot
    ? (await postgresProcess(folder, "as-nobody")).report.error
    : await startPostgres({ folder }).then(String, (error: Error) => error.message);

  expect(message).toMatch(/closed cannot be written by \S+: give it away with `sudo chown -R \S+ \S+closed`/);
});

test.runIf(asRoot)("root's data live elsewhere when user postgres may not enter the folder", async () => {
  const closed = await temporaryFolder();
  await chmod(closed, 0o700);
  const folder = join(closed, "data-of-headway");
  const first = await startPostgres({ folder });
  onTestFinished(async () => await rm(dirname(first.dataFolder), { recursive: true, force: true }));
  await query(await first.ensureDatabase("depot"), "create table duty as select 7 as id");
  await first.stop();

  const second = await startPostgres({ folder });
  onTestFinished(second.stop);

  expect(await query(await second.ensureDatabase("depot"), "select id from duty")).toEqual([{ id: 7 }]);
  expect(second.dataFolder.startsWith(folder)).toBe(false);
  expect((await lstat(join(folder, "data"))).isSymbolicLink()).toBe(true);
});
