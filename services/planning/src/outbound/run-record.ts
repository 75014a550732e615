import type { BlockId, LineCode, RunId, ServiceId, Terminal, TripId } from "../model/ids.ts";
import type { Run } from "../model/run/run.ts";

export const runColumns = "service_id, run_id, line, starts, ends, work_minutes, pieces";

export type RunRecord = {
  service_id: ServiceId;
  run_id: RunId;
  line: LineCode;
  starts: number;
  ends: number;
  work_minutes: number;
  pieces: PieceRecord[];
};

type PieceRecord = { block: BlockId; starts: number; ends: number; from: Terminal; to: Terminal; trips: TripId[] };

export const toRun = (record: RunRecord): Run => ({
  service: record.service_id,
  id: record.run_id,
  line: record.line,
  starts: record.starts,
  ends: record.ends,
  work: record.work_minutes,
  pieces: record.pieces,
});

/** What the column `pieces` holds. */
export const toPiecesRecord = ({ pieces }: Run): string =>
  JSON.stringify(
    pieces.map(
      ({ block, starts, ends, from, to, trips }): PieceRecord => ({ block, starts, ends, from, to, trips: [...trips] }),
    ),
  );
