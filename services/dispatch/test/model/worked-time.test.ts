import type { Instant } from "@headway/kernel/clock";
import { lengthOf, overlaps, sumOf } from "@headway/kernel/interval";
import { serviceInstant } from "@headway/kernel/service-day";
import { Temporal } from "@headway/kernel/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Plan } from "../../src/model/plan.ts";
import { defaultWindows } from "../../src/model/windows.ts";
import { countedEnd, minuteOf, workedTime } from "../../src/model/worked-time.ts";
import { at } from "./given.ts";

const straight = (starts: Instant, ends: Instant): Plan => ({ starts, ends, pieces: [{ starts, ends }] });

const shown = ({ intervals }: ReturnType<typeof workedTime>) =>
  intervals.map(
    ({ kind, starts, ends }) => `${kind} ${starts.toString().slice(11, 16)}-${ends.toString().slice(11, 16)}`,
  );

describe("what counts as work", () => {
  const plan = straight(at("05:00"), at("13:00"));

  test("an early sign-on counts from the planned start", () => {
    expect(workedTime(plan, { on: at("04:31"), off: at("13:00"), breaks: [] }).minutes).toBe(480);
  });

  test("a late one from its own minute", () => {
    expect(workedTime(plan, { on: at("05:07:59"), off: at("13:00"), breaks: [] }).minutes).toBe(473);
  });

  test("breaks and the gaps between the pieces do not", () => {
    const split: Plan = {
      ...plan,
      pieces: [
        { starts: at("05:00"), ends: at("08:00") },
        { starts: at("10:00"), ends: at("13:00") },
      ],
    };
    const breaks = [
      { starts: at("06:00"), ends: at("06:20") },
      { starts: at("07:50"), ends: at("08:30") },
    ];
    const worked = workedTime(split, { on: at("05:00"), off: at("13:00"), breaks });
    expect(shown(worked)).toEqual([
      "work 05:00-06:00",
      "break 06:00-06:20",
      "work 06:20-07:50",
      "break 07:50-10:00",
      "work 10:00-13:00",
    ]);
    expect(worked.minutes).toBe(60 + 90 + 180);
  });

  test("who leaves before the planned start has worked nothing", () => {
    expect(workedTime(plan, { on: at("04:40"), off: at("04:55"), breaks: [] })).toEqual({ intervals: [], minutes: 0 });
  });
});

describe.each([
  ["28-29 March 2026, clocks forward", "2026-03-28", 420],
  ["24-25 October 2026, clocks back", "2026-10-24", 540],
  ["an ordinary night", "2026-11-23", 480],
])("the night of %s", (_, date, minutes) => {
  const on = Temporal.PlainDate.from(date)
    .toZonedDateTime({ timeZone: "Europe/Paris", plainTime: "22:00" })
    .toInstant();
  const off = Temporal.PlainDate.from(date)
    .add({ days: 1 })
    .toZonedDateTime({ timeZone: "Europe/Paris", plainTime: "06:00" })
    .toInstant();

  test(`from 22:00 to 06:00 on the wall is ${minutes} minutes`, () => {
    expect(workedTime(straight(on, off), { on, off, breaks: [] }).minutes).toBe(minutes);
  });
});

describe("whatever is signed", () => {
  const zones = ["Europe/Paris", "America/Los_Angeles", "Australia/Lord_Howe", "Asia/Kolkata"];
  const dates = [
    "2026-03-28",
    "2026-03-29",
    "2026-10-24",
    "2026-10-25",
    "2026-03-08",
    "2026-11-01",
    "2026-04-05",
    "2026-07-01",
  ];
  const seconds = (least: number, most: number) => fc.integer({ min: least, max: most });
  const signed = fc.record({
    zone: fc.constantFrom(...zones),
    date: fc.constantFrom(...dates),
    starts: seconds(0, 86_400),
    lengths: fc.array(seconds(60, 18_000), { minLength: 1, maxLength: 7 }),
    on: seconds(-1800, 36_000),
    rests: fc.array(fc.tuple(seconds(0, 7200), seconds(0, 3600)), { maxLength: 4 }),
    off: seconds(0, 18_000),
  });
  type Signed = typeof signed extends fc.Arbitrary<infer T> ? T : never;

  /** Pieces and gaps take turns; breaks follow each other after the sign-on, and the sign-off follows them. */
  const dayOf = ({ zone, date, starts, lengths, on, rests, off }: Signed) => {
    const begin = serviceInstant(Temporal.PlainDate.from(date), starts, zone);
    const marks = [begin];
    for (const length of lengths) marks.push((marks.at(-1) ?? begin).add({ seconds: length }));
    const even = marks.length % 2 === 0 ? marks : marks.slice(0, -1);
    const pieces = even.flatMap((mark, index) =>
      index % 2 === 0 ? [{ starts: mark, ends: even[index + 1] ?? mark }] : [],
    );
    const plan: Plan = { starts: begin, ends: even.at(-1) ?? begin, pieces };
    let cursor = begin.add({ seconds: on });
    const signedOn = cursor;
    const breaks = rests.map(([wait, length]) => {
      const rest = { starts: cursor.add({ seconds: wait }), ends: cursor.add({ seconds: wait + length }) };
      cursor = rest.ends;
      return rest;
    });
    return { plan, on: signedOn, breaks, off: cursor.add({ seconds: off }) };
  };

  const everyDay = (holds: (day: ReturnType<typeof dayOf>) => void) =>
    fc.assert(
      fc.property(signed, (given) => holds(dayOf(given))),
      { numRuns: 500 },
    );

  test("minutes are conserved: work and break fill the time from the counted start to the end, without overlap", () =>
    everyDay(({ plan, on, off, breaks }) => {
      const { intervals, minutes } = workedTime(plan, { on, off, breaks });
      const first = minuteOf(on).epochMilliseconds < minuteOf(plan.starts).epochMilliseconds ? plan.starts : on;
      const whole = Math.max(0, (minuteOf(off).epochMilliseconds - minuteOf(first).epochMilliseconds) / 60_000);
      expect(sumOf(intervals)).toBe(whole);
      expect(sumOf(intervals.filter(({ kind }) => kind === "work"))).toBe(minutes);
      for (const [index, interval] of intervals.entries()) {
        expect(lengthOf(interval)).toBeGreaterThan(0);
        const next = intervals[index + 1];
        if (next)
          expect([overlaps(interval, next), next.starts.toString(), next.kind === interval.kind]).toEqual([
            false,
            interval.ends.toString(),
            false,
          ]);
      }
    }));

  test("an early sign-on never earns", () =>
    everyDay(({ plan, off, breaks }) => {
      const onTime = workedTime(plan, { on: plan.starts, off, breaks });
      expect(workedTime(plan, { on: plan.starts.subtract({ minutes: 30 }), off, breaks })).toEqual(onTime);
    }));

  test("a later sign-on or an earlier sign-off never earns more", () =>
    everyDay(({ plan, on, off, breaks }) => {
      const { minutes } = workedTime(plan, { on, off, breaks });
      expect(workedTime(plan, { on: on.add({ minutes: 7 }), off, breaks }).minutes).toBeLessThanOrEqual(minutes);
      expect(workedTime(plan, { on, off: off.subtract({ minutes: 7 }), breaks }).minutes).toBeLessThanOrEqual(minutes);
    }));

  test("more than the granted overrun never counts", () =>
    everyDay(({ plan, off }) => {
      const { ends, needsReview } = countedEnd(plan, off, defaultWindows.overrun, null);
      const over = (minuteOf(off).epochMilliseconds - minuteOf(plan.ends).epochMilliseconds) / 60_000;
      expect(needsReview).toBe(over > defaultWindows.overrun);
      expect(ends).toEqual(over > defaultWindows.overrun ? plan.ends : off);
    }));
});
