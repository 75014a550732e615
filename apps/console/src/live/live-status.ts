import { useSyncExternalStore } from "react";
import type { LiveState } from "./live-connection.ts";

let state: LiveState | null = null;
const listeners = new Set<() => void>();

/** Says how live the screen is; null where nothing on it is meant to be live. */
export const setLiveState = (next: LiveState | null): void => {
  state = next;
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useLiveState = (): LiveState | null => useSyncExternalStore(subscribe, () => state);
