import { type Duty, nameOf } from "./duty.ts";
import type { Minute } from "./minute.ts";

/** One thing that must be true at the end of a rehearsal. */
export type Check = { readonly name: string; readonly holds: boolean; readonly detail: string };

const mostShown = 5;

/** Holds where nothing was found wrong; otherwise names the first of them. */
const check = (name: string, wrong: readonly string[], right: string): Check => ({
  name,
  holds: wrong.length === 0,
  detail:
    wrong.length === 0
      ? right
      : `${wrong.length}: ${wrong.slice(0, mostShown).join("; ")}${wrong.length > mostShown ? "; ..." : ""}`,
});

/** Trips by service day, as the calendar says it and as the runs of that day have it. */
export type TripsOfDay = {
  readonly date: string;
  readonly trips: readonly string[];
  readonly inRuns: readonly string[];
};

export const everyTripInOneRun = (days: readonly TripsOfDay[]): Check => {
  const wrong = days.flatMap(({ date, trips, inRuns }) => {
    const times = new Map<string, number>();
    for (const trip of inRuns) times.set(trip, (times.get(trip) ?? 0) + 1);
    const known = new Set(trips);
    return [
      ...trips
        .filter((trip) => times.get(trip) !== 1)
        .map((trip) => `${date} trip ${trip} is in ${times.get(trip) ?? 0} runs`),
      ...[...times.keys()]
        .filter((trip) => !known.has(trip))
        .map((trip) => `${date} trip ${trip} does not run that day`),
    ];
  });
  const trips = days.reduce((sum, day) => sum + day.trips.length, 0);
  return check("every trip of each day is in exactly one run", wrong, `${trips} trips on ${days.length} days`);
};

/** What became of a duty. */
export type Outcome = { readonly duty: Duty; readonly state: "covered" | "open" | "cancelled" };

export const everyDutyAnswered = (duties: readonly Duty[], outcomes: readonly Outcome[]): Check => {
  const answered = new Map(outcomes.map(({ duty, state }) => [duty.id, state]));
  const wrong = duties
    .filter(({ id }) => !answered.has(id))
    .map((duty) => `${nameOf(duty)} has no driver and is not listed as open`);
  const count = (state: Outcome["state"]): number => outcomes.filter((outcome) => outcome.state === state).length;
  return check(
    "every duty has a driver or is listed as open",
    wrong,
    `${count("covered")} with a driver, ${count("open")} open, ${count("cancelled")} cancelled`,
  );
};

/** A stretch of planned work that a driver holds to the end. */
export type Work = { readonly number: string; readonly duty: string; readonly starts: Minute; readonly ends: Minute };

export const nobodyOverlapsOrRestsTooLittle = (works: readonly Work[], leastRest: number): Check => {
  const byDriver = Map.groupBy(works, ({ number }) => number);
  const rests = [...byDriver.values()].flatMap((own) => {
    const inOrder = own.toSorted((a, b) => a.starts - b.starts || a.ends - b.ends);
    return inOrder.slice(1).map((work, index) => ({ work, rest: work.starts - (inOrder[index]?.ends ?? 0) }));
  });
  const wrong = rests
    .filter(({ rest }) => rest < leastRest)
    .map(({ work, rest }) =>
      rest < 0
        ? `${work.number} overlaps with ${work.duty} by ${-rest} min`
        : `${work.number} rests ${rest} min before ${work.duty}`,
    );
  const shortest = rests.reduce((least, { rest }) => Math.min(least, rest), Number.POSITIVE_INFINITY);
  const measured = Number.isFinite(shortest) ? `, the shortest rest is ${shortest} min` : "";
  return check(
    "no driver overlaps or rests too little",
    wrong,
    `${works.length} duties of ${byDriver.size} drivers${measured}, at least ${leastRest} min are due`,
  );
};

/** Minutes by driver and day. */
export type DayMinutes = { readonly number: string; readonly date: string; readonly minutes: number };

export const workedIsPaid = (worked: readonly DayMinutes[], paid: readonly DayMinutes[]): Check => {
  const [workedByDay, paidByDay] = [sumByDay(worked), sumByDay(paid)];
  const days = [...new Set([...workedByDay.keys(), ...paidByDay.keys()])].sort();
  const wrong = days
    .filter((day) => (workedByDay.get(day) ?? 0) !== (paidByDay.get(day) ?? 0))
    .map((day) => `${day}: ${workedByDay.get(day) ?? 0} min worked, ${paidByDay.get(day) ?? 0} min paid`);
  const total = worked.reduce((sum, { minutes }) => sum + minutes, 0);
  return check("worked minutes equal paid base minutes", wrong, `${total} min on ${days.length} drivers' days`);
};

const sumByDay = (days: readonly DayMinutes[]): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const { number, date, minutes } of days) {
    const day = `${number} on ${date}`;
    sums.set(day, (sums.get(day) ?? 0) + minutes);
  }
  return sums;
};

/** What one service says about its events. */
export type EventFlow = {
  readonly service: string;
  readonly unpublished: number;
  readonly parked: number;
  readonly recorded: readonly { readonly topic: string; readonly type: string; readonly count: number }[];
  readonly consumed: readonly {
    readonly consumer: string;
    readonly topic: string;
    readonly type: string;
    readonly count: number;
  }[];
};

export const everyEventConsumedOnce = (flows: readonly EventFlow[]): Check => {
  const key = ({ topic, type }: { topic: string; type: string }): string => `${topic} ${type}`;
  const recorded = new Map(flows.flatMap((flow) => flow.recorded.map((one) => [key(one), one.count] as const)));
  const consumed = flows.flatMap((flow) => flow.consumed);
  const wrong = [
    ...flows
      .filter(({ unpublished }) => unpublished > 0)
      .map(({ service, unpublished }) => `${service} has ${unpublished} unpublished`),
    ...flows.filter(({ parked }) => parked > 0).map(({ service, parked }) => `${service} has ${parked} parked`),
    ...consumed
      .filter((one) => one.count !== (recorded.get(key(one)) ?? 0))
      .map((one) => `${one.consumer} handled ${one.count} of ${recorded.get(key(one)) ?? 0} ${one.type}`),
  ];
  const handled = consumed.reduce((sum, { count }) => sum + count, 0);
  return check(
    "every event was consumed once by each of its consumers",
    wrong,
    `${countEvents(flows)} events, handled ${handled} times`,
  );
};

export const countEvents = (flows: readonly EventFlow[]): number =>
  flows.flatMap(({ recorded }) => recorded).reduce((sum, { count }) => sum + count, 0);
