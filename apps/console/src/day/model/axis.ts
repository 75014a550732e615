import { type Scale, xOf } from "./scale.ts";

export type Tick = { readonly seconds: number; readonly x: number; readonly major: boolean };

/** Minutes between labelled ticks, and between the fine ones beside them. */
const steps: readonly (readonly [labelled: number, fine: number])[] = [
  [1, 1],
  [2, 1],
  [5, 1],
  [10, 5],
  [15, 5],
  [30, 15],
  [60, 15],
  [120, 60],
  [180, 60],
  [240, 60],
  [360, 60],
];
const roomForLabel = 58;

/** The ticks of the axis: labelled ones as dense as their labels allow, on round times, fine ones between. */
export const ticksOf = (scale: Scale): readonly Tick[] => {
  const [labelled, fine] = steps.find(([minutes]) => minutes * scale.pixelsPerMinute >= roomForLabel) ?? [720, 60];
  const ticks: Tick[] = [];
  for (let minute = Math.ceil(scale.from / 60 / fine) * fine; minute * 60 <= scale.to; minute += fine) {
    ticks.push({ seconds: minute * 60, x: xOf(scale, minute * 60), major: minute % labelled === 0 });
  }
  return ticks;
};
