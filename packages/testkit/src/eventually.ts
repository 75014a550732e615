import { vi } from "vitest";

/**
 * Looks again and again until `look` no longer throws; answers what it saw last.
 * Gives up after a minute, far beyond what anything takes: no test must fail because the machine is slow.
 */
export const eventually = <T>(look: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(look, { timeout: 60_000, interval: 20 });
