/** Says yes at most once in so many milliseconds of this process, for each name. */
export const seldom = (everyMs: number): ((name?: string) => boolean) => {
  const last = new Map<string, number>();
  return (name = "") => {
    const now = performance.now();
    if (now - (last.get(name) ?? Number.NEGATIVE_INFINITY) < everyMs) return false;
    last.set(name, now);
    return true;
  };
};
