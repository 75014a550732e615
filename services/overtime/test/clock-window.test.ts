import { lengthOf, sumOf } from "@headway/kernel/interval";
import { Temporal } from "@headway/kernel/time";
import { expect, test } from "vitest";
import { clockWindows } from "../src/model/clock-window.ts";
import { within } from "../src/model/spans.ts";

const at = (text: string) => Temporal.Instant.from(text);
const clock = (text: string) => Temporal.PlainTime.from(text);

test.each([
  ["an ordinary night", "2026-03-02", "22:00", "06:00", 8],
  ["the night the clocks go forward", "2026-03-28", "22:00", "06:00", 7],
  ["the night the clocks go back", "2026-10-24", "22:00", "06:00", 9],
  ["a window inside one day", "2026-03-02", "00:00", "05:00", 5],
  ["until a time that the clock skips", "2026-03-28", "22:00", "02:30", 4],
  ["from a time that the clock skips", "2026-03-29", "02:30", "06:00", 3],
  ["until a time that the clock shows twice", "2026-10-24", "22:00", "02:30", 5.5],
  ["from a time that the clock shows twice", "2026-10-25", "02:30", "06:00", 4.5],
  ["a whole day of the clock", "2026-03-02", "06:00", "06:00", 24],
])("%s: %s from %s until %s lasts %d h", (_, date, from, until, hours) => {
  const noon = Temporal.PlainDate.from(date)
    .toZonedDateTime({ timeZone: "Europe/Paris", plainTime: "12:00" })
    .toInstant();
  const windows = clockWindows({ starts: noon, ends: noon }, clock(from), clock(until), "Europe/Paris");
  const last = windows.at(-1);
  expect(last && lengthOf(last)).toBe(hours * 60);
});

test("work that starts after midnight is in the window of the evening before", () => {
  const work = { starts: at("2026-03-03T01:00:00Z"), ends: at("2026-03-03T05:00:00Z") };
  expect(sumOf(within([work], clockWindows(work, clock("22:00"), clock("04:00"), "UTC")))).toBe(180);
});
