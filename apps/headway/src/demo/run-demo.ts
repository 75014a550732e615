import { setTimeout as pause } from "node:timers/promises";
import { dateAt } from "@headway/kernel/service-day";
import { type PlainDate, Temporal } from "@headway/kernel/time";
import type { Span } from "../rehearse/cut-work.ts";
import { connect, type Headway } from "../rehearse/headway.ts";
import { type Minute, shownMinute } from "../rehearse/minute.ts";
import type { Progress } from "../rehearse/progress.ts";
import { type DemoClock, openDemoClock, type TimeKeeper } from "./demo-clock.ts";
import { openDriverAccount } from "./driver-account.ts";
import { liveDemo } from "./live-demo.ts";
import { type Demo, type DemoDays, loadDays, loadMetro } from "./load-demo.ts";

export type DemoRun = {
  /** Where Headway is, and a key of an administrator's service account. */
  readonly url: string;
  readonly key: string;
  readonly seed: number;
  /** IANA name; the demo's depots lie there. */
  readonly zone: string;
  readonly keeper: TimeKeeper;
  readonly progress: Progress;
  /** Told once, when the demo has caught up with the machine's clock. */
  readonly onPresent: () => void;
  /** Told each time when it has loaded days to come, beside those that it lives. */
  readonly onLoadedAhead: () => void;
  /** Ends the demo. */
  readonly signal: AbortSignal;
  /** Told when something went wrong that is tried again. */
  readonly warn: (message: string) => void;
};

/** Milliseconds. */
const lookEvery = 60_000;
const tryAgainAfter = 15_000;
/** How long before a week begins its rosters are published. */
const publishedAhead = { days: 2 };

/** What stays the same from the first day to the last. */
type Stage = { readonly run: DemoRun; readonly headway: Headway; readonly demo: Demo; readonly clock: DemoClock };

/**
 * Brings the demo metro in through the public API and lives its days: from yesterday, or from where it was left, up to now
 * at once, and from then on by the real clock, until the signal. Never throws.
 */
export const runDemo = async (run: DemoRun): Promise<void> => {
  const { seed, zone, signal, progress } = run;
  const headway = connect(run.url, run.key);
  const caughtUp = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => caughtUp.resolve(), { once: true });
  const clock = await tryUntilItWorks(run, () =>
    openDemoClock(run.keeper, { zone, signal, onPresent: caughtUp.resolve }),
  );
  const options = { seed, zone, today: todayIn(zone) };
  const demo = clock && (await tryUntilItWorks(run, () => loadMetro(headway, options, progress)));
  if (!clock || !demo) return;
  const stage: Stage = { run, headway, demo, clock };
  const days = await load(stage, { from: clock.begins.firstDay, to: todayIn(zone) });
  if (!days) return;
  void tryUntilItWorks(run, () => openDriverAccount(headway, signal));
  const past = progress.phase("Living up to now");
  void live(stage, days, (minute) => {
    if (!clock.isPresent()) past.advance(...shareOfPast(clock, minute), shownMinute(minute, zone));
  });
  await caughtUp.promise;
  if (signal.aborted) return;
  past.end("by the real clock from now on");
  run.onPresent();
  await goOn(stage, days.span.to);
};

/** Loads the next week when it is near, and lives it beside the one that runs. */
const goOn = async (stage: Stage, loadedUntil: PlainDate): Promise<void> => {
  const { signal, zone } = stage.run;
  for (let last = loadedUntil; !signal.aborted; await pause(lookEvery, undefined, { signal }).catch(() => {})) {
    const wanted = { from: last.add({ days: 1 }), to: todayIn(zone).add(publishedAhead) };
    if (Temporal.PlainDate.compare(wanted.from, wanted.to) > 0) continue;
    const days = await load(stage, wanted);
    if (!days) return;
    last = days.span.to;
    void live(stage, days, () => {});
    stage.run.onLoadedAhead();
  }
};

const load = ({ run, headway, demo }: Stage, span: Span): Promise<DemoDays | null> =>
  tryUntilItWorks(run, () => loadDays(headway, demo, span, run));

/** What fails begins again where it had come to. */
const live = ({ run, headway, demo, clock }: Stage, days: DemoDays, onMinute: (minute: Minute) => void) => {
  const { seed, signal } = run;
  let from = clock.begins.minute;
  const reached = (minute: Minute): void => {
    from = minute;
    onMinute(minute);
  };
  return tryUntilItWorks(run, () => liveDemo({ headway, seed, demo, days, from, clock, signal, onMinute: reached }));
};

const shareOfPast = ({ begins }: DemoClock, minute: Minute): [done: Minute, total: Minute] => [
  minute - begins.minute,
  Math.floor(Temporal.Now.instant().epochMilliseconds / 60_000) - begins.minute,
];

const todayIn = (zone: string): PlainDate => dateAt(Temporal.Now.instant(), zone);

const tryUntilItWorks = async <T>({ signal, warn }: DemoRun, work: () => Promise<T>): Promise<T | null> => {
  while (!signal.aborted)
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) break;
      warn(`The demo stumbled and tries again: ${error instanceof Error ? error.message : String(error)}`);
      await pause(tryAgainAfter, undefined, { signal }).catch(() => {});
    }
  return null;
};
