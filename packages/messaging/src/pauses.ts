import { setTimeout as pause } from "node:timers/promises";

/** One turn at once and one after each pause (milliseconds, with a fifth of jitter); yields whether the turn is the last. */
export async function* pauses(milliseconds: readonly number[]): AsyncGenerator<boolean, void, void> {
  yield milliseconds.length === 0;
  for (const [index, base] of milliseconds.entries()) {
    await pause(base * (0.9 + Math.random() * 0.2));
    yield index === milliseconds.length - 1;
  }
}
