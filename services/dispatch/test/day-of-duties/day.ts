import { found, type Minute, type Roster } from "./roster.ts";

/** What a person on a duty has done so far. */
export type Turn = {
  readonly name: string;
  readonly driver: string;
  readonly called: Minute;
  state: string;
  on: Minute | null;
  rests: { readonly from: Minute; to: Minute | null }[];
  off: Minute | null;
  /** Until when it counts, once they have left. */
  until: Minute | null;
  worked: number | null;
  review: boolean;
};

/** What dispatch has heard of an assignment. */
export type Heard = {
  readonly name: string;
  readonly driver: string;
  version: number | null;
  readonly at: Minute;
  released: Minute | null;
};

export type DutyOfDay = {
  readonly name: string;
  readonly starts: Minute;
  readonly ends: Minute;
  state: "published" | "in-progress" | "completed" | "cancelled";
  version: number;
  readonly turns: Turn[];
  readonly heard: Heard[];
};

/** A replacement that somebody has asked for. */
export type Wish = {
  readonly duty: string;
  readonly named: boolean;
  readonly insteadOf: string | null;
  state: "wanted" | "covered" | "failed";
  picks: string[];
  passedOver: number;
};

/**
 * A day as the glossary tells it, in plain maps and whole minutes: it shares no code with dispatch and knows neither
 * locks nor tables. Orders change it in place, on a copy that is thrown away where they are refused.
 */
export type Day = {
  now: Minute;
  readonly duties: Map<string, DutyOfDay>;
  readonly roster: Roster;
  readonly wishes: Wish[];
  /** The answer to each signing that was taken. */
  readonly signings: Map<string, string>;
  /** What dispatch has told, each line with the name of what it is about first. */
  readonly told: string[];
};

export class Refusal extends Error {}

export const refuse = (slug: string): never => {
  throw new Refusal(slug);
};

export const isAwaited = ({ state }: Turn): boolean => state === "assigned" || state === "late";
export const isAtWork = ({ state }: Turn): boolean => state === "signed-on" || state === "on-break";
export const holderOf = ({ turns }: DutyOfDay): Turn | undefined =>
  turns.find((turn) => isAwaited(turn) || isAtWork(turn));
export const runs = ({ state }: DutyOfDay): boolean => state === "published" || state === "in-progress";
export const dutyOf = (day: Day, name: string): DutyOfDay => found(day.duties, name);

/** Something happened on a duty: a version and a line. */
export const tell = (day: Day, duty: DutyOfDay, type: string, at: Minute, ...about: (string | number)[]): void => {
  duty.version++;
  day.told.push([duty.name, `v${duty.version}`, type, clockOf(at), ...about].join(" "));
};

export const clockOf = (at: Minute): string => {
  const [days, minutes] = [Math.floor(at / 1440), ((at % 1440) + 1440) % 1440];
  const clock = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  return days === 0 ? clock : `${clock}${days < 0 ? "" : "+"}${days}`;
};

const [callIn, late, missed, overrun, bySystem] = [60, 5, 20, 15, 240];

/** When a driver is expected: at the start, or as soon as whoever is called in can be there. */
const expectedAt = (duty: DutyOfDay, { called }: Turn): Minute => Math.max(duty.starts, called + callIn);

/** From here on a driver is late. */
export const lateAt = (duty: DutyOfDay, turn: Turn): Minute => expectedAt(duty, turn) + late;

/** Late, missed and signed off by the system: all that the clock has decided on a duty by then. */
export const keep = (day: Day, duty: DutyOfDay, until: Minute): void => {
  const turn = holderOf(duty);
  if (!turn) return;
  if (isAtWork(turn)) {
    if (duty.ends + bySystem <= until) signOffBySystem(day, duty, turn);
    return;
  }
  if (expectedAt(duty, turn) >= duty.ends) return;
  const [state, type, at] =
    turn.state === "assigned"
      ? ["late", "DriverLate", lateAt(duty, turn)]
      : ["missed", "DriverMissed", expectedAt(duty, turn) + missed];
  if (Number(at) > until) return;
  turn.state = String(state);
  tell(day, duty, String(type), Number(at), turn.name);
  keep(day, duty, until);
};

const signOffBySystem = (day: Day, duty: DutyOfDay, turn: Turn): void => {
  duty.state = "completed";
  turn.state = "signed-off-by-system";
  leave(day, duty, turn, { at: duty.ends + bySystem, until: plannedEnd(day, duty, turn), review: true }, "system");
};

/** Gone in mid-duty: paid until then, and the rest is open. */
export const relieve = (day: Day, duty: DutyOfDay, turn: Turn, at: Minute): void => {
  const off = Math.max(at, lastSigned(turn) ?? at);
  turn.state = "relieved";
  turn.off = off;
  leave(day, duty, turn, { at: off, ...counted(day, duty, turn, off) }, "relief");
};

export const lastSigned = ({ on, rests }: Turn): Minute | null => {
  const last = rests.at(-1);
  return last ? (last.to ?? last.from) : on;
};

type Leaving = { readonly at: Minute; readonly until: Minute; readonly review: boolean };

/** Tells that somebody left, and what they worked: from the planned start on, without their rests. */
export const leave = (day: Day, duty: DutyOfDay, turn: Turn, { at, until, review }: Leaving, by: string): void => {
  const starts = Math.max(turn.on ?? at, duty.starts);
  const minutes = Array.from({ length: Math.max(until - starts, 0) }, (_, index) => starts + index);
  const rests = turn.rests.map(({ from, to }) => ({ from, to: to ?? until }));
  turn.until = until;
  turn.review = review;
  turn.worked = minutes.filter((minute) => !rests.some(({ from, to }) => from <= minute && minute < to)).length;
  tell(day, duty, "DriverSignedOff", at, turn.name, by);
  tell(day, duty, "WorkedTimeRecorded", at, turn.name, turn.worked, review ? "?" : "counts");
};

/** Until when a sign-off counts: nobody is paid beyond the overrun, nor for two duties at once, before a person has looked. */
export const counted = (day: Day, duty: DutyOfDay, turn: Turn, off: Minute): Omit<Leaving, "at"> => {
  const granted = off <= duty.ends + overrun && off <= nextWork(day, turn);
  return { until: granted ? off : plannedEnd(day, duty, turn), review: !granted };
};

const plannedEnd = (day: Day, duty: DutyOfDay, turn: Turn): Minute => Math.min(duty.ends, nextWork(day, turn));

const nextWork = (day: Day, turn: Turn): Minute =>
  Math.min(...elsewhere(day, turn).flatMap(({ on }) => (on !== null && on >= (turn.on ?? on) ? [on] : [])));

const elsewhere = (day: Day, { name, driver }: Turn): Turn[] =>
  [...day.duties.values()].flatMap(({ turns }) =>
    turns.filter((turn) => turn.driver === driver && turn.name !== name && turn.on !== null),
  );

/** Nobody works on two duties at once. */
export const isElsewhere = (day: Day, turn: Turn, at: Minute): boolean =>
  [...day.duties.values()].some((duty) =>
    duty.turns.some((other) => {
      if (other.driver !== turn.driver || other.name === turn.name || other.on === null) return false;
      return at === other.on || (other.on < at && at < (other.until ?? plannedEnd(day, duty, other)));
    }),
  );
