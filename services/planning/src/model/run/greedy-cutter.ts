import { type Finding, invalid } from "@headway/kernel/domain-error";
import { type Block, byText } from "../block/block.ts";
import type { RunId } from "../ids.ts";
import { type Packed, pack } from "./pack.ts";
import { partitionsOf, stretchesOf, toLeg } from "./partition.ts";
import { makeRun, type Piece, type Run } from "./run.ts";
import { longestPiece, type RunLimits } from "./run-limits.ts";

/**
 * Divides blocks into runs: each trip is in exactly one, and each run obeys the limits. The same blocks and limits give
 * the same runs with the same ids. Refused with `run-cut.impossible`, naming the trips that no run can hold.
 */
export type RunCutter = (blocks: readonly Block[], limits: RunLimits) => readonly Run[];

/** The most trips that one refusal names. */
const mostFindings = 100;
/** Comparisons of a piece with a run that one line's search may spend: a tenth of a second or so. */
const patience = 4_000_000;

/**
 * A greedy cutter: cuts each block evenly, gives the pieces to drivers in order of time, then moves the cuts of one block
 * after the other for as long as that saves runs. Runs stay on the blocks of one line.
 */
export const greedyCutter: RunCutter = (blocks, limits) => {
  refuseImpossible(blocks, limits);
  return [...Map.groupBy(blocks, ({ service, line }) => JSON.stringify([service, line])).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { service, line } = first;
    return cutLine(group, limits).map(({ pieces }, index) =>
      makeRun(service, `${line}-${String(index + 1).padStart(3, "0")}` as RunId, line, pieces, limits),
    );
  });
};

const cutLine = (blocks: readonly Block[], limits: RunLimits): Packed[] => {
  const choices = blocks.flatMap(stretchesOf).map((stretch) => partitionsOf(stretch, longestPiece(limits)));
  return search(choices, limits).runs.toSorted(
    (a, b) => a.starts - b.starts || a.ends - b.ends || byText(firstTrip(a), firstTrip(b)),
  );
};

type Result = { readonly runs: readonly Packed[]; readonly cost: number };

/** Takes the first way to cut each stretch, then for each stretch the way that costs least, until nothing changes. */
const search = (choices: readonly Piece[][][], limits: RunLimits): Result => {
  const chosen = choices.map(() => 0);
  let spent = 0;
  const attempt = (): Result => {
    const pieces = choices.flatMap((ways, index) => ways[chosen[index] ?? 0] ?? []).sort(byStart);
    const { runs, comparisons } = pack(pieces, limits);
    spent += comparisons + pieces.length;
    return { runs, cost: costOf(runs) };
  };
  let best = attempt();
  for (let moved = true; moved; ) {
    moved = false;
    for (const [index, ways] of choices.entries())
      for (const way of ways.keys()) {
        const before = chosen[index] ?? 0;
        if (way === before) continue;
        if (spent > patience) return best;
        chosen[index] = way;
        const next = attempt();
        if (next.cost < best.cost) [best, moved] = [next, true];
        else chosen[index] = before;
      }
  }
  return best;
};

/** In minutes: a run costs a day, a split an hour, and each minute that a driver is away from home a tenth. */
const costOf = (runs: readonly Packed[]): number =>
  runs.reduce((sum, { starts, ends, split }) => sum + 1440 + (split ? 60 : 0) + (ends - starts) / 10, 0);

const byStart = (a: Piece, b: Piece): number =>
  a.starts - b.starts || a.ends - b.ends || byText(a.trips[0] ?? "", b.trips[0] ?? "");

const firstTrip = ({ pieces }: Packed): string => pieces[0]?.trips[0] ?? "";

const refuseImpossible = (blocks: readonly Block[], limits: RunLimits): void => {
  const most = longestPiece(limits);
  const findings = blocks.flatMap(({ service, id, trips }) =>
    trips.map(toLeg).flatMap(({ trip, starts, ends }): Finding[] => {
      const minutes = ends - starts;
      if (minutes <= most) return [];
      const message = `Trip ${trip.id} of block ${id} (service ${service}) takes ${minutes} min; the limits leave ${most} min between two breaks.`;
      return [{ field: "trip", slug: "run-cut.trip-too-long", message }];
    }),
  );
  const [first, ...others] = findings;
  if (first === undefined) return;
  const many = others.length === 0 ? "A trip is" : `${findings.length} trips are`;
  throw invalid("run-cut.impossible", `${many} too long for any run. ${first.message}`, {
    findings: findings.slice(0, mostFindings),
  });
};
