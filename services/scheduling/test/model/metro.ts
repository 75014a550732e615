import type { DriverId, DutyId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import type { CountedDriver, CountedDuty } from "../../src/model/counted.ts";
import { driver, duty } from "./given.ts";

const lines = ["A", "B", "C"] as const;

/** A depot's week as a metro has it: two peaks, fewer duties at the weekend, some drivers part-time, on few lines or absent. */
export const week = (size: { readonly drivers: number; readonly dutiesADay: number; readonly seed: number }) => {
  const chance = chanceFrom(size.seed);
  const monday = Temporal.PlainDate.from("2026-03-23");
  const dates = [0, 1, 2, 3, 4, 5, 6].map((days) => monday.add({ days }));
  const duties = dates.flatMap((date, weekday) =>
    Array.from({ length: Math.round(size.dutiesADay * (weekday < 5 ? 1.06 : 0.85)) }, (_, index) =>
      metroDuty(date.toString(), index, chance),
    ),
  );
  const drivers = Array.from({ length: size.drivers }, (_, index) => metroDriver(index, monday, chance));
  return { duties, drivers };
};

const metroDuty = (date: string, index: number, chance: () => number): CountedDuty => {
  const [first = 0, span = 0] =
    [
      [220, 260],
      [480, 240],
      [720, 330],
      [1050, 290],
    ][pick(chance(), [0.42, 0.13, 0.37, 0.08])] ?? [];
  const starts = Math.floor(first + span * chance());
  const length = Math.floor(380 + 190 * chance());
  return duty(date, `0:${starts}`, `0:${starts + length}`, {
    id: `${date} ${index}` as DutyId,
    run: String(index).padStart(4, "0"),
    work: length - 20,
    qualification: lines[index % 3] ?? null,
  });
};

const metroDriver = (index: number, monday: Temporal.PlainDate, chance: () => number): CountedDriver => {
  const since = { from: monday.subtract({ years: 1 }), to: null };
  const away = monday
    .add({ days: Math.floor(chance() * 6) })
    .toZonedDateTime("Europe/Paris")
    .toInstant();
  return driver({
    id: `driver ${index}` as DriverId,
    number: String(index).padStart(5, "0"),
    contracts: [{ ...since, agreement: "eu-2003-88", weeklyMinutes: index % 10 === 9 ? 1200 : 2400 }],
    qualifications: lines.filter((_, line) => line === index % 3 || chance() < 0.4).map((code) => ({ ...since, code })),
    absences: chance() < 0.04 ? [{ starts: away, ends: away.add({ hours: 48 }) }] : [],
  });
};

const pick = (chance: number, shares: readonly number[]): number => {
  let sum = 0;
  return shares.findIndex((share) => {
    sum += share;
    return chance < sum;
  });
};

/** A linear congruential generator, from 0 up to 1: the same seed gives the same metro. */
const chanceFrom = (seed: number) => {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
};
