import { useSyncExternalStore } from "react";

/** What just changed and glows for a moment. */
const glowing = new Map<string, number>();
const listeners = new Map<string, Set<() => void>>();
let changes = 0;

const glowTime = 1_100;

/** Lets these duties glow from now on, for about a second. */
export const glow = (duties: readonly string[]): void => {
  for (const duty of duties) {
    changes += 1;
    const change = changes;
    glowing.set(duty, change);
    tell(duty);
    window.setTimeout(() => {
      if (glowing.get(duty) !== change) return;
      glowing.delete(duty);
      tell(duty);
    }, glowTime);
  }
};

/** The number of the change that makes this duty glow; 0 when it does not. */
export const useGlow = (duty: string): number =>
  useSyncExternalStore(
    (listener) => subscribe(duty, listener),
    () => glowing.get(duty) ?? 0,
  );

const tell = (duty: string): void => {
  for (const listener of listeners.get(duty) ?? []) listener();
};

const subscribe = (duty: string, listener: () => void): (() => void) => {
  const held = listeners.get(duty) ?? new Set();
  listeners.set(duty, held.add(listener));
  return () => {
    held.delete(listener);
    if (held.size === 0) listeners.delete(duty);
  };
};
