import { setTimeout as pause } from "node:timers/promises";
import { type Instant, systemClock } from "@headway/kernel/clock";
import { dateAt } from "@headway/kernel/service-day";
import { type PlainDate, Temporal } from "@headway/kernel/time";
import { dayStart, type Minute } from "../rehearse/minute.ts";

/** What keeps the time of the demo's services, and what was known of it when Headway last ended. */
export type TimeKeeper = {
  /** Sets the clock of all services that live by the demo's. */
  readonly set: (at: Instant) => Promise<void>;
  /** Sets it to the machine's time, however long that takes; from then on they go on by themselves. */
  readonly setPresent: () => Promise<void>;
  /** The instant up to which the days were lived through; null at the first start. */
  readonly livedUntil: () => Promise<Instant | null>;
  readonly keepLivedUntil: (at: Instant) => Promise<void>;
};

/** Where the demo begins to live: the minute, and the first service day that it lives through. */
type Beginning = { readonly minute: Minute; readonly firstDay: PlainDate };

/** The demo's time: behind the machine's until all that lies between has been lived through, then the machine's. */
export type DemoClock = {
  readonly begins: Beginning;
  readonly isPresent: () => boolean;
  /** Comes back when it is that minute, or later already. */
  readonly reach: (minute: Minute) => Promise<void>;
};

/** Hours by which rosters are published before the first day. */
const publishedBefore = 12;
/** Minutes before the end of the last start in which something may not have been told any more. */
const uncertain = 2;
/** How long a service day goes on after midnight. */
const nightGoesOn = { hours: 5 };
/** Milliseconds. */
const keepEvery = 5_000;
const longestTimer = 2 ** 31 - 1;

/** From half a day before yesterday, or from where it was left if that is later. */
const beginningOf = (livedUntil: Instant | null, now: Instant, zone: string): Beginning => {
  const yesterday = dateAt(now, zone).subtract({ days: 1 });
  const first = dayStart(yesterday, zone) - publishedBefore * 60;
  const left = livedUntil ? minuteAt(livedUntil) - uncertain : Number.NEGATIVE_INFINITY;
  if (!livedUntil || left <= first) return { minute: first, firstDay: yesterday };
  return { minute: left, firstDay: dateAt(livedUntil.subtract(nightGoesOn), zone) };
};

/** Sets the services' clocks to where the demo begins. `onPresent` is told once, when it has caught up. */
export const openDemoClock = async (
  keeper: TimeKeeper,
  { zone, signal, onPresent }: { zone: string; signal: AbortSignal; onPresent: () => void },
): Promise<DemoClock> => {
  const begins = beginningOf(await keeper.livedUntil(), systemClock.now(), zone);
  let present = false;
  let stands = Number.NEGATIVE_INFINITY;
  const stepTo = async (minute: Minute): Promise<void> => {
    if (minute <= stands) return;
    const at = Temporal.Instant.fromEpochMilliseconds(minute * 60_000);
    await keeper.set(at);
    await keeper.keepLivedUntil(at);
    stands = minute;
  };
  const catchUp = async (): Promise<void> => {
    await keeper.setPresent();
    present = true;
    const timer = setInterval(() => void keeper.keepLivedUntil(systemClock.now()).catch(() => {}), keepEvery);
    signal.addEventListener("abort", () => clearInterval(timer), { once: true });
    onPresent();
  };
  await stepTo(begins.minute);
  return {
    begins,
    isPresent: () => present,
    async reach(minute) {
      signal.throwIfAborted();
      if (!present && leftUntil(minute) <= 0) return stepTo(minute);
      if (!present) await catchUp();
      for (let left = leftUntil(minute); left > 0; left = leftUntil(minute))
        await pause(Math.min(left, longestTimer), undefined, { signal });
    },
  };
};

const minuteAt = (instant: Instant): Minute => Math.floor(instant.epochMilliseconds / 60_000);

/** Milliseconds. */
const leftUntil = (minute: Minute): number => minute * 60_000 - systemClock.now().epochMilliseconds;
