/** By then the first calls and events have been through. */
const startedForMs = 12_000;

/**
 * Gives the memory back, once, that only the start of the process needed: V8 keeps what it once took until much more is
 * asked of it, which a process that mostly waits never does. Takes some 50 ms, a while after the start.
 * Does nothing where Node was started without `--expose-gc`.
 */
export const giveBackSoon = (): void => {
  setTimeout(() => globalThis.gc?.({ type: "major", execution: "sync", flavor: "last-resort" }), startedForMs).unref();
};
