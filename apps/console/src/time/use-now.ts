import { useSyncExternalStore } from "react";
import { currentSecond, onSecond } from "./headway-clock.ts";

/** Epoch milliseconds by Headway's clock, new every `stepSeconds`. */
export const useNow = (stepSeconds = 1): number =>
  useSyncExternalStore(onSecond, () => Math.floor(currentSecond() / stepSeconds) * stepSeconds) * 1000;
