import { expect, test } from "vitest";
import { instantAt, parseDate, parseInstant } from "../src/time.ts";

const slugOf = (work: () => unknown): string => {
  try {
    work();
    return "";
  } catch (error) {
    return (error as { slug: string }).slug;
  }
};

test.each(["2026-02-29", "0000-01-01", "1899-12-31", "2200-01-01", "9999-12-31", "2026-1-1", "+012026-01-01", "today"])(
  '"%s" is no date',
  (text) => {
    expect(slugOf(() => parseDate(text, "from"))).toBe("field.not-a-date");
  },
);

test.each(["2026-11-21T04:05:00", "1899-12-31T23:59:59Z", "2200-01-01T00:00:00Z", "noon"])(
  '"%s" is no instant that can be kept',
  (text) => {
    expect(slugOf(() => parseInstant(text, "at"))).toBe("field.not-an-instant");
  },
);

test("the first and the last instant of the years that can be kept are read, and none beyond", () => {
  const last = parseInstant("2199-12-31T23:59:59.999999999Z", "at").epochNanoseconds;
  expect(instantAt(last, "at").toString()).toBe("2199-12-31T23:59:59.999999999Z");
  expect(slugOf(() => instantAt(last + 1n, "at"))).toBe("field.not-an-instant");
  expect(slugOf(() => instantAt(10n ** 30n, "at"))).toBe("field.not-an-instant");
  expect(parseInstant("1900-01-01T00:00:00Z", "at").toString()).toBe("1900-01-01T00:00:00Z");
});
