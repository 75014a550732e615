import { invalid } from "@headway/kernel/domain-error";
import { requireWhole } from "@headway/kernel/reading";

/** What a run must obey, in minutes. */
export type RunLimits = {
  /** Report, pieces and clear together. */
  readonly maxWork: number;
  /** From report to clear, breaks included. */
  readonly maxSpread: number;
  /** Driving without a break. */
  readonly maxPiece: number;
  /** The shortest and the longest break between two pieces. */
  readonly minBreak: number;
  readonly maxBreak: number;
  /** Paid time before the first piece and after the last. */
  readonly report: number;
  readonly clear: number;
};

/** Legal in the EU as they stand: a break before six hours (2003/88), and eleven hours of rest beside a spread of twelve. */
export const usualLimits: RunLimits = {
  maxWork: 540,
  maxSpread: 720,
  maxPiece: 330,
  minBreak: 30,
  maxBreak: 300,
  report: 15,
  clear: 10,
};

/** Minutes of the longest piece that a run can hold: a piece is driven, worked and spread over. */
export const longestPiece = ({ maxPiece, maxWork, maxSpread, report, clear }: RunLimits): number =>
  Math.min(maxPiece, Math.min(maxWork, maxSpread) - report - clear);

const day = 1440;

/** Judges limits from the outside. Refused with `field.out-of-range`, or `run-limits.impossible` where two contradict each other. */
export const parseLimits = (limits: RunLimits): RunLimits => {
  requireWhole(limits.maxWork, 1, day, "maxWork");
  requireWhole(limits.maxSpread, 1, day, "maxSpread");
  requireWhole(limits.maxPiece, 1, day, "maxPiece");
  requireWhole(limits.minBreak, 0, day, "minBreak");
  requireWhole(limits.maxBreak, 0, day, "maxBreak");
  requireWhole(limits.report, 0, day, "report");
  requireWhole(limits.clear, 0, day, "clear");
  if (limits.minBreak > limits.maxBreak)
    throw impossible(
      "minBreak",
      `The shortest break (${limits.minBreak} min) is longer than the longest (${limits.maxBreak} min).`,
    );
  if (limits.report + limits.clear >= Math.min(limits.maxWork, limits.maxSpread))
    throw impossible("maxWork", "Report and clear time leave no minute to drive.");
  return limits;
};

const impossible = (field: string, message: string) => invalid("run-limits.impossible", message, { field });
