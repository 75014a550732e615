/** What model-based runs of different services have in common. */

/** All ways to take so many steps of each: which one's turn it is. `[2, 1]`: `[0, 0, 1]`, `[0, 1, 0]`, `[1, 0, 0]`. */
export const orderings = (left: readonly number[]): number[][] => {
  if (left.every((count) => count === 0)) return [[]];
  return left.flatMap((count, which) =>
    count === 0 ? [] : orderings(left.with(which, count - 1)).map((rest) => [which, ...rest]),
  );
};

/** Lines by their first word, which is what they are about; those about the same thing as they were told. */
export const bySubject = (told: readonly string[]): string[] =>
  told.toSorted((a, b) => (subjectOf(a) < subjectOf(b) ? -1 : subjectOf(a) > subjectOf(b) ? 1 : 0));

const subjectOf = (line: string): string => line.slice(0, line.indexOf(" "));
