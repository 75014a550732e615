import type { components } from "@headway/contracts/gen/openapi/dispatcher";

type Schemas = components["schemas"];
export type SampleDay = {
  readonly depots: readonly Schemas["Depot"][];
  /** Boards by depot id. */
  readonly boards: ReadonlyMap<string, Schemas["DayBoard"]>;
};

type Wanted = {
  /** ISO date of the service day. */
  readonly date: string;
  /** Epoch milliseconds of local midnight, and of now. */
  readonly midnight: number;
  readonly now: number;
  readonly zone: string;
  readonly duties: number;
};

const minute = 60_000;
const names = {
  given: [
    "Yusuf",
    "Ada",
    "Mei",
    "Jonas",
    "Amara",
    "Luis",
    "Noor",
    "Elin",
    "Tomasz",
    "Grace",
    "Ivan",
    "Leila",
    "Owen",
    "Sofia",
    "Kofi",
    "Hana",
  ],
  family: [
    "Demir",
    "Okafor",
    "Chen",
    "Berg",
    "Diallo",
    "Moreno",
    "Haddad",
    "Lindqvist",
    "Nowak",
    "Mwangi",
    "Petrov",
    "Rahimi",
    "Walsh",
    "Rossi",
    "Mensah",
    "Sato",
  ],
};
const depotNames = ["Riverside", "North Yard", "Harbour", "Hillcrest"];

/** The same numbers every time: a picture can be compared with the one before. */
const chance = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
};

const id = (group: number, index: number): string =>
  `019348e2-0000-7000-8000-${String(group).padStart(4, "0")}${String(index).padStart(8, "0")}`;

const iso = (ms: number): string => new Date(Math.round(ms / minute) * minute).toISOString();

/** A day of four depots and three lines as it stands at `now`, with something wrong in it. */
export const sampleDay = ({ date, midnight, now, zone, duties }: Wanted): SampleDay => {
  const random = chance(7);
  const depots = depotNames.map((name, index) => ({
    id: id(1, index),
    code: `D${index + 1}`,
    name,
    timeZone: zone,
    version: 1,
  }));
  const lists = depots.map((): Schemas["BoardDuty"][] => []);
  for (let index = 0; index < duties; index += 1)
    lists[index % depots.length]?.push(sampleDuty(index, midnight, now, random));
  const boards = depots.map((depot, index) => ({
    depotId: depot.id,
    serviceDate: date,
    activated: true,
    now: new Date(now).toISOString(),
    duties: lists[index] ?? [],
  }));
  return { depots, boards: new Map(boards.map((board) => [board.depotId, board])) };
};

const sampleDuty = (index: number, midnight: number, now: number, random: () => number): Schemas["BoardDuty"] => {
  const line = "ABC"[index % 3] ?? "A";
  // Two peaks: the morning's pull-out and the afternoon's.
  const start = random() < 0.55 ? 235 + random() * 330 : 660 + random() * 420;
  const starts = midnight + Math.round(start / 5) * 5 * minute;
  const split = random() < 0.2;
  const work = 380 + Math.round(random() * 22) * 5;
  const swing = split ? 90 + Math.round(random() * 24) * 5 : 25 + Math.round(random() * 4) * 5;
  const first = Math.round(work * (0.4 + random() * 0.2));
  const ends = starts + (work + swing) * minute;
  const pieces = [
    { blockId: `${line}-${100 + (index % 60)}`, starts: iso(starts + 12 * minute), ends: iso(starts + first * minute) },
    {
      blockId: `${line}-${100 + ((index + 17) % 60)}`,
      starts: iso(starts + (first + swing) * minute),
      ends: iso(ends - 8 * minute),
    },
  ];
  const state = stateAt(starts, ends, now, random());
  const driver = {
    driverId: id(3, index),
    driverNumber: String(10_000 + index),
    driverName: `${names.given[index % 16]} ${names.family[Math.floor(index / 16) % 16]}`,
  };
  const nobody = state === "open" || state === "missed";
  const early = Math.round(random() * 14 - 9) * minute;
  const signed = state === "on-duty" || state === "on-break" || state === "done" || state === "needs-review";
  return {
    dutyId: id(2, index),
    runId: `${line}-${String(101 + Math.floor(index / 3))}`,
    line,
    ...(nobody ? { driverId: null, driverNumber: null, driverName: null } : driver),
    state,
    starts: iso(starts),
    ends: iso(ends),
    signedOnAt: signed ? iso(starts + early) : null,
    signedOffAt: state === "done" ? iso(ends + Math.round(random() * 6 - 2) * minute) : null,
    pieces,
    missedById: state === "missed" ? driver.driverId : null,
    missedByName: state === "missed" ? driver.driverName : null,
    cancelCause: state === "cancelled" ? "no-vehicle" : null,
    changedAt: null,
    breakSince: state === "on-break" ? iso(now - 12 * minute) : null,
  };
};

const stateAt = (starts: number, ends: number, now: number, luck: number): Schemas["BoardState"] => {
  if (luck < 0.006) return "cancelled";
  if (ends < now) return luck < 0.02 ? "needs-review" : "done";
  if (starts > now) return luck < 0.03 ? "open" : "covered";
  if (now - starts < 20 * minute) return luck < 0.45 ? "late" : "on-duty";
  if (luck < 0.025) return "missed";
  return luck > 0.9 ? "on-break" : "on-duty";
};
