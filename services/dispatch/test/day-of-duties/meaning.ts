import {
  clockOf,
  counted,
  type Day,
  type DutyOfDay,
  dutyOf,
  holderOf,
  isAtWork,
  isAwaited,
  isElsewhere,
  keep,
  lastSigned,
  lateAt,
  leave,
  refuse,
  relieve,
  runs,
  type Turn,
  tell,
  type Wish,
} from "./day.ts";
import { cover, type Minute, type News } from "./roster.ts";

// What each order means for a day. Each answers what the caller is told, or refuses.

/** Time passes. */
export const pass = (day: Day, to: Minute): string => {
  day.now = to;
  return "done";
};

/** Dispatch looks at the clock, as it does each second. */
export const look = (day: Day): string => {
  for (const duty of day.duties.values()) keep(day, duty, day.now);
  return "done";
};

export type Signing = {
  readonly id: string;
  readonly kind: "sign-on" | "sign-off" | "start-break" | "end-break";
  readonly duty: string;
  readonly driver: string;
  readonly at: Minute;
};

/** A driver signs; the same signing again has the same answer. */
export const sign = (day: Day, said: Signing): string => {
  if (said.at > day.now + 1) refuse("signing.in-future");
  const known = day.signings.get(said.id);
  if (known) return known;
  const duty = dutyOf(day, said.duty);
  const at = Math.min(said.at, day.now);
  keep(day, duty, at);
  const turn = duty.turns.findLast(({ driver }) => driver === said.driver) ?? refuse("assignment.not-yours");
  const answer = fits(turn, said.kind) ? signed[said.kind](day, duty, turn, at) : "orphaned";
  if (answer === "orphaned") day.told.push(`${said.id} v1 SigningOrphaned ${clockOf(at)}`);
  day.signings.set(said.id, answer);
  return answer;
};

/** Who lost a duty, or leaves one on which they never were, is no case for a refusal: a person must look. */
const fits = (turn: Turn, kind: Signing["kind"]): boolean => {
  const lost = ["missed", "released", "relieved"].includes(turn.state);
  return !lost && (kind === "sign-on" || !isAwaited(turn));
};

type Signed = (day: Day, duty: DutyOfDay, turn: Turn, at: Minute) => string;

const signOn: Signed = (day, duty, turn, at) => {
  if (!isAwaited(turn)) refuse(`assignment.${turn.state}`);
  if (at < duty.starts - 30) refuse("assignment.too-early");
  if (at >= duty.ends) refuse("duty.over");
  if (isElsewhere(day, turn, at)) refuse("driver.at-work");
  turn.state = "signed-on";
  turn.on = at;
  duty.state = "in-progress";
  tell(day, duty, "DriverSignedOn", at, turn.name, at - duty.starts);
  return at < duty.starts ? "early" : at < lateAt(duty, turn) ? "matched" : "late";
};

const signOff: Signed = (day, duty, turn, at) => {
  if (!isAtWork(turn) && turn.state !== "signed-off-by-system") refuse(`assignment.${turn.state}`);
  mustFollow(turn, at);
  if (isAtWork(turn) && at < duty.ends - 30) {
    relieve(day, duty, turn, at);
    return "early";
  }
  turn.state = "signed-off";
  turn.off = at;
  duty.state = "completed";
  leave(day, duty, turn, { at, ...counted(day, duty, turn, at) }, "driver");
  return at < duty.ends ? "early" : turn.review ? "late" : "matched";
};

const startBreak: Signed = (day, duty, turn, at) => {
  if (turn.state !== "signed-on") refuse(`assignment.${turn.state}`);
  mustFollow(turn, at);
  turn.state = "on-break";
  turn.rests.push({ from: at, to: null });
  tell(day, duty, "BreakStarted", at, turn.name);
  return "matched";
};

const endBreak: Signed = (day, duty, turn, at) => {
  if (turn.state !== "on-break") refuse(`assignment.${turn.state}`);
  mustFollow(turn, at);
  turn.state = "signed-on";
  for (const rest of turn.rests) rest.to ??= at;
  tell(day, duty, "BreakEnded", at, turn.name);
  return "matched";
};

const signed = { "sign-on": signOn, "sign-off": signOff, "start-break": startBreak, "end-break": endBreak };

const mustFollow = (turn: Turn, at: Minute): void => {
  if (at < (lastSigned(turn) ?? at)) refuse("signing.out-of-order");
};

const mustBeSeen = ({ version }: DutyOfDay, seen: number): void => {
  if (version !== seen) refuse("duty.changed");
};

export const cancel = (day: Day, name: string, seen: number): string => {
  const duty = dutyOf(day, name);
  mustBeSeen(duty, seen);
  keep(day, duty, day.now);
  if (duty.turns.some(isAtWork)) refuse("duty.in-progress");
  if (!runs(duty)) refuse(`duty.${duty.state}`);
  duty.state = "cancelled";
  for (const turn of duty.turns) if (isAwaited(turn)) turn.state = "released";
  tell(day, duty, "DutyCancelled", day.now);
  return "done";
};

export const reactivate = (day: Day, name: string, seen: number): string => {
  const duty = dutyOf(day, name);
  mustBeSeen(duty, seen);
  keep(day, duty, day.now);
  if (day.now >= duty.ends) refuse("duty.over");
  if (duty.state !== "cancelled") refuse(`duty.${duty.state}`);
  duty.state = "published";
  tell(day, duty, "DutyReactivated", day.now);
  return "done";
};

/** Dispatch hears of the roster. */
export const hear = (day: Day, name: string, { what, assignment, driver, version }: News, at: Minute): string => {
  const duty = dutyOf(day, name);
  const known = duty.heard.find((one) => one.name === assignment);
  const news = known ?? { name: assignment, driver, version, at, released: null };
  if (what === "assigned") news.version = version;
  else news.released = at;
  if (!known) duty.heard.push(news);
  keep(day, duty, at);
  follow(day, duty);
  return "done";
};

/** Whoever the roster named last has the duty, if it runs and they were not taken off; all others have not. */
const follow = (day: Day, duty: DutyOfDay): void => {
  const heard = duty.heard.toSorted(
    (a, b) => (a.version ?? Number.POSITIVE_INFINITY) - (b.version ?? Number.POSITIVE_INFINITY) || a.at - b.at,
  );
  for (const news of heard) {
    const has = news === heard.at(-1) && news.released === null && runs(duty);
    const known = duty.turns.find(({ name }) => name === news.name);
    if (known && !has) goes(day, duty, known, news.released);
    if (known) continue;
    const holder = holderOf(duty);
    if (has && holder) goes(day, duty, holder, news.at);
    const { name, driver, at: called } = news;
    const turn = { name, driver, called, state: has ? "assigned" : "released" };
    duty.turns.push({ ...turn, on: null, rests: [], off: null, until: null, worked: null, review: false });
    duty.version++;
  }
};

const goes = (day: Day, duty: DutyOfDay, turn: Turn, at: Minute | null): void => {
  if (isAwaited(turn)) {
    turn.state = "released";
    duty.version++;
  } else if (isAtWork(turn) && at !== null) relieve(day, duty, turn, at);
};

/** A dispatcher wants somebody else on a duty: the named one, or whoever comes first. */
export const want = (
  day: Day,
  name: string,
  seen: number,
  drivers: readonly string[],
  named: string | null,
): string => {
  const duty = dutyOf(day, name);
  mustBeSeen(duty, seen);
  keep(day, duty, day.now);
  if (!runs(duty)) refuse(`duty.${duty.state}`);
  if (day.now >= duty.ends) refuse("duty.over");
  if (holderOf(duty)) refuse("duty.covered");
  const missed = duty.turns.filter(({ state }) => state === "missed").map(({ driver }) => driver);
  const fit = drivers.filter((driver) => !missed.includes(driver));
  const picks = named ? fit.filter((driver) => driver === named) : fit;
  if (picks.length === 0) refuse(named ? "replacement.driver-unfit" : "replacement.nobody-fit");
  if (day.wishes.some((wish) => wish.duty === name && wish.state === "wanted")) refuse("replacement.under-way");
  const last = duty.turns.at(-1);
  const passedOver = drivers.length - fit.length + (named ? fit.indexOf(named) : 0);
  const insteadOf = last?.state === "missed" ? last.driver : null;
  day.wishes.push({ duty: name, named: named !== null, insteadOf, state: "wanted", picks, passedOver });
  return "wanted";
};

/** The roster is asked until the newest replacement of a duty is settled, or it does not answer. */
export const pursue = (day: Day, name: string): string => {
  const wish = day.wishes.findLast(({ duty }) => duty === name);
  while (wish?.state === "wanted") {
    const [driver = ""] = wish.picks;
    const answer = cover(day.roster, name, driver, wish.insteadOf, day.now);
    if (answer === "silence") return "replacement.under-way";
    if ("refused" in answer) passOver(wish, answer.refused);
    else settle(day, wish, driver, answer.assignment);
  }
  return wish?.state === "covered" ? "done" : "replacement.failed";
};

const passOver = (wish: Wish, slug: string): void => {
  wish.picks = wish.picks.slice(1);
  wish.passedOver++;
  if (wish.picks.length === 0 || slug.startsWith("duty.")) wish.state = "failed";
};

const settle = (day: Day, wish: Wish, driver: string, assignment: string): void => {
  const duty = dutyOf(day, wish.duty);
  if (!duty.heard.some(({ name }) => name === assignment))
    duty.heard.push({ name: assignment, driver, version: null, at: day.now, released: null });
  wish.state = "covered";
  keep(day, duty, day.now);
  follow(day, duty);
  const reason = wish.named ? "NAMED_BY_DISPATCHER" : "FIRST_IN_ORDER";
  tell(day, duty, "ReplacementPicked", day.now, assignment, reason, wish.passedOver);
};
