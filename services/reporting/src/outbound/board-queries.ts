import type { AssignmentId, DepotId, DriverId, DutyId } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";
import type { Database } from "@headway/postgres/database";
import { type Bar, barOf, type Told } from "../model/board-state.ts";
import type { CancelCause, Phase } from "../model/duty-day.ts";
import { type Epoch, epoch } from "./epoch.ts";
import type { PieceRecord } from "./plan-repository.ts";

export type BoardDuty = {
  readonly duty: DutyId;
  readonly run: string;
  readonly line: string;
  readonly starts: Epoch;
  readonly ends: Epoch;
  readonly pieces: readonly { readonly block: string; readonly starts: Epoch; readonly ends: Epoch }[];
  readonly bar: Bar;
  readonly breakSince: Epoch | null;
  readonly signedOn: Epoch | null;
  readonly signedOff: Epoch | null;
  readonly missedBy: DriverId | null;
  readonly cancelCause: CancelCause | null;
  readonly changedAt: Epoch;
};

export const boardQueries = ({ rows }: Database) => ({
  /** By start and run. */
  async duties(depot: DepotId, day: PlainDate): Promise<readonly BoardDuty[]> {
    const records = await rows<BoardRecord>(
      `select plan.duty_id, run_id, line, ${epoch("plan.starts", "starts")}, ${epoch("plan.ends", "ends")}, pieces, withdrawn,
         case when known_to is null then holding.assignment_id end as held_assignment, case when known_to is null then holding.driver_id end as held_by,
         day.assignment_id, day.driver_id, phase, ${epoch("break_since", "break_since")}, ${epoch("signed_on_at", "signed_on")}, ${epoch("signed_off_at", "signed_off")}, missed_by, cancel_cause,
         ${epoch("greatest(plan.changed_at, known_from, known_to, day.changed_at)", "changed_at")}
       from duty_plan as plan
       left join holding on holding.duty_id = plan.duty_id and newest
       left join duty_day as day on day.duty_id = plan.duty_id
       where plan.depot_id = $1 and plan.service_date = $2 order by plan.starts, run_id, plan.duty_id`,
      [depot, day.toString()],
    );
    return records.flatMap(toBoardDuty);
  },

  async isActivated(depot: DepotId, day: PlainDate): Promise<boolean> {
    const found = await rows("select from activated_day where depot_id = $1 and service_date = $2", [
      depot,
      day.toString(),
    ]);
    return found.length > 0;
  },
});

type BoardRecord = {
  duty_id: DutyId;
  run_id: string;
  line: string;
  starts: Epoch;
  ends: Epoch;
  pieces: PieceRecord[];
  withdrawn: boolean;
  break_since: Epoch | null;
  signed_on: Epoch | null;
  signed_off: Epoch | null;
  missed_by: DriverId | null;
  cancel_cause: CancelCause | null;
  changed_at: Epoch;
} & ({ held_assignment: AssignmentId; held_by: DriverId } | { held_assignment: null; held_by: null }) &
  (
    | { assignment_id: AssignmentId; driver_id: DriverId; phase: Phase }
    | { assignment_id: null; driver_id: null; phase: null }
  );

const toTold = (record: BoardRecord): Told => ({
  withdrawn: record.withdrawn,
  holder: record.held_by === null ? null : { assignment: record.held_assignment, driver: record.held_by },
  attendance:
    record.phase === null ? null : { assignment: record.assignment_id, driver: record.driver_id, phase: record.phase },
  cancelCause: record.cancel_cause,
});

const toBoardDuty = (record: BoardRecord): BoardDuty[] => {
  const bar = barOf(toTold(record));
  if (!bar) return [];
  return [
    {
      duty: record.duty_id,
      run: record.run_id,
      line: record.line,
      starts: record.starts,
      ends: record.ends,
      pieces: record.pieces.map(({ block, starts, ends }) => ({
        block,
        starts: Date.parse(starts),
        ends: Date.parse(ends),
      })),
      bar,
      breakSince: record.break_since,
      signedOn: record.signed_on,
      signedOff: record.signed_off,
      missedBy: record.missed_by,
      cancelCause: record.cancel_cause,
      changedAt: record.changed_at,
    },
  ];
};
