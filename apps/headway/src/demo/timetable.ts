import { lotOf } from "./chance.ts";
import type { Route } from "./metro.ts";

/** A kind of day with a timetable of its own. */
export type DayKind = "weekday" | "saturday" | "sunday";

/** One vehicle's way over one half of a route. Times are minutes of the service day and may pass 24:00. */
export type Trip = {
  readonly id: string;
  readonly route: Route;
  readonly day: DayKind;
  readonly block: string;
  /** 0 away from the route's first terminal, 1 towards it. */
  readonly direction: 0 | 1;
  /** Index of a station and the minute at which the vehicle stands there, in order. */
  readonly calls: readonly Call[];
};

type Call = { readonly station: number; readonly minute: number };

/** From a minute of the service day on, a train every so many minutes. */
type Frequency = readonly [from: number, headway: number];

const at = (hours: number, minutes = 0): number => hours * 60 + minutes;

const frequencies: Record<DayKind, { readonly steps: readonly Frequency[]; readonly until: number }> = {
  weekday: {
    steps: [
      [at(4, 20), 5],
      [at(6), 1.5],
      [at(9, 30), 1.75],
      [at(15), 1.5],
      [at(19, 30), 2.5],
      [at(22, 30), 5],
    ],
    until: at(24, 40),
  },
  saturday: {
    steps: [
      [at(4, 40), 6],
      [at(7, 30), 2.5],
      [at(10), 1.75],
      [at(20), 3],
      [at(23), 6],
    ],
    until: at(26),
  },
  sunday: {
    steps: [
      [at(5, 20), 6],
      [at(8, 30), 2.5],
      [at(20), 4],
      [at(22, 30), 8],
    ],
    until: at(24, 40),
  },
};

const centralDwell = 2;
const leastLayover = 5;
const longestWait = 18;
const peaks = [
  [at(7), at(9, 30)],
  [at(16), at(19)],
] as const;
const peakSlowdown = 1.06;

/** All trips of a route on a kind of day, each on its vehicle's block, in order of departure. */
export const makeTrips = (seed: number, route: Route, day: DayKind): Trip[] => {
  const journeys = ([0, 1] as const)
    .flatMap((direction) => departures(route, day).map((starts) => makeJourney(seed, route, day, direction, starts)))
    .sort((a, b) => a.starts - b.starts || a.direction - b.direction);
  return giveVehicles(journeys).flatMap(({ journey, block }, index) => toTrips(route, day, journey, block, index));
};

type Journey = {
  readonly direction: 0 | 1;
  readonly starts: number;
  readonly ends: number;
  readonly calls: readonly Call[];
};

/** Minutes at which trains leave a terminal; a headway of a minute and a half is one, then two minutes. */
const departures = (route: Route, day: DayKind): number[] => {
  const { steps, until } = frequencies[day];
  return steps.flatMap(([from, headway], index) => {
    const to = steps[index + 1]?.[0] ?? until;
    const every = headway * route.headwayFactor;
    return Array.from({ length: Math.ceil((to - from) / every) }, (_, count) => Math.floor(from + count * every));
  });
};

const makeJourney = (seed: number, route: Route, day: DayKind, direction: 0 | 1, starts: number): Journey => {
  const count = route.stations.length;
  const order = Array.from({ length: count }, (_, index) => (direction === 0 ? index : count - 1 - index));
  const slow = day === "weekday" && peaks.some(([from, to]) => starts >= from && starts < to) ? peakSlowdown : 1;
  const calls: Call[] = [];
  let elapsed = 0;
  for (const [index, station] of order.entries()) {
    const before = order[index - 1];
    if (before !== undefined) elapsed += (route.rides[Math.min(before, station)] ?? 0) * slow;
    calls.push({ station, minute: starts + Math.round(elapsed) });
    if (station === (count - 1) / 2) elapsed += centralDwell;
  }
  const delay = lotOf(seed, route.id, day, direction, starts) < 0.1 ? 1 : 0;
  return { direction, starts, ends: (calls.at(-1)?.minute ?? starts) + delay, calls };
};

/** First in, first out at each terminal; who would stand too long goes to the yard, and a fresh vehicle comes when none is there. */
const giveVehicles = (journeys: readonly Journey[]): { journey: Journey; block: number }[] => {
  const waiting: { block: number; since: number }[][] = [[], []];
  let blocks = 0;
  return journeys.map((journey) => {
    const here = waiting[journey.direction] ?? [];
    while (here[0] && here[0].since < journey.starts - longestWait) here.shift();
    const ready = here[0] && here[0].since <= journey.starts - leastLayover ? here.shift() : undefined;
    const block = ready?.block ?? ++blocks;
    const there = waiting[1 - journey.direction] ?? [];
    there.push({ block, since: journey.ends });
    there.sort((a, b) => a.since - b.since || a.block - b.block);
    return { journey, block };
  });
};

const dayLetters: Record<DayKind, string> = { weekday: "W", saturday: "S", sunday: "U" };

const toTrips = (route: Route, day: DayKind, { direction, calls }: Journey, block: number, index: number): Trip[] => {
  const middle = (calls.length - 1) / 2;
  const halves = [
    calls.slice(0, middle + 1),
    calls.slice(middle).map((call, place) => (place === 0 ? { ...call, minute: call.minute + centralDwell } : call)),
  ];
  return halves.map((half, part) => ({
    id: `${route.id}${dayLetters[day]}${String(index + 1).padStart(4, "0")}${part === 0 ? "a" : "b"}`,
    route,
    day,
    block: `${route.id}-${String(block).padStart(3, "0")}`,
    direction,
    calls: half,
  }));
};
