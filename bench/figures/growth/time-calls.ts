import type { GrownMetro, Operation } from "./metro.ts";

/** How many things a call must answer: a call that finds nothing is quick, and says nothing. */
const answers: Readonly<Record<Operation, (things: number) => boolean>> = {
  assign: (things) => things === 1,
  "day board": (things) => things === 500,
  "matrix page": (things) => things === 2500,
  "personal roster": (things) => things >= 20 && things <= 21,
  "worked time": (things) => things === 20,
};

/** Milliseconds of each call, one after the other, for these drivers. Throws where one answers something else than it should. */
export const timeCalls = async (
  { calls, drivers: size }: GrownMetro,
  operation: Operation,
  drivers: readonly number[],
): Promise<readonly number[]> => {
  const times: number[] = [];
  for (const driver of drivers) {
    const began = performance.now();
    const things = await calls[operation](driver);
    times.push(performance.now() - began);
    if (!answers[operation](things)) throw new Error(`${operation} of ${size} drivers answered ${things} things.`);
  }
  return times;
};

/** Drivers of a metro of this size whom nobody has drawn yet, each of them as likely as the other. */
export const drawing = (size: number, next: () => number): ((count: number) => readonly number[]) => {
  const drawn = new Set<number>();
  const draw = (): number => {
    for (;;) {
      const driver = Math.floor(next() * size);
      if (drawn.has(driver)) continue;
      drawn.add(driver);
      return driver;
    }
  };
  return (count) => {
    if (drawn.size + count > size) throw new Error(`There are only ${size} drivers to draw from: repeat less often.`);
    return Array.from({ length: count }, draw);
  };
};
