import { daysBetween } from "@headway/kernel/time";
import { Agenda } from "./agenda.ts";
import type { Cast } from "./cast.ts";
import type { Span } from "./cut-work.ts";
import { activatedBefore, type Deed, doOrder, isOrder, noteActivation, type Play, signingsOf } from "./deeds.ts";
import type { Desk, Signing } from "./desk.ts";
import type { Held } from "./duty.ts";
import { handInBefore } from "./hand-in.ts";
import { dayStart, type Minute, shownMinute } from "./minute.ts";
import type { Phase } from "./progress.ts";

/** Days to be lived through, by the rehearsal's clock or the real one. */
export type Week = {
  readonly seed: number;
  readonly zone: string;
  readonly span: Span;
  /** Ids, in an order that stays. */
  readonly depots: readonly string[];
  readonly cast: Cast;
  readonly desk: Desk;
  /** Minutes that a terminal may keep signings at most, now. */
  readonly terminalsKeep: () => Minute;
  /** Comes back when it is that minute, or later already. */
  readonly until: (minute: Minute) => Promise<void>;
  /** Minutes from a missed duty, or a sick call, to the search for somebody else. */
  readonly hesitation: (held: Held) => Minute;
  /** The minute from which on it is lived: negative infinity, or where it was left the last time. */
  readonly from: Minute;
};

/** Lives through all days. Answers in words which signings were not taken as they should be. */
export const liveWeek = async (week: Week, phase: Phase): Promise<string[]> => {
  const { span, zone, until } = week;
  const begins = dayStart(span.from, zone) - activatedBefore;
  const ends = dayStart(span.to.add({ days: 1 }), zone);
  const play: Play = { ...week, agenda: new Agenda<Deed>(), holders: new Map() };
  for (const date of daysBetween(span.from, span.to))
    for (const [place, depot] of week.depots.entries())
      noteActivation(play.agenda, dayStart(date, zone) - activatedBefore, date.toString(), depot, place);
  const terminals = openTerminals(week);
  for (let next = play.agenda.take(); next; next = play.agenda.take()) {
    const { minute, happenings } = next;
    phase.advance(minute - begins, ends - begins, shownMinute(minute, zone));
    const orders = happenings.filter(isOrder);
    await terminals.minuteComes(minute);
    if (orders.length > 0) {
      await until(minute);
      await terminals.handIn();
      for (const order of orders) await doOrder(play, order, minute);
    }
    terminals.keep(signingsOf(play, happenings));
  }
  await terminals.handIn();
  return terminals.wrong;
};

/** The depots' terminals keep signings for a while and hand in many at once. */
const openTerminals = ({ desk, until, terminalsKeep }: Week) => {
  const wrong: string[] = [];
  let kept: Signing[] = [];
  const handIn = async (): Promise<void> => {
    const last = kept.at(-1);
    if (!last) return;
    await until(last.minute);
    wrong.push(...(await desk.sign(kept)));
    kept = [];
  };
  return {
    wrong,
    handIn,
    /** Hands in what cannot wait until the minute. */
    minuteComes: async (minute: Minute): Promise<void> => {
      if (minute >= handInBefore(kept, terminalsKeep())) await handIn();
    },
    keep: (signings: readonly Signing[]): void => void kept.push(...signings),
  };
};
