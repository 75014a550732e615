import type { Client } from "pg";

type Made = { readonly undo: string; readonly redo: string };

/**
 * Runs `work` while the tables of the schema have neither indexes nor constraints, and makes them again as they were. It
 * fills empty tables in the transaction that truncates them: nothing of it needs the write-ahead log where that is minimal.
 */
export const withoutIndexes = async (client: Client, work: () => Promise<void>): Promise<void> => {
  const read = async (sql: string): Promise<readonly Made[]> => (await client.query<Made>(sql)).rows;
  // Those that lean on others are undone first, and made again last.
  const constraints = await read(constraintsSql);
  const indexes = await read(indexesSql);
  const made = [...constraints, ...indexes];
  for (const { undo } of made) await client.query(undo);
  await client.query(`begin; truncate ${(await emptyTables(client)).join(", ")}`);
  await work();
  await client.query("commit");
  for (const { redo } of made.toReversed()) await client.query(redo);
};

/** Without those that the migrations have put something in. */
const emptyTables = async (client: Client): Promise<readonly string[]> => {
  const empty: string[] = [];
  for (const { name } of (await client.query<{ name: string }>(tablesSql)).rows)
    if ((await client.query(`select from ${name} limit 1`)).rowCount === 0) empty.push(name);
  return empty;
};

const constraintsSql = `
  select format('alter table %s drop constraint %I', conrelid::regclass, conname) as undo,
    format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as redo
  from pg_constraint
  where connamespace = 'public'::regnamespace and contype in ('f', 'p', 'u', 'x')
    and conrelid::regclass::text not like 'migrations_of_%'
  order by contype <> 'f', conname`;

const tablesSql = `
  select format('%I', tablename) as name from pg_tables
  where schemaname = 'public' and tablename not like 'migrations_of_%'`;

const indexesSql = `
  select format('drop index %s', indexrelid::regclass) as undo, pg_get_indexdef(indexrelid) as redo
  from pg_index join pg_class on pg_class.oid = indrelid
  where relnamespace = 'public'::regnamespace and relname not like 'migrations_of_%'
    and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))`;
