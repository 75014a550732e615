/** The least, the middle and the greatest of some values. */
export type Spread = { readonly min: number; readonly median: number; readonly max: number };

/** Throws where there is no value. */
export const spread = (values: readonly number[]): Spread => ({
  min: Math.min(...values),
  median: quantile(values, 0.5),
  max: Math.max(...values),
});

/** The value below which `share` (0 to 1) of the values lie, interpolated between neighbours. Throws where there is none. */
export const quantile = (values: readonly number[], share: number): number => {
  const ordered = values.toSorted((a, b) => a - b);
  const place = (ordered.length - 1) * share;
  const [below, above] = [ordered[Math.floor(place)], ordered[Math.ceil(place)]];
  if (below === undefined || above === undefined) throw new Error("There is nothing to take a quantile of.");
  return below + (above - below) * (place - Math.floor(place));
};
