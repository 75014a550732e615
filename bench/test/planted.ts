import { databaseUrl, onServer } from "@headway/testkit/databases";
import pg from "pg";
import type { ServiceName } from "../audit/databases.ts";

/** What is done to a service's database, and what is seen of it meanwhile. */
export type Planting = { readonly service: ServiceName; readonly sql: string };

/**
 * Does something to a service's database that no Headway would do, looks, and puts everything back as it was.
 * Throws where it touched nothing: then nothing was planted.
 */
export const planted = async <T>(
  postgresUrl: string,
  { service, sql }: Planting,
  look: () => Promise<T>,
): Promise<T> => {
  const name = `headway_${service}`;
  const kept = `${name}_kept`;
  await onServer(postgresUrl, (server) => server.query(`create database ${kept} template ${name}`));
  try {
    await spoil(databaseUrl(postgresUrl, name), sql);
    return await look();
  } finally {
    await onServer(postgresUrl, async (server) => {
      await server.query(`drop database ${name} with (force)`);
      await server.query(`alter database ${kept} rename to ${name}`);
    });
  }
};

const spoil = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Neither its triggers nor its foreign keys stop whoever may do anything.
    await client.query("set session_replication_role = replica");
    const answer: pg.QueryResult | pg.QueryResult[] = await client.query(sql);
    if ([answer].flat().at(-1)?.rowCount !== 1)
      throw new Error(`This touched ${[answer].flat().at(-1)?.rowCount} rows, not one: ${sql}`);
  } finally {
    await client.end();
  }
};
