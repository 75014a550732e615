/** Work of which only so much is under way; the rest waits in line. */
export type AtOnce = {
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
  /** How many are under way or wait. */
  readonly count: () => number;
};

/** At most so many at once, in the order in which they come. */
export const atOnce = (most: number): AtOnce => {
  let running = 0;
  const waiting: (() => void)[] = [];
  return {
    count: () => running + waiting.length,
    async run(work) {
      if (running < most) running++;
      // Whoever ends hands its place on: nobody who comes in between gets it.
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else running--;
      }
    },
  };
};
