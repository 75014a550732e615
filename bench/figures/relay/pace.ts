import { setTimeout as pause } from "node:timers/promises";

/** So many a second, for so long. */
export type Pace = { readonly perSecond: number; readonly seconds: number };

/** Milliseconds on a clock that all processes of this machine share. */
export const sharedClock = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Begins `act` at the given pace, whatever the earlier ones still do; ends when all have ended. */
export const paced = async ({ perSecond, seconds }: Pace, act: (index: number) => Promise<void>): Promise<void> => {
  const running = new Set<Promise<void>>();
  const began = performance.now();
  for (let index = 0; index < perSecond * seconds; index++) {
    while (performance.now() - began < (1000 * index) / perSecond) await pause(1);
    const work: Promise<void> = act(index).finally(() => running.delete(work));
    running.add(work);
  }
  await Promise.all(running);
};
