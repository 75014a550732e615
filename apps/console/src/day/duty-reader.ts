import type { ServiceDay } from "../time/service-clock.ts";
import { type Depot, type Duty, toDuty } from "./model/duty.ts";
import type { DayBoard } from "./model/patch.ts";

type Boards = readonly (DayBoard | undefined)[];

/** Reads boards into duties. Unchanged duties, and an unchanged list, stay the same objects: their rows are not drawn again. */
export const makeDutyReader = (day: ServiceDay) => {
  const known = new WeakMap<object, Duty>();
  let read: { readonly boards: Boards; readonly duties: readonly Duty[] } | null = null;

  const readDuty = (depot: Depot, duty: DayBoard["duties"][number]): Duty => {
    const held = known.get(duty) ?? toDuty(day, depot, duty);
    known.set(duty, held);
    return held;
  };

  return (depots: readonly Depot[], boards: Boards): readonly Duty[] => {
    if (read !== null && sameItems(read.boards, boards)) return read.duties;
    const duties = depots.flatMap((depot, index) => (boards[index]?.duties ?? []).map((duty) => readDuty(depot, duty)));
    read = { boards, duties };
    return duties;
  };
};

const sameItems = (a: Boards, b: Boards): boolean =>
  a.length === b.length && a.every((board, index) => board === b[index]);
