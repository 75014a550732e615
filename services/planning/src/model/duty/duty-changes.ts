import type { Instant } from "@headway/kernel/clock";
import { isBefore } from "@headway/kernel/time";
import type { Duty, DutyPiece, PlannedWork } from "./duty.ts";

/** What it takes to make the duties that stand into the work that is wanted. */
export type DutyChanges = {
  readonly planned: readonly PlannedWork[];
  readonly changed: readonly { readonly duty: Duty; readonly work: PlannedWork }[];
  readonly withdrawn: readonly Duty[];
  readonly same: readonly Duty[];
  /** Would have been changed or withdrawn, but has begun: a late plan does not rewrite the past. */
  readonly underWay: readonly Duty[];
};

/**
 * Holds the duties that stand against the work wanted for the same days. A duty keeps its identity as long as depot, date,
 * service and run stay; work that moves to another depot is withdrawn there and planned anew.
 */
export const dutyChanges = (standing: readonly Duty[], wanted: readonly PlannedWork[], now: Instant): DutyChanges => {
  const wantedByKey = new Map(wanted.map((work) => [keyOf(work), work]));
  const standingKeys = new Set(standing.map(keyOf));
  const begun = (duty: Duty) => !isBefore(now, duty.starts);
  const [same, differing] = split(standing, (duty) => isSame(duty, wantedByKey.get(keyOf(duty))));
  const [underWay, free] = split(differing, begun);
  return {
    planned: wanted.filter((work) => !standingKeys.has(keyOf(work))),
    changed: free.flatMap((duty) => {
      const work = wantedByKey.get(keyOf(duty));
      return work ? [{ duty, work }] : [];
    }),
    withdrawn: free.filter((duty) => !wantedByKey.has(keyOf(duty))),
    same,
    underWay,
  };
};

const keyOf = ({ depot, date, service, run }: PlannedWork): string =>
  JSON.stringify([depot, date.toString(), service, run]);

const isSame = (duty: PlannedWork, work: PlannedWork | undefined): boolean =>
  work !== undefined &&
  duty.line === work.line &&
  duty.workMinutes === work.workMinutes &&
  duty.starts.equals(work.starts) &&
  duty.ends.equals(work.ends) &&
  duty.pieces.length === work.pieces.length &&
  duty.pieces.every((piece, index) => isSamePiece(piece, work.pieces[index]));

const isSamePiece = (piece: DutyPiece, other: DutyPiece | undefined): boolean =>
  other !== undefined &&
  piece.block === other.block &&
  piece.startPlace === other.startPlace &&
  piece.endPlace === other.endPlace &&
  piece.starts.equals(other.starts) &&
  piece.ends.equals(other.ends) &&
  piece.trips === other.trips;

const split = <T>(all: readonly T[], holds: (each: T) => boolean): readonly [T[], T[]] => [
  all.filter(holds),
  all.filter((each) => !holds(each)),
];
