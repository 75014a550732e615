import { expect, test } from "vitest";
import { minutesByCode } from "../../src/model/worked-day.ts";

test("components of one pay code add up", () => {
  expect(
    minutesByCode([
      { code: "BASE", minutes: 300 },
      { code: "OT150", minutes: 20 },
      { code: "BASE", minutes: 180 },
    ]),
  ).toEqual({ BASE: 480, OT150: 20 });
  expect(minutesByCode([])).toEqual({});
});
