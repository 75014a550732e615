import { dateAt } from "@headway/kernel/service-day";
import { Temporal } from "@headway/kernel/time";
import { chanceOf } from "../demo/chance.ts";
import type { Agenda, Happening } from "./agenda.ts";
import type { Cast } from "./cast.ts";
import { type Conduct, conductOf, replacementConductOf } from "./conduct.ts";
import type { Desk, Signing } from "./desk.ts";
import { type Duty, type Held, nameOf, nameOfHeld } from "./duty.ts";
import { missedAfter } from "./hand-in.ts";
import { dayStart, type Minute } from "./minute.ts";

/** What somebody does at a minute: a dispatcher gives an order, or a driver signs; a stray does so without the duty. */
export type Deed = Order | (Happening & { readonly kind: "sign" | "stray"; readonly signing: Signing });

export type Order = Happening &
  (
    | { readonly kind: "activate"; readonly depot: string; readonly date: string }
    | { readonly kind: "cancel"; readonly duty: Duty }
    | { readonly kind: "cover"; readonly duty: Duty; readonly note: string }
    | { readonly kind: "call-in-sick" | "stay-away"; readonly held: Held }
  );

export const isOrder = (deed: Deed): deed is Order => deed.kind !== "sign" && deed.kind !== "stray";

/** What stays the same while it is lived through. */
export type Play = {
  readonly seed: number;
  readonly zone: string;
  readonly cast: Cast;
  readonly desk: Desk;
  readonly agenda: Agenda<Deed>;
  /** Who is on a duty, by its id; nobody is not there. */
  readonly holders: Map<string, Held>;
  /** Minutes from a missed duty, or a sick call, to the search for somebody else. */
  readonly hesitation: (held: Held) => Minute;
  /** What lies before it has happened already, when days were lived through up to there. */
  readonly from: Minute;
};

/** What comes first within a minute: orders, then those who leave, then those who come. */
const ranks = {
  activate: 0,
  cancel: 1,
  "call-in-sick": 2,
  "stay-away": 3,
  cover: 3,
  "sign-off": 4,
  "end-break": 5,
  "start-break": 6,
  "sign-on": 7,
};

/** Minutes. A day is activated the afternoon before; a duty is cancelled in time. */
export const activatedBefore = 8 * 60;
const cancelledBefore = 90;
/** A replacement who is asked later than this before the start comes as soon as possible instead of as planned. */
const shortNotice = 60;
/** So long after a duty was missed its driver turns up after all. */
const strayAfter = { least: 1, most: 15 };

/** Notes that a depot's day is to be activated. `place` orders depots, since ids do not. */
export const noteActivation = (
  agenda: Agenda<Deed>,
  minute: Minute,
  date: string,
  depot: string,
  place: number,
): void => agenda.note(minute, { kind: "activate", rank: ranks.activate, name: `${date} ${place}`, depot, date });

/** Signings by those who still hold the duty, and by strays. */
export const signingsOf = ({ holders }: Play, deeds: readonly Deed[]): Signing[] =>
  deeds.flatMap((deed) =>
    deed.kind === "stray" || (deed.kind === "sign" && holds(holders, deed.signing.held)) ? [deed.signing] : [],
  );

/** Carries out an order and notes what will come of it. */
export const doOrder = async (play: Play, order: Order, minute: Minute): Promise<void> => {
  if (order.kind === "activate") await activate(play, order.depot, order.date, minute);
  else if (order.kind === "cancel") await cancel(play, order.duty);
  else if (order.kind === "cover") await cover(play, order.duty, order.note, minute);
  else if (!holds(play.holders, order.held)) return;
  else if (order.kind === "call-in-sick") await callInSick(play, order.held, minute);
  else await cover(play, order.held.duty, "No-show", minute);
};

const holds = (holders: ReadonlyMap<string, Held>, { duty, driver }: Held): boolean =>
  holders.get(duty.id)?.driver === driver;

const activate = async (play: Play, depot: string, date: string, minute: Minute): Promise<void> => {
  const { desk, cast, agenda, seed, from } = play;
  const day = await desk.activate(depot, date);
  const inOrder = [...day].sort(([a], [b]) => a.starts - b.starts || (nameOf(a) < nameOf(b) ? -1 : 1));
  for (const [duty, held] of inOrder) {
    const cancelledAt = duty.starts - cancelledBefore;
    if (cast.cancelled.has(nameOf(duty)) && cancelledAt >= from)
      agenda.note(cancelledAt, { kind: "cancel", rank: ranks.cancel, name: nameOf(duty), duty });
    if (held) expect(play, held, conductOf(seed, held, cast.late));
    else if (duty.ends > from) await cover(play, duty, "Open since the roster", Math.max(minute, from));
  }
};

/** Notes what a driver will do with a duty, by the part that the cast gave. */
const expect = (play: Play, held: Held, conduct: Conduct): void => {
  const { cast, agenda, holders, hesitation, from } = play;
  const name = nameOfHeld(held);
  const note = (minute: Minute, kind: "call-in-sick" | "stay-away"): void =>
    agenda.note(minute, { kind, rank: ranks[kind], name, held });
  const sickAt = cast.sick.get(name) ?? Number.NEGATIVE_INFINITY;
  const foundMissingAt = held.duty.starts + missedAfter + hesitation(held);
  holders.set(held.duty.id, held);
  if (cast.sick.has(name) && sickAt >= from) note(sickAt, "call-in-sick");
  else if (cast.missing.has(name) && foundMissingAt >= from) {
    note(foundMissingAt, "stay-away");
    if (cast.strays.has(name)) noteStray(play, held, foundMissingAt);
  } else noteSignings(play, held, conduct);
};

/** Comes when somebody else was looked for already: what is signed then fits nothing. */
const noteStray = ({ agenda, seed }: Play, held: Held, foundMissingAt: Minute): void => {
  const name = nameOfHeld(held);
  const minute = foundMissingAt + chanceOf(seed, "stray comes", name).whole(strayAfter.least, strayAfter.most);
  agenda.note(minute, { kind: "stray", rank: ranks["sign-on"], name, signing: { held, kind: "sign-on", minute } });
};

const noteSignings = ({ agenda, from }: Play, held: Held, { signsOn, breaks, signsOff }: Conduct): void => {
  const note = (minute: Minute, kind: Signing["kind"]): void => {
    // Whoever should be at work by now signs on again, since it is not known who has: a signing counts once.
    if (minute < from && (kind !== "sign-on" || held.duty.ends <= from)) return;
    const signing = { held, kind, minute };
    agenda.note(minute, { kind: "sign", rank: ranks[kind], name: nameOfHeld(held), signing });
  };
  note(signsOn, "sign-on");
  for (const { starts, ends } of breaks) {
    note(starts, "start-break");
    note(ends, "end-break");
  }
  note(signsOff, "sign-off");
};

const cancel = async ({ desk, holders }: Play, duty: Duty): Promise<void> => {
  await desk.cancel(duty, "no-vehicle");
  holders.delete(duty.id);
};

const sickNote = "Called in sick";

/** A driver is away for the day, or for its afternoon, so all duties of that time need somebody else. */
const callInSick = async (play: Play, { duty, driver }: Held, minute: Minute): Promise<void> => {
  const { desk, holders, zone, agenda, hesitation } = play;
  const day = dateAt(Temporal.Instant.fromEpochMilliseconds(duty.starts * 60_000), zone);
  const noon = dayStart(day, zone) + 12 * 60;
  await desk.reportSick(driver, day.toString(), duty.starts >= noon ? "afternoon" : "full");
  const own = [...holders.values()].filter((held) => held.driver === driver && held.duty.starts > minute);
  for (const held of own.sort((a, b) => a.duty.starts - b.duty.starts)) {
    const wait = hesitation(held);
    if (wait === 0) await cover(play, held.duty, sickNote, minute);
    else {
      holders.delete(held.duty.id);
      const name = nameOf(held.duty);
      agenda.note(minute + wait, { kind: "cover", rank: ranks.cover, name, duty: held.duty, note: sickNote });
    }
  }
};

/** Somebody else for a duty, if there is anybody, and what that driver will do. */
const cover = async (play: Play, duty: Duty, note: string, minute: Minute): Promise<void> => {
  const { desk, holders, seed, cast } = play;
  const before = holders.get(duty.id);
  const held = await desk.cover(duty, note);
  if (held && held.driver === before?.driver) return;
  holders.delete(duty.id);
  if (!held) return;
  const inTime = minute < duty.starts - shortNotice;
  expect(play, held, inTime ? conductOf(seed, held, cast.late) : replacementConductOf(seed, held, minute));
};
