import { expect, test } from "vitest";
import { remembered, rememberedBy } from "../src/remembered.ts";

test("each key's value is made once, also where it is undefined", () => {
  const made: number[] = [];
  const double = remembered((key: number) => {
    made.push(key);
    return key === 0 ? undefined : 2 * key;
  });
  expect([3, 0, 3, 0].map(double)).toEqual([6, undefined, 6, undefined]);
  expect(made).toEqual([3, 0]);
});

test("what is made of several is told apart by its key", () => {
  const join = rememberedBy(
    (a: string, b: string) => `${a} ${b}`,
    (a, b) => [a, b],
  );
  expect(join("a", "b")).toBe(join("a", "b"));
  expect(join("a", "c")).toEqual(["a", "c"]);
});

test("it does not grow for ever", () => {
  let made = 0;
  const count = remembered((_key: number) => ++made);
  for (let key = 0; key <= 10_000; key++) count(key);
  count(10_000);
  expect(made).toBe(10_001);
  count(0);
  expect(made).toBe(10_002);
});
