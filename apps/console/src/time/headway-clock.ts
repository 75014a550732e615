/** Headway's own clock as far as this page knows it: the page's clock put right by every answer that says what time it is. */
let ahead = 0;
const listeners = new Set<() => void>();
let ticking: number | null = null;
let second = Math.floor(Date.now() / 1000);

/** Epoch milliseconds by Headway's clock. */
export const headwayNow = (): number => Date.now() + ahead;

/** A moment of this machine's clock by Headway's. */
export const toHeadwayTime = (epochMs: number): number => epochMs + ahead;

/** Headway says what time it is; small differences are the network's and are left alone. */
export const setHeadwayClock = (iso: string): void => {
  const difference = Date.parse(iso) - Date.now();
  if (Number.isNaN(difference) || Math.abs(difference - ahead) < 1500) return;
  ahead = difference;
  tick();
};

/** Calls back at every new second of Headway's clock. Returns how to stop. */
export const onSecond = (listener: () => void): (() => void) => {
  tick();
  listeners.add(listener);
  ticking ??= window.setInterval(tick, 250);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || ticking === null) return;
    window.clearInterval(ticking);
    ticking = null;
  };
};

/** The current second (epoch seconds), the same value between two seconds. */
export const currentSecond = (): number => second;

const tick = (): void => {
  const now = Math.floor(headwayNow() / 1000);
  if (now === second) return;
  second = now;
  for (const listener of listeners) listener();
};
