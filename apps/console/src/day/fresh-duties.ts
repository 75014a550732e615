/** Duties fetched from their owner a moment ago: for that long the board's read model may not have heard of it. */
const fetchedAt = new Map<string, number>();

const freshFor = 10_000;

export const markFresh = (duty: string): void => {
  fetchedAt.set(duty, Date.now());
};

export const freshDuties = (): ReadonlySet<string> => {
  const oldest = Date.now() - freshFor;
  for (const [duty, at] of fetchedAt) if (at < oldest) fetchedAt.delete(duty);
  return new Set(fetchedAt.keys());
};
