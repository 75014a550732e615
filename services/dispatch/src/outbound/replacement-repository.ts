import type { Instant } from "@headway/kernel/clock";
import { conflict, missing } from "@headway/kernel/domain-error";
import type { AssignmentId, DriverId, DutyId, Version } from "@headway/kernel/ids";
import { lostRace } from "@headway/kernel/lost-race";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { onViolation } from "@headway/postgres/failure";
import { execute, rows } from "@headway/postgres/transaction";
import type { LeftOut, PickReason, Replacement, ReplacementId, ReplacementState } from "../model/replacement.ts";

// An array of a uuid column comes as an array of texts only when it is text.
const columns =
  "id, duty_id, state, instead_of_driver_id, reason, note, picks::text[] as picks, left_out, passed_over, assignment_id, failure, version";

export const replacementRepository = {
  /** Refused with `replacement.under-way`. */
  async add(tx: Tx, replacement: Replacement, wantedAt: Instant): Promise<void> {
    const { id, duty, state, insteadOf, reason, note, picks, leftOut, passedOver, version } = replacement;
    await execute(
      tx,
      `insert into replacement (id, duty_id, state, instead_of_driver_id, reason, note, picks, left_out, passed_over, wanted_at, version)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        id,
        duty,
        state,
        insteadOf,
        reason,
        note,
        picks,
        JSON.stringify(leftOut),
        passedOver,
        wantedAt.toString(),
        version,
      ],
    ).catch(
      onViolation({
        replacement_under_way: () =>
          conflict("replacement.under-way", "A replacement for this duty is under way. Look again in a moment."),
      }),
    );
  },

  async lock(tx: Tx, id: ReplacementId): Promise<Replacement> {
    const [record] = await rows<ReplacementRecord>(tx, `select ${columns} from replacement where id = $1 for update`, [
      id,
    ]);
    return toModel(record);
  },

  async save(tx: Tx, replacement: Replacement): Promise<void> {
    const { id, state, picks, leftOut, passedOver, assignment, failure, version } = replacement;
    const saved = await execute(
      tx,
      `update replacement set state = $2, picks = $3, left_out = $4, passed_over = $5, assignment_id = $6, failure = $7, version = $8
       where id = $1 and version = $8 - 1`,
      [id, state, picks, JSON.stringify(leftOut), passedOver, assignment, failure, version],
    );
    if (saved === 0) throw lostRace("replacement");
  },
};

export const replacementQueries = (db: Database) => ({
  /** Refused with `replacement.unknown`. */
  async get(id: ReplacementId): Promise<Replacement> {
    const [record] = await db.rows<ReplacementRecord>(`select ${columns} from replacement where id = $1`, [id]);
    return toModel(record);
  },

  wanted: async (): Promise<readonly ReplacementId[]> =>
    (
      await db.rows<{ id: ReplacementId }>("select id from replacement where state = 'wanted' order by wanted_at, id")
    ).map(({ id }) => id),
});

type ReplacementRecord = {
  id: ReplacementId;
  duty_id: DutyId;
  state: ReplacementState;
  instead_of_driver_id: DriverId | null;
  reason: PickReason;
  note: string | null;
  picks: DriverId[];
  left_out: LeftOut[];
  passed_over: number;
  assignment_id: AssignmentId | null;
  failure: string | null;
  version: Version;
};

const toModel = (record: ReplacementRecord | undefined): Replacement => {
  if (!record) throw missing("replacement.unknown", "There is no such replacement.");
  return {
    id: record.id,
    duty: record.duty_id,
    state: record.state,
    insteadOf: record.instead_of_driver_id,
    reason: record.reason,
    note: record.note,
    picks: record.picks,
    leftOut: record.left_out,
    passedOver: record.passed_over,
    assignment: record.assignment_id,
    failure: record.failure,
    version: record.version,
  };
};
