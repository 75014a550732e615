import type { BlockId, LineCode, RunId, ServiceId, Terminal, TripId } from "../ids.ts";
import type { RunLimits } from "./run-limits.ts";

/** Whole minutes since the start of the service day; may pass 1,440. */
export type ServiceMinute = number;

/** A continuous part of a run on one block: from the departure of its first trip to the arrival of its last. */
export type Piece = {
  readonly block: BlockId;
  readonly starts: ServiceMinute;
  readonly ends: ServiceMinute;
  readonly from: Terminal;
  readonly to: Terminal;
  readonly trips: readonly TripId[];
};

/** The work of one driver on each day of a service. */
export type Run = {
  readonly service: ServiceId;
  readonly id: RunId;
  /** The line of its blocks; the qualification that its driver needs. */
  readonly line: LineCode;
  /** Report: the first piece's start less the report time. */
  readonly starts: ServiceMinute;
  /** Clear: the last piece's end plus the clear time. */
  readonly ends: ServiceMinute;
  /** Report, pieces and clear, in minutes. The breaks between pieces are not work. */
  readonly work: number;
  /** In order of time. */
  readonly pieces: readonly Piece[];
};

export const makeRun = (
  service: ServiceId,
  id: RunId,
  line: LineCode,
  pieces: readonly Piece[],
  { report, clear }: RunLimits,
): Run => {
  const [first, last] = [pieces.at(0), pieces.at(-1)];
  if (!first || !last) throw new Error("a run without pieces");
  const driven = pieces.reduce((sum, { starts, ends }) => sum + ends - starts, 0);
  const work = report + driven + clear;
  return { service, id, line, starts: first.starts - report, ends: last.ends + clear, work, pieces };
};

/** Minutes of the longest break between two pieces; 0 for a run of one piece. */
export const swingOf = ({ pieces }: Pick<Run, "pieces">): number =>
  pieces.reduce((swing, { starts }, index) => Math.max(swing, starts - (pieces[index - 1]?.ends ?? starts)), 0);

/** A swing of at most this many minutes makes a straight run, a longer one a split run (New York, TCRP report 135). */
export const straightSwing = 59;
