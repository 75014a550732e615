/** Minutes from midnight UTC of the Monday. */
export type Minute = number;

export type Time = { readonly starts: Minute; readonly ends: Minute };

export type Held = {
  readonly name: string;
  readonly duty: string;
  readonly driver: string;
  readonly worked: Time;
  state: "assigned" | "under-way" | "worked" | "released";
  readonly from: number;
  to: number | null;
  version: number;
};

export type DutyOfWeek = {
  readonly name: string;
  readonly roster: string;
  readonly day: number;
  /** What a driver must be qualified for. */
  readonly line: string;
  time: Time;
  plan: number;
  withdrawn: boolean;
  cancelled: boolean;
  given: number;
  told: number;
};

/** `current` is 0 in the draft. */
export type RosterOfWeek = { readonly name: string; current: number; version: number };

export type Driver = {
  readonly name: string;
  readonly lines: readonly string[];
  readonly absences: Map<string, Time>;
  lastDay: number | null;
};

export const swapStates = ["pending", "accepted", "completed", "declined", "cancelled", "expired"] as const;

export type Swap = {
  readonly name: string;
  readonly by: string;
  readonly of: string;
  readonly offered: string;
  readonly wanted: string;
  readonly expiresAt: Minute;
  state: (typeof swapStates)[number];
  version: number;
};

/**
 * Two rosters of a depot as the glossary tells them, in plain maps and whole minutes: it shares no code with scheduling and
 * knows neither locks nor tables. Orders change it in place.
 */
export type Week = {
  now: Minute;
  readonly drivers: Map<string, Driver>;
  readonly duties: Map<string, DutyOfWeek>;
  readonly rosters: Map<string, RosterOfWeek>;
  readonly held: Map<string, Held>;
  readonly swaps: Map<string, Swap>;
  /** The swaps that have been found to be lapsed and are just being ended. */
  lapsed: string[];
  /** What scheduling has told, each line with the name of what it is about first. */
  readonly told: string[];
};

export const found = <K, V>(map: ReadonlyMap<K, V>, key: K): V => {
  const value = map.get(key);
  if (value === undefined) throw new Error(`There is no ${String(key)}.`);
  return value;
};

export const overlap = (a: Time, b: Time): boolean => a.starts < b.ends && b.starts < a.ends;
export const stands = ({ to }: Held): boolean => to === null;
export const standing = ({ held }: Week): Held[] => [...held.values()].filter(stands);
export const holderOf = (week: Week, duty: string): Held | undefined =>
  standing(week).find((held) => held.duty === duty);
export const rosterOf = (week: Week, { duty }: Held): RosterOfWeek =>
  found(week.rosters, found(week.duties, duty).roster);
export const isWaiting = ({ state }: Swap): boolean => state === "pending" || state === "accepted";

const [leastRest, mostSpread] = [11 * 60, 13 * 60];

/** The slug that says why a driver may not work a duty beside what they hold, without what they give for it; none if they may. */
export const against = (week: Week, name: string, duty: DutyOfWeek, illegal: string, gives?: Held): string[] => {
  const driver = found(week.drivers, name);
  const others = standing(week).filter((held) => held.driver === name && held !== gives);
  const sameDay = others.filter((held) => found(week.duties, held.duty).day === duty.day).map(({ worked }) => worked);
  const day = [duty.time, ...sameDay];
  const spread = Math.max(...day.map(({ ends }) => ends)) - Math.min(...day.map(({ starts }) => starts));
  const rests = others
    .filter(({ worked }) => !overlap(worked, duty.time))
    .map(({ worked }) => Math.max(duty.time.starts - worked.ends, worked.starts - duty.time.ends));
  const forbidden =
    !driver.lines.includes(duty.line) ||
    (driver.lastDay !== null && duty.day > driver.lastDay) ||
    [...driver.absences.values()].some((time) => overlap(time, duty.time)) ||
    (sameDay.length > 0 && spread > mostSpread) ||
    rests.some((rest) => rest < leastRest);
  if (forbidden) return [illegal];
  return others.some(({ worked }) => overlap(worked, duty.time)) ? ["driver.busy"] : [];
};

/** One more change of a roster: its next version, if people know of it. */
export const change = (roster: RosterOfWeek): void => {
  roster.version++;
  if (roster.current > 0) roster.current++;
};

const tellOf = (week: Week, duty: DutyOfWeek, ...words: (string | number)[]): void => {
  if (found(week.rosters, duty.roster).current > 0)
    week.told.push([duty.name, `v${++duty.told}`, ...words].map(String).join(" "));
};

export const release = (week: Week, held: Held, cause: string): void => {
  const { current } = rosterOf(week, held);
  held.state = "released";
  held.to = current;
  held.version++;
  tellOf(week, found(week.duties, held.duty), "DutyReleased", held.name, held.driver, cause, `r${current}`);
};

export const assign = (week: Week, name: string, driver: string): void => {
  const duty = found(week.duties, name);
  const { current } = found(week.rosters, duty.roster);
  const held = { name: `${name}${++duty.given}`, duty: name, driver, worked: duty.time };
  week.held.set(held.name, { ...held, state: "assigned", from: current, to: null, version: 1 });
  tellOf(week, duty, "DutyAssigned", held.name, driver, `r${current}`);
};

export const publish = (week: Week, roster: RosterOfWeek): void => {
  roster.current = 1;
  roster.version++;
  const duties = [...week.duties.values()].filter((duty) => duty.roster === roster.name && takesPlace(duty));
  const held = duties.flatMap(({ name }) => holderOf(week, name) ?? []);
  for (const { name, duty, driver } of held)
    tellOf(week, found(week.duties, duty), "DutyAssigned", name, driver, "r1", "published");
  week.told.push(`${roster.name} v${roster.version} RosterPublished r1 ${held.length} ${duties.length - held.length}`);
};

export const takesPlace = ({ withdrawn, cancelled }: DutyOfWeek): boolean => !withdrawn && !cancelled;
