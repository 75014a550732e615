import type { DepotId, DutyId, Version } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import { instantOf } from "@headway/postgres/instants";
import type { Duty, DutyPiece } from "../model/duty/duty.ts";
import type { BlockId, LineCode, RunId, ServiceId, TripId } from "../model/ids.ts";

export const dutyColumns =
  "id, depot_id, service_date, service_id, run_id, line, starts, ends, work_minutes, pieces, trips, version";

export type DutyRecord = {
  id: DutyId;
  depot_id: DepotId;
  service_date: string;
  service_id: ServiceId;
  run_id: RunId;
  line: LineCode;
  starts: string;
  ends: string;
  work_minutes: number;
  pieces: PieceRecord[];
  trips: TripId[];
  version: Version;
};

type PieceRecord = {
  block: BlockId;
  starts: string;
  ends: string;
  startPlace: string;
  endPlace: string;
  trips: number;
};

export const toDuty = (record: DutyRecord): Duty => ({
  id: record.id,
  depot: record.depot_id,
  date: Temporal.PlainDate.from(record.service_date),
  service: record.service_id,
  run: record.run_id,
  line: record.line,
  starts: instantOf(record.starts),
  ends: instantOf(record.ends),
  workMinutes: record.work_minutes,
  pieces: record.pieces.map(toPiece),
  trips: record.trips,
  version: record.version,
});

/** What the column `pieces` holds. */
export const toPiecesRecord = ({ pieces }: Duty): string =>
  JSON.stringify(
    pieces.map(
      ({ starts, ends, ...piece }): PieceRecord => ({ ...piece, starts: starts.toString(), ends: ends.toString() }),
    ),
  );

const toPiece = ({ starts, ends, ...piece }: PieceRecord): DutyPiece => ({
  ...piece,
  starts: Temporal.Instant.from(starts),
  ends: Temporal.Instant.from(ends),
});
