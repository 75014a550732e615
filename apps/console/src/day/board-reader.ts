import type { ServiceDay } from "../time/service-clock.ts";
import { type Depot, type Duty, toDuty } from "./model/duty.ts";
import type { DayBoard } from "./model/patch.ts";

type Boards = readonly (DayBoard | undefined)[];

/** What the boards of some depots say. */
export type BoardsRead = {
  readonly duties: readonly Duty[];
  /** Depots whose day is still a plan. */
  readonly inactive: readonly Depot[];
};

/** Reads boards as one. Unchanged duties, and unchanged lists, stay the same objects: their rows are not drawn again. */
export const makeBoardReader = (day: ServiceDay) => {
  const known = new WeakMap<object, Duty>();
  let last: (BoardsRead & { readonly boards: Boards }) | null = null;

  const readDuty = (depot: Depot, duty: DayBoard["duties"][number]): Duty => {
    const held = known.get(duty) ?? toDuty(day, depot, duty);
    known.set(duty, held);
    return held;
  };

  return (depots: readonly Depot[], boards: Boards): BoardsRead => {
    if (last !== null && sameItems(last.boards, boards)) return last;
    const duties = depots.flatMap((depot, index) => (boards[index]?.duties ?? []).map((duty) => readDuty(depot, duty)));
    last = { boards, duties, inactive: depots.filter((_, index) => boards[index]?.activated === false) };
    return last;
  };
};

const sameItems = (a: Boards, b: Boards): boolean =>
  a.length === b.length && a.every((board, index) => board === b[index]);
