import { expect, test } from "vitest";
import { wordsOf } from "../src/words.ts";

const colours = wordsOf<"red" | "green", 1 | 2>({ red: 1, green: 2 });

test("a word and its number find each other", () => {
  expect(colours.toProto("green")).toBe(2);
  expect(colours.toWord(1)).toBe("red");
});

test("a number without a word is refused, with the words there are", () => {
  expect(() => colours.toWord(0)).toThrow("There is no word for 0 among red, green.");
});
