import { serviceDayStart, startOfDay } from "@headway/kernel/service-day";
import { type PlainDate, Temporal } from "@headway/kernel/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findings } from "../../src/model/check.ts";
import type { CountedDriver, CountedDuty, Stretch } from "../../src/model/counted.ts";
import { isError } from "../../src/model/finding.ts";
import { driver, duty, under, zone } from "./given.ts";

const hours = (count: number): number => count * 60;

/** Any date of two years, often one of those around a change of the clocks. */
const dates = fc
  .oneof(
    fc.integer({ min: 0, max: 729 }).map((days) => Temporal.PlainDate.from("2026-01-01").add({ days })),
    fc
      .record({
        change: fc.constantFrom("2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31"),
        days: fc.integer({ min: -2, max: 2 }),
      })
      .map(({ change, days }) => Temporal.PlainDate.from(change).add({ days })),
  )
  .map((date) => date.toString());

/** Minutes of the service day, past 24:00 too, and a length in minutes. */
const times = fc.record({
  from: fc.integer({ min: 0, max: hours(28) }),
  length: fc.integer({ min: 30, max: hours(13) }),
});

const dutyOn = (date: string, from: number, length: number): CountedDuty =>
  duty(date, `0:${from}`, `0:${from + length}`, { work: length });

const dayAfter = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString();

const minutesOf = ({ starts, ends }: Stretch): Set<number> =>
  new Set(Array.from({ length: (ends - starts) / 60_000 }, (_, index) => starts / 60_000 + index));

const sharedMinutes = (one: Stretch, other: Stretch): number => {
  const minutes = minutesOf(other);
  return [...minutesOf(one)].filter((minute) => minutes.has(minute)).length;
};

const measuredBy = (rule: string, who: CountedDriver, asked: CountedDuty): number | null =>
  findings(who, asked).find((finding) => finding.rule === rule)?.measured ?? null;

const mayWork = (who: CountedDriver, asked: CountedDuty): boolean => !findings(who, asked).some(isError);

const given = (who: CountedDriver, asked: CountedDuty): CountedDriver => ({
  ...who,
  standing: [...who.standing, asked],
});

test("an overlap is found exactly where two duties share a minute, and is as long as what they share", () => {
  fc.assert(
    fc.property(dates, times, fc.integer({ min: -1, max: 1 }), times, (date, held, days, asked) => {
      const [one, other] = [
        dutyOn(date, held.from, held.length),
        dutyOn(dayAfter(date, days), asked.from, asked.length),
      ];
      const both = sharedMinutes(one, other);
      expect(measuredBy("overlap", driver({}, one), other)).toBe(both || null);
      expect(measuredBy("overlap", driver({}, other), one)).toBe(both || null);
    }),
  );
});

test("an absence, of a day or half of one, forbids exactly the duties that touch it", () => {
  const partsOf = (day: PlainDate) => {
    const [starts, noon, ends] = [
      startOfDay(day, zone),
      serviceDayStart(day, zone).add({ hours: 12 }),
      startOfDay(day.add({ days: 1 }), zone),
    ];
    return { whole: { starts, ends }, morning: { starts, ends: noon }, afternoon: { starts: noon, ends } };
  };
  fc.assert(
    fc.property(
      dates,
      fc.constantFrom("whole", "morning", "afternoon"),
      fc.integer({ min: -1, max: 1 }),
      times,
      (date, part, days, { from, length }) => {
        const away = partsOf(Temporal.PlainDate.from(date))[part];
        const asked = dutyOn(dayAfter(date, days), from, length);
        const absence = { starts: away.starts.epochMilliseconds, ends: away.ends.epochMilliseconds };
        const both = sharedMinutes(absence, asked);
        expect(measuredBy("absence", driver({ absences: [away] }), asked)).toBe(both || null);
      },
    ),
  );
});

test("work is summed by service date and by its week from Monday, wherever midnight falls", () => {
  const held = fc.array(fc.tuple(fc.integer({ min: -8, max: 8 }), times), { maxLength: 8 });
  const mondayOf = (date: string) => {
    const day = Temporal.PlainDate.from(date);
    return day.subtract({ days: day.dayOfWeek - 1 }).toString();
  };
  fc.assert(
    fc.property(dates, held, times, (date, others, { from, length }) => {
      const standing = others.map(([days, other]) => ({ date: dayAfter(date, days), ...other }));
      const sumOf = (together: (other: string) => boolean) =>
        standing.filter((other) => together(other.date)).reduce((sum, other) => sum + other.length, length);
      const duties = standing.map((other) => dutyOn(other.date, other.from, other.length));
      const asked = dutyOn(date, from, length);
      const ofDay = sumOf((other) => other === date);
      const ofWeek = sumOf((other) => mondayOf(other) === mondayOf(date));
      const [american, european] = [driver(under("everett"), ...duties), driver({}, ...duties)];
      expect(measuredBy("everett.work", american, asked)).toBe(ofDay > hours(12) ? ofDay : null);
      expect(measuredBy("eu-2003-88.week", european, asked)).toBe(ofWeek > hours(48) ? ofWeek : null);
    }),
  );
});

describe("a driver who is given one duty after the other", () => {
  const wished = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), times), { minLength: 2, maxLength: 12 });

  test.each([
    ["eu-2003-88", { rest: hours(11), spread: hours(13), work: Number.POSITIVE_INFINITY }],
    ["eu-2005-47", { rest: hours(12), spread: hours(13), work: Number.POSITIVE_INFINITY }],
    ["everett", { rest: hours(9), spread: hours(14), work: hours(12) }],
  ])("under %s holds a legal set of them in the end", (agreement, { rest, spread, work }) => {
    let most = 0;
    fc.assert(
      fc.property(dates, wished, (date, all) => {
        const duties = all.map(([days, { from, length }]) => dutyOn(dayAfter(date, days), from, length));
        const { standing } = duties.reduce(
          (who, asked) => (mayWork(who, asked) ? given(who, asked) : who),
          driver(under(agreement)),
        );
        const inOrder = standing.toSorted((a, b) => a.starts - b.starts);
        for (const [index, next] of inOrder.slice(1).entries())
          expect((next.starts - (inOrder[index]?.ends ?? 0)) / 60_000).toBeGreaterThanOrEqual(rest);
        for (const ofDay of Map.groupBy(inOrder, ({ day }) => day).values()) {
          const [first, last] = [ofDay[0], ofDay.at(-1)];
          expect(((last?.ends ?? 0) - (first?.starts ?? 0)) / 60_000).toBeLessThanOrEqual(spread);
          expect(ofDay.reduce((sum, each) => sum + each.work, 0)).toBeLessThanOrEqual(work);
        }
        most = Math.max(most, inOrder.length);
      }),
    );
    expect(most).toBeGreaterThan(3);
  });

  test("may have them in any order, also around a change of agreement", () => {
    const agreements = fc.constantFrom("eu-2003-88", "eu-2005-47", "everett");
    const few = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 3 }), times), { minLength: 2, maxLength: 4 })
      .chain((duties) => fc.tuple(fc.constant(duties), fc.shuffledSubarray(duties, { minLength: duties.length })));
    const outcomes = new Set<boolean>();
    fc.assert(
      fc.property(
        dates,
        agreements,
        agreements,
        fc.integer({ min: 0, max: 4 }),
        few,
        (date, before, after, on, orders) => {
          const first = Temporal.PlainDate.from(date);
          const changesOn = first.add({ days: on });
          const contracts = [
            {
              from: first.subtract({ years: 1 }),
              to: changesOn.subtract({ days: 1 }),
              agreement: before,
              weeklyMinutes: 2400,
            },
            { from: changesOn, to: null, agreement: after, weeklyMinutes: 2400 },
          ];
          const [one, other] = orders.map((order) => {
            let who = driver({ contracts });
            return order.every(([days, { from, length }]) => {
              const asked = dutyOn(dayAfter(date, days), from, length);
              const may = mayWork(who, asked);
              who = given(who, asked);
              return may;
            });
          });
          expect(one).toBe(other);
          outcomes.add(one ?? false);
        },
      ),
      { numRuns: 2000 },
    );
    expect(outcomes.size).toBe(2);
  });
});
