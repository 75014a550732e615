import type { AssignmentId, DepotId, DutyId } from "@headway/kernel/ids";
import { type Interval, lengthOf } from "@headway/kernel/interval";
import { type PlainDate, Temporal } from "@headway/kernel/time";
import { inOrder, outside, type Spans } from "./spans.ts";

/** What a driver worked on one assignment: whole minutes of work, breaks left out. */
export type WorkedDuty = {
  readonly assignment: AssignmentId;
  readonly duty: DutyId;
  readonly date: PlainDate;
  readonly depot: DepotId;
  /** Of the depot. */
  readonly zone: string;
  readonly work: readonly Interval[];
};

/** All the work of one service day, in order. */
export type WorkedDay = {
  readonly date: PlainDate;
  /** Where the day's first duty was worked, and its zone. */
  readonly depot: DepotId;
  readonly zone: string;
  readonly duties: readonly { readonly duty: DutyId; readonly work: Spans }[];
  readonly work: Spans;
  /** From the first sign-on to the final sign-off. */
  readonly spread: Interval;
};

/**
 * The days with work, in order, whatever the order of the facts. A minute that two assignments claim (a sign-off that
 * overlaps the next sign-on) stays with the earlier one, so that no minute is paid twice.
 */
export const workedDays = (facts: readonly WorkedDuty[]): WorkedDay[] => {
  const duties = facts
    .map((fact) => ({ ...fact, work: inOrder(fact.work.filter((span) => lengthOf(span) > 0)) }))
    .toSorted(
      (a, b) =>
        Temporal.PlainDate.compare(a.date, b.date) || startOf(a) - startOf(b) || (a.assignment < b.assignment ? -1 : 1),
    );
  const taken: Interval[] = [];
  const trimmed = duties.flatMap((duty) => {
    const work = duty.work.flatMap((span) => {
      const left = outside([span], taken);
      taken.push(...left);
      return left;
    });
    return work.length > 0 ? [{ ...duty, work }] : [];
  });
  const byDate = Map.groupBy(trimmed, ({ date }) => date.toString());
  return [...byDate.keys()].toSorted().map((date) => toDay(byDate.get(date) ?? []));
};

const startOf = ({ work }: WorkedDuty): number => work[0]?.starts.epochMilliseconds ?? 0;

const toDay = (duties: readonly WorkedDuty[]): WorkedDay => {
  const work = inOrder(duties.flatMap((duty) => duty.work));
  const [first, last, duty] = [work.at(0), work.at(-1), duties.at(0)];
  if (!first || !last || !duty) throw new Error("A worked day without work.");
  return {
    date: duty.date,
    depot: duty.depot,
    zone: duty.zone,
    duties: duties.map(({ duty: id, work: spans }) => ({ duty: id, work: spans })),
    work,
    spread: { starts: first.starts, ends: last.ends },
  };
};
