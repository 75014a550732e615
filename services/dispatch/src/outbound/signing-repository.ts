import type { Instant } from "@headway/kernel/clock";
import type { AssignmentId, DriverId, DutyId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { instantOf } from "@headway/postgres/instants";
import { execute, rows } from "@headway/postgres/transaction";
import type { SigningId, SigningKind, SigningMatch, TakenSigning } from "../model/signing.ts";

export const signingColumns = "id, driver_id, asked_duty_id, kind, at, match, duty_id, assignment_id";

export const signingRepository = {
  async find(tx: Tx, id: SigningId): Promise<TakenSigning | null> {
    const [record] = await rows<SigningRecord>(tx, `select ${signingColumns} from signing where id = $1`, [id]);
    return record ? toTakenSigning(record) : null;
  },

  /** Answers what is known of this id already, or null once it is added. */
  async add(tx: Tx, taken: TakenSigning, receivedAt: Instant): Promise<TakenSigning | null> {
    const { signing, match, duty, assignment } = taken;
    const { id, driver, duty: asked, kind, at } = signing;
    const added = await execute(
      tx,
      `insert into signing (${signingColumns}, received_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
      [id, driver, asked, kind, at.toString(), match, duty, assignment, receivedAt.toString()],
    );
    return added > 0 ? null : signingRepository.find(tx, id);
  },
};

export const signingQueries = (db: Database) => ({
  /** By time; the duty is the one that a signing was taken for. */
  async list(driver: DriverId, { starts, ends }: Interval): Promise<readonly TakenSigning[]> {
    const records = await db.rows<SigningRecord>(
      `select ${signingColumns} from signing where driver_id = $1 and at >= $2 and at < $3 order by at, id`,
      [driver, starts.toString(), ends.toString()],
    );
    return records.map(toTakenSigning);
  },

  /** What the driver signed last for a duty. */
  async lastFor(driver: DriverId, duty: DutyId): Promise<TakenSigning | null> {
    const [record] = await db.rows<SigningRecord>(
      `select ${signingColumns} from signing where driver_id = $1 and duty_id = $2 order by at desc, id desc limit 1`,
      [driver, duty],
    );
    return record ? toTakenSigning(record) : null;
  },
});

export type SigningRecord = {
  id: SigningId;
  driver_id: DriverId;
  asked_duty_id: DutyId | null;
  kind: SigningKind;
  at: string;
  match: SigningMatch;
  duty_id: DutyId | null;
  assignment_id: AssignmentId | null;
};

export const toTakenSigning = (record: SigningRecord): TakenSigning => ({
  signing: {
    id: record.id,
    driver: record.driver_id,
    duty: record.asked_duty_id,
    kind: record.kind,
    at: instantOf(record.at),
  },
  match: record.match,
  duty: record.duty_id,
  assignment: record.assignment_id,
});
