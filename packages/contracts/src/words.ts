/** The words of one language for the numbers of a protobuf enum, both ways. A number without a word throws: it must not pass as something else. */
export const wordsOf = <Word extends string, Value extends number>(values: Readonly<Record<Word, Value>>) => {
  const words = new Map<number, Word>(Object.entries<Value>(values).map(([word, value]) => [value, word as Word]));
  return {
    toProto: (word: Word): Value => values[word],
    toWord(value: number): Word {
      const word = words.get(value);
      if (word === undefined) throw new Error(`There is no word for ${value} among ${Object.keys(values).join(", ")}.`);
      return word;
    },
  };
};
