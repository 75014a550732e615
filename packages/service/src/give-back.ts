import { flushCompileCache } from "node:module";

/** By then the first calls and events have been through, and whatever follows upon a great piece of work. */
const afterMs = 12_000;

/**
 * Gives the memory back, once, that only the start of the process needed, or a great piece of work: V8 keeps what it once
 * took until much more is asked of it, which a process that mostly waits never does. Takes some 50 ms, a while after the call.
 * What was compiled is written down by then, so that the next start is quick and small also behind a kill.
 * Gives nothing back where Node was started without `--expose-gc`.
 */
export const giveBackSoon = (): void => {
  const giveBack = (): void => {
    flushCompileCache();
    globalThis.gc?.({ type: "major", execution: "sync", flavor: "last-resort" });
  };
  setTimeout(giveBack, afterMs).unref();
};
