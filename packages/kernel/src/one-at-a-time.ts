import { AsyncLocalStorage } from "node:async_hooks";

// Who asks for a run is not who it is done for: identity, deadline and trace of the asker stay with the asker.
const outside = AsyncLocalStorage.snapshot();

/**
 * Runs `work` never beside itself. Who asks while it runs gets a run that begins afterwards, all of them the same one:
 * no call is lost, and a thousand calls make two runs.
 */
export const oneAtATime = <T>(work: () => Promise<T>): (() => Promise<T>) => {
  let tail: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | null = null;
  const begin = (): Promise<T> => {
    next = null;
    return work();
  };
  return () => {
    next ??= outside(() => tail.then(begin));
    tail = next.catch(() => {});
    return next;
  };
};
