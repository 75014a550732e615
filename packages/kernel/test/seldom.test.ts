import { afterEach, expect, test, vi } from "vitest";
import { seldom } from "../src/seldom.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("it is time at once, and then not before the time has passed, for each name by itself", () => {
  vi.useFakeTimers();
  const isTime = seldom(1000);
  expect([isTime(), isTime(), isTime("other"), isTime("other")]).toEqual([true, false, true, false]);
  vi.advanceTimersByTime(999);
  expect(isTime()).toBe(false);
  vi.advanceTimersByTime(1);
  expect([isTime(), isTime(), isTime("other")]).toEqual([true, false, true]);
});
