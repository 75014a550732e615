import { missing } from "@headway/kernel/domain-error";
import type { EmployeeId, Version } from "@headway/kernel/ids";
import { lostRace } from "@headway/kernel/lost-race";
import { Temporal } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { instantOf, instantOrNull } from "@headway/postgres/instants";
import { type Page, type PageWanted, toPage } from "@headway/postgres/keyset";
import { execute, rows } from "@headway/postgres/transaction";
import type { NewsKey, Notice, NoticeId, NoticeKind } from "../model/notice.ts";

const columns = "id, employee_id, kind, subject_id, occasion, service_date, at, acknowledged_at, version";

export const noticeRepository = {
  /** Refused with `notice.unknown`. */
  async lock(tx: Tx, id: NoticeId, employee: EmployeeId): Promise<Notice> {
    const [record] = await rows<NoticeRecord>(
      tx,
      `select ${columns} from notice where id = $1 and employee_id = $2 for update`,
      [id, employee],
    );
    if (!record) throw missing("notice.unknown", "There is no such notice in your inbox.");
    return toModel(record);
  },

  /** Answers those that were not told before. */
  async add(tx: Tx, notices: readonly Notice[]): Promise<readonly Notice[]> {
    if (notices.length === 0) return [];
    const added = await rows<{ id: NoticeId }>(
      tx,
      `insert into notice (id, employee_id, kind, subject_id, occasion, service_date, at, acknowledged_at, version)
       select id, employee_id, kind, subject_id, occasion, service_date, at, null, version
       from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::date[], $7::timestamptz[], $8::integer[])
         as told (id, employee_id, kind, subject_id, occasion, service_date, at, version)
       on conflict do nothing returning id`,
      [
        notices.map(({ id }) => id),
        notices.map(({ employee }) => employee),
        notices.map(({ kind }) => kind),
        notices.map(({ subject }) => subject),
        notices.map(({ occasion }) => occasion),
        notices.map(({ serviceDate }) => serviceDate?.toString() ?? null),
        notices.map(({ at }) => at.toString()),
        notices.map(({ version }) => version),
      ],
    );
    const ids = new Set(added.map(({ id }) => id));
    return notices.filter(({ id }) => ids.has(id));
  },

  /** Forgets news that nobody has seen. */
  async takeBack(tx: Tx, keys: readonly NewsKey[]): Promise<void> {
    for (const { employee, kind, subject, occasion } of keys)
      await execute(
        tx,
        "delete from notice where employee_id = $1 and kind = $2 and subject_id = $3 and ($4::text is null or occasion = $4) and acknowledged_at is null",
        [employee, kind, subject, occasion],
      );
  },

  async wasTold(tx: Tx, kind: NoticeKind, subject: string): Promise<boolean> {
    const found = await rows(tx, "select from notice where subject_id = $1 and kind = $2 limit 1", [subject, kind]);
    return found.length > 0;
  },

  async save(tx: Tx, { id, acknowledgedAt, version }: Notice): Promise<void> {
    const saved = await execute(
      tx,
      "update notice set acknowledged_at = $2, version = $3 where id = $1 and version = $3 - 1",
      [id, acknowledgedAt?.toString() ?? null, version],
    );
    if (saved === 0) throw lostRace("notice");
  },
};

export type NoticesWanted = {
  readonly employee: EmployeeId;
  /** Only those not seen yet. */
  readonly waiting: boolean;
  readonly page: PageWanted;
};

export const noticeQueries = (db: Database) => ({
  /** Newest first. */
  async list({ employee, waiting, page }: NoticesWanted): Promise<Page<Notice>> {
    const records = await db.rows<NoticeRecord>(
      `select ${columns} from notice where employee_id = $1 ${waiting ? "and acknowledged_at is null" : ""}
         and ($2::timestamptz is null or (at, id) < ($2, $3::uuid))
       order by at desc, id desc limit $4`,
      [employee, page.after?.[0] ?? null, page.after?.[1] ?? null, page.size + 1],
    );
    return toPage(records.map(toModel), page.size, ({ at, id }) => [at.toString(), id]);
  },

  async countWaiting(employee: EmployeeId): Promise<number> {
    const [found] = await db.rows<{ count: number }>(
      "select count(*) from notice where employee_id = $1 and acknowledged_at is null",
      [employee],
    );
    return found?.count ?? 0;
  },
});

type NoticeRecord = {
  id: NoticeId;
  employee_id: EmployeeId;
  kind: NoticeKind;
  subject_id: string;
  occasion: string;
  service_date: string | null;
  at: string;
  acknowledged_at: string | null;
  version: Version;
};

const toModel = (record: NoticeRecord): Notice => ({
  id: record.id,
  employee: record.employee_id,
  kind: record.kind,
  subject: record.subject_id,
  occasion: record.occasion,
  serviceDate: record.service_date === null ? null : Temporal.PlainDate.from(record.service_date),
  at: instantOf(record.at),
  acknowledgedAt: instantOrNull(record.acknowledged_at),
  version: record.version,
});
