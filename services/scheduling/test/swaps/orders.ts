import fc from "fast-check";
import {
  beAbsent,
  beBack,
  callOff,
  cover,
  dispatcher,
  endLapsed,
  findLapsed,
  giveOpen,
  leave,
  makeBinding,
  reactivate,
  replan,
  request,
  type Signing,
  type SwapOrder,
  say,
  sign,
  swapOrders,
  takeOff,
} from "./meaning.ts";
import { found, type Held, holderOf, isWaiting, type Minute, rosterOf, type Swap, stands, type Week } from "./week.ts";
import { drivers, duties, type World } from "./world.ts";

/** One transaction of the service: what it means for the week by the clock as the door read it, and what its caller may hear. */
export type Step = (week: Week, now: Minute) => readonly string[];

/** An order as it is given to a week: what it means, and how it is put to the service. */
export type Given = {
  readonly steps: readonly Step[];
  readonly ask: () => Promise<string>;
  /** Where the clock stands after it. */
  readonly until: Minute;
};

export type Order = {
  readonly words: string;
  /** Whether there is anything to order. */
  readonly may: (week: Week) => boolean;
  /** Orders of the same lane come one after the other: there is one clock, and another service's news stay in their order. */
  readonly lane?: "clock" | "hr" | "planning" | "dispatch";
  readonly give: (week: Week, world: World) => Given;
};

const driver = fc.constantFrom(...drivers);
const duty = fc.constantFrom(...duties);
const always = (): boolean => true;
/** From a screen that is mostly up to date. */
const stale = fc.constantFrom(0, 0, 0, 0, 0, 1);
const often = <T>(one: T, other: T) => fc.constantFrom(one, one, one, one, other);
const mostly = <T, U>(one: T, other: fc.Arbitrary<U>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(one) }, { weight: 1, arbitrary: other });

/** One of those that fit, the newest first; of all where none does, or `any` is wanted. */
const pick = <T>(all: Iterable<T>, fits: (one: T) => boolean, { nth, any }: Pick): T => {
  const newest = [...all].reverse();
  const fitting = any ? newest : newest.filter(fits);
  const choice = fitting.length > 0 ? fitting : newest;
  const one = choice[nth % choice.length];
  if (one === undefined) throw new Error("There is something to pick, or nothing is ordered.");
  return one;
};
type Pick = { readonly nth: number; readonly any: boolean };
const picked: fc.Arbitrary<Pick> = fc.record({ nth: fc.nat(7), any: often(false, true) });
const wordsOf = ({ nth, any }: Pick): string => `${nth}${any ? " of any" : ""}`;

const one = (week: Week, step: Step, ask: () => Promise<string>): Given => ({ steps: [step], ask, until: week.now });

const isSwappable = (week: Week, held: Held): boolean => held.state === "assigned" && rosterOf(week, held).current > 0;

const requesting: fc.Arbitrary<Order> = fc
  // Null for whoever holds it.
  .record({ offered: picked, wanted: picked, by: mostly(null, driver), again: mostly(false, fc.constant(true)) })
  .map(({ offered, wanted, by, again }) => ({
    words: `${by ?? "who holds it"} offers ${again ? "the same" : `${wordsOf(offered)} for ${wordsOf(wanted)}`}`,
    may: ({ held }) => held.size > 0,
    give(week, world) {
      const before = again ? [...week.swaps.values()].findLast(isWaiting) : undefined;
      const mine = before
        ? found(week.held, before.offered)
        : pick(week.held.values(), (held) => isSwappable(week, held), offered);
      const fits = (held: Held) =>
        isSwappable(week, held) && held.driver !== mine.driver && rosterOf(week, held) === rosterOf(week, mine);
      const theirs = before ? found(week.held, before.wanted) : pick(week.held.values(), fits, wanted);
      const who = by ?? mine.driver;
      return one(
        week,
        (then, now) => request(then, now, who, mine.name, theirs.name),
        () => world.request(who, mine.name, theirs.name),
      );
    },
  }));

const next = (swap: Swap): SwapOrder => (swap.state === "pending" ? "accept" : "approve");

const saying: fc.Arbitrary<Order> = fc
  .record({
    // Null for what would bring it on.
    order: fc.option(fc.constantFrom(...(Object.keys(swapOrders) as SwapOrder[])), { freq: 2 }),
    // Null for whose it is.
    actor: mostly(null, fc.constantFrom(...drivers, dispatcher)),
    which: picked,
    stale,
  })
  .map(({ order, actor, which, stale }) => ({
    words: `${actor ?? "whose it is"} says ${order ?? "yes"} to ${wordsOf(which)}${stale ? ", as it was" : ""}`,
    may: ({ swaps }) => swaps.size > 0,
    give(week, world) {
      const swap = pick(week.swaps.values(), isWaiting, which);
      const what = order ?? next(swap);
      const who = actor ?? swapOrders[what].whose(swap)[0] ?? dispatcher;
      const seen = { name: swap.name, seen: swap.version + stale };
      return one(
        week,
        (then, now) => say(then, now, what, who, seen),
        () => world.say(what, who, seen),
      );
    },
  }));

const giving: fc.Arbitrary<Order> = fc.tuple(picked, driver).map(([which, driver]) => ({
  words: `${driver} is given ${wordsOf(which)}`,
  may: always,
  give(week, world) {
    const name = pick(duties, (duty) => !holderOf(week, duty), which);
    return one(
      week,
      (then, now) => giveOpen(then, now, name, driver),
      () => world.assign(name, driver),
    );
  },
}));

const covering: fc.Arbitrary<Order> = fc
  .record({ driver, cause: often("MISSED" as const, null), insteadOf: fc.option(driver, { freq: 2 }), duty })
  .map(({ duty, ...said }) => ({
    words: `${said.driver} covers ${duty}${said.cause ? ` for ${said.insteadOf ?? "whoever missed it"}` : ""}`,
    may: always,
    give: (week, world) =>
      one(
        week,
        (then, now) => cover(then, now, duty, said),
        () => world.cover(duty, said),
      ),
  }));

const takingOff: fc.Arbitrary<Order> = fc.tuple(picked, stale).map(([which, stale]) => ({
  words: `${wordsOf(which)} is released${stale ? ", as it was" : ""}`,
  may: ({ held }) => held.size > 0,
  give(week, world) {
    const { name, version } = pick(week.held.values(), stands, which);
    return one(
      week,
      (then) => takeOff(then, name, version + stale),
      () => world.release(name, version + stale),
    );
  },
}));

const publishing: fc.Arbitrary<Order> = fc.tuple(often("R2", "R1"), stale).map(([name, stale]) => ({
  words: `${name} is published${stale ? ", as it was" : ""}`,
  may: always,
  give(week, world) {
    const seen = found(week.rosters, name).version + stale;
    return one(
      week,
      (then) => makeBinding(then, name, seen),
      () => world.publish(name, seen),
    );
  },
}));

const absence: fc.Arbitrary<Order> = fc.tuple(driver, fc.constantFrom(0, 1, 2)).map(([driver, day]) => ({
  words: `${driver} is absent on day ${day}, or back from it`,
  may: always,
  lane: "hr",
  give(week, world) {
    const name = `${driver} on ${day}`;
    const time = { starts: day * 1440, ends: (day + 1) * 1440 };
    if (found(week.drivers, driver).absences.has(name))
      return one(
        week,
        (then) => beBack(then, driver, name),
        () => world.back(name),
      );
    return one(
      week,
      (then) => beAbsent(then, driver, name, time),
      () => world.absent(driver, name, time),
    );
  },
}));

const leaving: fc.Arbitrary<Order> = fc.tuple(driver, fc.constantFrom(0, 1)).map(([driver, lastDay]) => ({
  words: `${driver} leaves after day ${lastDay}`,
  may: always,
  lane: "hr",
  give: (week, world) =>
    one(
      week,
      (then) => leave(then, driver, lastDay),
      () => world.leave(driver, lastDay),
    ),
}));

const running: fc.Arbitrary<Order> = duty.map((duty) => ({
  words: `${duty} is cancelled, or reactivated`,
  may: always,
  lane: "dispatch",
  give(week, world) {
    if (found(week.duties, duty).cancelled)
      return one(
        week,
        (then) => reactivate(then, duty),
        () => world.reactivate(duty),
      );
    return one(
      week,
      (then) => callOff(then, duty, "cancelled"),
      () => world.cancel(duty),
    );
  },
}));

const planning: fc.Arbitrary<Order> = fc.tuple(duty, fc.constantFrom(null, 0, 30, 60)).map(([duty, later]) => ({
  words: `${duty} is ${later === null ? "withdrawn" : `planned ${later} min later`}`,
  may: always,
  lane: "planning",
  give(week, world) {
    if (later === null)
      return one(
        week,
        (then) => callOff(then, duty, "withdrawn"),
        () => world.withdraw(duty),
      );
    const known = found(week.duties, duty);
    const time = { starts: known.time.starts + later, ends: known.time.ends + later };
    return one(
      week,
      (then) => replan(then, duty, time, known.plan + 1),
      () => world.plan({ ...known, time, plan: known.plan + 1 }),
    );
  },
}));

const signing: fc.Arbitrary<Order> = fc
  .tuple(picked, fc.constantFrom<Signing[]>("sign-on", "sign-on", "sign-off", "relief"))
  .map(([which, signing]) => ({
    words: `${signing} on ${wordsOf(which)}`,
    // Nobody signs on what nobody knows of.
    may: (week) => [...week.held.values()].some((held) => rosterOf(week, held).current > 0),
    lane: "dispatch",
    give(week, world) {
      const known = [...week.held.values()].filter((held) => rosterOf(week, held).current > 0);
      const { name } = pick(known, stands, which);
      return one(
        week,
        (then) => sign(then, name, signing),
        () => world.sign(name, signing),
      );
    },
  }));

/** From one moment that matters to a next one; swaps that have lapsed by then may be found out later. */
const waiting: fc.Arbitrary<Order> = fc
  .tuple(fc.constantFrom(0, 0, 0, 1, 2, 4), fc.boolean())
  .map(([passed, noticed]) => ({
    words: `it is ${passed} moments after the next${noticed ? "" : ", and nobody looks"}`,
    may: (week) => momentsOf(week).length > passed,
    lane: "clock",
    give(week, world) {
      const until = momentsOf(week)[passed] ?? week.now;
      const pass: Step = (then) => {
        then.now = until;
        return ["done"];
      };
      // In two steps: what another order makes lapse in between is found the next time.
      const steps = noticed ? [pass, findLapsed, endLapsed] : [pass];
      return { steps, ask: () => world.setClock(until, noticed), until };
    },
  }));

const momentsOf = ({ now, duties }: Week): Minute[] =>
  [...duties.values()]
    .flatMap(({ time: { starts, ends } }) => [starts - 1, starts, ends])
    .filter((moment) => moment > now)
    .toSorted((a, b) => a - b);

/** Each as often as it stands here. */
export const ofSwaps = [requesting, requesting, saying, saying, saying];
export const anything = [
  ...[...ofSwaps, ...ofSwaps],
  ...[giving, giving, covering, takingOff, publishing, waiting, absence, fc.oneof(leaving, running, planning), signing],
];
