import type { Instant } from "@headway/kernel/clock";
import { missing } from "@headway/kernel/domain-error";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { instantOf } from "@headway/postgres/instants";
import { execute, rows } from "@headway/postgres/transaction";
import type { RowFinding, StaffImport, StaffImportId, Tally } from "../model/staff-import.ts";

/** The most findings that are kept of one file. */
const mostFindings = 1000;

export const staffImportRepository = {
  async add(tx: Tx, id: StaffImportId, content: Uint8Array, startedAt: Instant): Promise<void> {
    await execute(tx, "insert into staff_import (id, state, content, started_at) values ($1, 'running', $2, $3)", [
      id,
      Buffer.from(content),
      startedAt.toString(),
    ]);
  },

  /** Takes a running import in hand, unless another process has it. Answers how many rows are done; null when it is not to be had. */
  async takeInHand(tx: Tx, id: StaffImportId): Promise<number | null> {
    const [found] = await rows<{ rows_done: number }>(
      tx,
      "select rows_done from staff_import where id = $1 and state = 'running' for update skip locked",
      [id],
    );
    return found?.rows_done ?? null;
  },

  async begin(tx: Tx, id: StaffImportId, count: number): Promise<void> {
    await execute(tx, "update staff_import set rows = $2 where id = $1", [id, count]);
  },

  async advance(
    tx: Tx,
    id: StaffImportId,
    count: number,
    { hired, changed, unchanged, findings }: Tally,
  ): Promise<void> {
    await execute(
      tx,
      `update staff_import set rows_done = rows_done + $2, hired = hired + $3, changed = changed + $4, unchanged = unchanged + $5, bad = bad + $6 where id = $1`,
      [id, count, hired, changed, unchanged, new Set(findings.map(({ row }) => row)).size],
    );
    await execute(
      tx,
      `insert into staff_import_finding (import_id, row, field, slug, message)
       select $1, row, field, slug, message from unnest($2::integer[], $3::text[], $4::text[], $5::text[]) as finding (row, field, slug, message)
       where (select count(*) from staff_import_finding where import_id = $1) < $6 on conflict do nothing`,
      [
        id,
        findings.map(({ row }) => row),
        findings.map(({ field }) => field),
        findings.map(({ slug }) => slug),
        findings.map(({ message }) => message),
        mostFindings,
      ],
    );
  },

  async end(tx: Tx, id: StaffImportId, state: "done" | "failed", reason: string): Promise<void> {
    await execute(tx, "update staff_import set state = $2, reason = $3, content = '' where id = $1", [
      id,
      state,
      reason,
    ]);
  },
};

export const staffImportQueries = (db: Database) => ({
  /** Refused with `staff-import.unknown`. */
  async get(id: StaffImportId): Promise<StaffImport> {
    const [record] = await db.rows<StaffImportRecord>(
      "select id, state, rows, rows_done, hired, changed, unchanged, bad, reason, started_at from staff_import where id = $1",
      [id],
    );
    if (!record) throw missing("staff-import.unknown", "There is no such staff import.");
    const findings = await db.rows<RowFinding>(
      "select row, field, slug, message from staff_import_finding where import_id = $1 order by row, field limit $2",
      [id, mostFindings],
    );
    return toModel(record, findings);
  },

  running: async (): Promise<readonly StaffImportId[]> =>
    (
      await db.rows<{ id: StaffImportId }>("select id from staff_import where state = 'running' order by started_at")
    ).map(({ id }) => id),

  async content(id: StaffImportId): Promise<Uint8Array> {
    const [record] = await db.rows<{ content: Buffer }>("select content from staff_import where id = $1", [id]);
    return record?.content ?? new Uint8Array();
  },
});

type StaffImportRecord = Pick<
  StaffImport,
  "id" | "state" | "rows" | "hired" | "changed" | "unchanged" | "bad" | "reason"
> & { rows_done: number; started_at: string };

const toModel = (
  { rows_done, started_at, ...same }: StaffImportRecord,
  findings: readonly RowFinding[],
): StaffImport => ({
  ...same,
  rowsDone: rows_done,
  startedAt: instantOf(started_at),
  findings,
});
