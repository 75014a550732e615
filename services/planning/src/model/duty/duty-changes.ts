import type { Instant } from "@headway/kernel/clock";
import { conflict, type Finding } from "@headway/kernel/domain-error";
import { isBefore } from "@headway/kernel/time";
import type { Duty, DutyPiece, PlannedWork } from "./duty.ts";

/** What it takes to make the duties that stand into the work that is wanted. */
export type DutyChanges = {
  readonly planned: readonly PlannedWork[];
  readonly changed: readonly { readonly duty: Duty; readonly work: PlannedWork }[];
  readonly withdrawn: readonly Duty[];
  readonly same: readonly Duty[];
  /** Would have been changed or withdrawn, but have begun or share trips with what has: a late plan does not rewrite the past. */
  readonly underWay: readonly Duty[];
  /** All that stays and holds work that is wanted, with the trips as they are named now. */
  readonly adopted: readonly Duty[];
};

/**
 * Holds the duties that stand against the work wanted for the same days. A duty keeps its identity as long as depot, date,
 * service and run stay; work that moves to another depot is withdrawn there and planned anew. Each trip of a day stays in
 * one duty: work that shares a trip with a duty that has begun waits, and so do the duties that hold its other trips.
 * Refused with `plan.under-way` where a line's day has begun otherwise than it is wanted now, and has trips that no duty holds.
 */
export const dutyChanges = (standing: readonly Duty[], wanted: readonly PlannedWork[], now: Instant): DutyChanges => {
  const wantedByKey = new Map(wanted.map((work) => [keyOf(work), work]));
  const [same, differing] = split(standing, (duty) => isSame(duty, wantedByKey.get(keyOf(duty))));
  const sameKeys = new Set(same.map(keyOf));
  const open = wanted.filter((work) => !sameKeys.has(keyOf(work)));
  const begun = differing.filter(({ starts }) => !isBefore(now, starts));
  const workBy = byClaim(open);
  const { kept, waiting } = tiedTo(begun, byClaim(differing), workBy);
  refuseUnheld(begun, differing, open, waiting);

  const [underWay, free] = split(differing, (duty) => kept.has(duty));
  const standingKeys = new Set(standing.map(keyOf));
  return {
    planned: open.filter((work) => !waiting.has(work) && !standingKeys.has(keyOf(work))),
    changed: free.flatMap((duty) => {
      const work = wantedByKey.get(keyOf(duty));
      return work ? [{ duty, work }] : [];
    }),
    withdrawn: free.filter((duty) => !wantedByKey.has(keyOf(duty))),
    same,
    underWay,
    adopted: [
      ...same.map((duty) => ({ ...duty, trips: wantedByKey.get(keyOf(duty))?.trips ?? duty.trips })),
      ...underWay.filter((duty) => claimsOf(duty).some((claim) => workBy.has(claim))),
    ],
  };
};

type Tied = { readonly kept: ReadonlySet<Duty>; readonly waiting: ReadonlySet<PlannedWork> };

/** What cannot change as long as the duties that have begun stay: on either side, whatever shares a trip with it. */
const tiedTo = (begun: readonly Duty[], dutyBy: ByClaim<Duty>, workBy: ByClaim<PlannedWork>): Tied => {
  const kept = new Set(begun);
  const waiting = new Set<PlannedWork>();
  // A set that grows is walked to its end.
  for (const duty of kept)
    for (const claim of claimsOf(duty)) {
      const work = workBy.get(claim);
      if (!work || waiting.has(work)) continue;
      waiting.add(work);
      for (const other of claimsOf(work)) {
        const holder = dutyBy.get(other);
        if (holder) kept.add(holder);
      }
    }
  return { kept, waiting };
};

/** Trips that nobody knows may be those under way by another name: to plan them could double them, to wait would lose them. */
const refuseUnheld = (
  begun: readonly Duty[],
  standing: readonly Duty[],
  wanted: readonly PlannedWork[],
  waiting: ReadonlySet<PlannedWork>,
): void => {
  const begunLines = new Set(begun.map(lineDayOf));
  const held = new Set(standing.flatMap(tripsOf));
  const unheld = wanted.filter(
    (work) => (waiting.has(work) || begunLines.has(lineDayOf(work))) && tripsOf(work).some((trip) => !held.has(trip)),
  );
  const [first] = unheld;
  if (!first) return;
  const slug = "plan.under-way";
  const toFinding = ({ run, date }: PlannedWork): Finding => ({
    field: "firstDay",
    slug,
    message: `Run ${run} of ${date} has trips that no duty holds.`,
  });
  throw conflict(
    slug,
    `Line ${first.line} has begun ${first.date} otherwise, and run ${first.run} has trips that no duty holds: plan from the next day on.`,
    { findings: unheld.slice(0, mostFindings).map(toFinding) },
  );
};

/** The most runs that one refusal names. */
const mostFindings = 100;

const keyOf = ({ depot, date, service, run }: PlannedWork): string =>
  JSON.stringify([depot, date.toString(), service, run]);

const lineDayOf = ({ date, line }: PlannedWork): string => JSON.stringify([date.toString(), line]);

const tripsOf = ({ date, service, trips }: PlannedWork): string[] =>
  trips.map((trip) => JSON.stringify([date.toString(), service, trip]));

/** What only one duty may have: its place in the plan, and each of its trips. */
const claimsOf = (work: PlannedWork): string[] => [keyOf(work), ...tripsOf(work)];

type ByClaim<T> = ReadonlyMap<string, T>;

const byClaim = <T extends PlannedWork>(all: readonly T[]): ByClaim<T> =>
  new Map(all.flatMap((each) => claimsOf(each).map((claim) => [claim, each] as const)));

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
