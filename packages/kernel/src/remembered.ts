/** So many values at most: then it starts afresh, so that what lives long does not grow for ever. */
const most = 10_000;

/** Makes the value of each key at its first use, and keeps it. */
export const remembered = <Key, Value>(make: (key: Key) => Value): ((key: Key) => Value) =>
  rememberedBy((key) => key, make);

/** The same for what is made of several: `keyOf` tells them apart. */
export const rememberedBy = <Given extends readonly unknown[], Value>(
  keyOf: (...given: Given) => unknown,
  make: (...given: Given) => Value,
): ((...given: Given) => Value) => {
  const made = new Map<unknown, Value>();
  return (...given) => {
    const key = keyOf(...given);
    const known = made.get(key);
    if (known !== undefined || made.has(key)) return known as Value;
    if (made.size === most) made.clear();
    const value = make(...given);
    made.set(key, value);
    return value;
  };
};
