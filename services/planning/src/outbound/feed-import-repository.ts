import { missing } from "@headway/kernel/domain-error";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { instantOf } from "@headway/postgres/instants";
import { execute, rows } from "@headway/postgres/transaction";
import type { FeedFinding } from "../model/feed/finding.ts";
import type { FeedImport, FeedImportId, HandedIn, Progress } from "../model/feed-import.ts";
import type { FeedId } from "../model/ids.ts";

export const feedImportRepository = {
  async add(tx: Tx, id: FeedImportId, { fileName, content, at }: HandedIn): Promise<void> {
    await execute(
      tx,
      "insert into feed_import (id, file_name, state, content, bytes, started_at) values ($1, $2, 'running', $3, $4, $5)",
      [id, fileName, content, content.length, at.toString()],
    );
  },

  /** Takes an import in hand until the transaction ends, however it ends. False where another process has it. */
  async takeInHand(tx: Tx, id: FeedImportId): Promise<boolean> {
    const [taken] = await rows<{ taken: boolean }>(
      tx,
      "select pg_try_advisory_xact_lock(hashtextextended('feed-import ' || $1, 0)) as taken",
      [id],
    );
    return taken?.taken ?? false;
  },

  /** Notes that a reading begins. Answers which one it is, and null when the import has ended. */
  async begin(tx: Tx, id: FeedImportId): Promise<number | null> {
    const [begun] = await rows<{ attempts: number }>(
      tx,
      "update feed_import set attempts = attempts + 1 where id = $1 and state = 'running' returning attempts",
      [id],
    );
    return begun?.attempts ?? null;
  },

  /** The reading stops in good order and does not count. */
  async putBack(tx: Tx, id: FeedImportId): Promise<void> {
    await execute(tx, "update feed_import set attempts = attempts - 1 where id = $1", [id]);
  },

  async advance(tx: Tx, id: FeedImportId, { file, rows, bytes }: Progress): Promise<void> {
    await execute(tx, "update feed_import set file = $2, rows_done = $3, bytes_done = $4 where id = $1", [
      id,
      file,
      rows,
      bytes,
    ]);
  },

  async fileName(tx: Tx, id: FeedImportId): Promise<string> {
    const [found] = await rows<{ file_name: string }>(tx, "select file_name from feed_import where id = $1", [id]);
    if (!found) throw missing("feed-import.unknown", "There is no such feed import.");
    return found.file_name;
  },

  async done(tx: Tx, id: FeedImportId, feed: FeedId, findings: readonly FeedFinding[]): Promise<void> {
    await execute(
      tx,
      "update feed_import set state = 'done', content = '', file = '', bytes_done = bytes, feed_id = $2, findings = $3 where id = $1",
      [id, feed, JSON.stringify(findings)],
    );
  },

  async failed(tx: Tx, id: FeedImportId, findings: readonly FeedFinding[]): Promise<void> {
    await execute(tx, "update feed_import set state = 'failed', content = '', file = '', findings = $2 where id = $1", [
      id,
      JSON.stringify(findings),
    ]);
  },
};

export const feedImportQueries = (db: Database) => ({
  /** Refused with `feed-import.unknown`. */
  async get(id: FeedImportId): Promise<FeedImport> {
    const [record] = await db.rows<FeedImportRecord>(
      "select id, state, bytes, file, rows_done, bytes_done, findings, feed_id, started_at from feed_import where id = $1",
      [id],
    );
    if (!record) throw missing("feed-import.unknown", "There is no such feed import.");
    return toModel(record);
  },

  running: async (): Promise<readonly FeedImportId[]> =>
    (
      await db.rows<{ id: FeedImportId }>("select id from feed_import where state = 'running' order by started_at, id")
    ).map(({ id }) => id),

  async content(id: FeedImportId): Promise<Buffer> {
    const [record] = await db.rows<{ content: Buffer }>("select content from feed_import where id = $1", [id]);
    return record?.content ?? Buffer.alloc(0);
  },
});

type FeedImportRecord = {
  id: FeedImportId;
  state: FeedImport["state"];
  bytes: number;
  file: string;
  rows_done: number;
  bytes_done: number;
  findings: FeedFinding[];
  feed_id: FeedId | null;
  started_at: string;
};

const toModel = (record: FeedImportRecord): FeedImport => ({
  id: record.id,
  state: record.state,
  feed: record.feed_id,
  progress: { file: record.file, rows: record.rows_done, bytes: record.bytes_done },
  bytes: record.bytes,
  findings: record.findings,
  startedAt: instantOf(record.started_at),
});
