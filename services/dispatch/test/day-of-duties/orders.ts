import fc from "fast-check";
import { type Day, dutyOf, holderOf } from "./day.ts";
import { cancel, hear, look, pass, pursue, reactivate, type Signing, sign, want } from "./meaning.ts";
import { found, give, type Minute, take } from "./roster.ts";
import { drivers, duties, type World } from "./world.ts";

/** Each is one transaction of the service: what it means for the day, and what the caller hears of it. */
export type Step = (day: Day) => string;

/** An order as it is given to a day: what it means, and how it is put to the service. */
export type Given = {
  readonly steps: readonly Step[];
  readonly ask: () => Promise<string>;
  /** Where the clock stands after it. */
  readonly until: Minute;
};

export type Order = {
  readonly words: string;
  /** Whether there is anything to order. */
  readonly may: (day: Day) => boolean;
  /** Orders of the same lane come one after the other: there is one clock, and a duty's news stay in their order. */
  readonly lane?: string;
  readonly give: (day: Day, world: World) => Given;
};

const duty = fc.constantFrom(...duties);
const driver = fc.constantFrom(...drivers);
const always = (): boolean => true;
const versionOf = (day: Day, name: string): number => dutyOf(day, name).version;

/** From a screen that is mostly up to date. */
const seen = fc.constantFrom(0, 0, 0, 0, 1);

const signing: fc.Arbitrary<Order> = fc
  .record({
    // Null for what one would do next.
    kind: fc.oneof(
      { weight: 2, arbitrary: fc.constant(null) },
      fc.constantFrom<Signing["kind"][]>("sign-on", "sign-off", "start-break", "end-break"),
    ),
    // Null for one that somebody has, and whose time it is.
    duty: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, duty),
    // Null for whom the duty had last.
    driver: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, driver),
    ago: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.constantFrom(-2, -1, 1, 5, 25, 60)),
    again: fc.constantFrom(false, false, false, false, true),
  })
  .map(({ kind, duty, driver, ago, again }) => ({
    words: `${driver ?? "whose it is"} signs (${kind ?? "as it comes"}) on ${duty ?? "what is on"}, ${ago} min ago${again ? ", twice" : ""}`,
    may: always,
    give(day, world) {
      const name = duty ?? dutyOn(day);
      const last = dutyOf(day, name).turns.at(-1);
      const comes = last?.on === null ? "sign-on" : last?.rests.at(-1)?.to === null ? "end-break" : "sign-off";
      const whose = driver ?? last?.driver ?? drivers[0];
      const said = { id: world.newSigning(), kind: kind ?? comes, duty: name, driver: whose, at: day.now - ago };
      const step: Step = (then) => sign(then, said);
      const twice = () => world.sign(said).then(() => world.sign(said));
      return again
        ? { steps: [step, step], ask: twice, until: day.now }
        : { steps: [step], ask: () => world.sign(said), until: day.now };
    },
  }));

const dutyOn = ({ now, duties }: Day): string =>
  [...duties.values()].find((duty) => holderOf(duty) && duty.starts - 30 <= now && now < duty.ends)?.name ?? "A";

const waiting: fc.Arbitrary<Order> = fc.constantFrom(1, 5, 10, 20, 60).map((minutes) => ({
  ...waitingUntil((day) => day.now + minutes),
  words: `${minutes} min go by`,
}));

/** From one moment that matters to a next one: by leaps hardly anybody would ever come in time. */
const waitingFor: fc.Arbitrary<Order> = fc.constantFrom(0, 0, 0, 1, 2, 6).map((passed) => ({
  ...waitingUntil(({ now, duties }) => {
    const moments = [...duties.values()].flatMap(({ starts, ends }) => [
      starts - 10,
      starts + 6,
      ends - 40,
      ends - 10,
      ends,
      ends + 240,
    ]);
    return moments.filter((moment) => moment > now).toSorted((a, b) => a - b)[passed] ?? now;
  }),
  words: `it is ${passed} moments after the next`,
}));

const waitingUntil = (when: (day: Day) => Minute): Omit<Order, "words"> => ({
  may: (day) => when(day) > day.now,
  lane: "clock",
  give(day, world) {
    const until = when(day);
    return {
      steps: [(then) => pass(then, until), look, pursueWanted],
      ask: () => world.setClock(until).then(() => "done"),
      until,
    };
  },
});

/** Takes up what is wanted and was cut off. */
export const pursueWanted = (day: Day): string => {
  for (const { duty, state } of day.wishes) if (state === "wanted") pursue(day, duty);
  return "done";
};

const hearing: fc.Arbitrary<Order> = duty.map((duty) => ({
  words: `the roster's news of ${duty} arrives`,
  lane: `news of ${duty}`,
  may: ({ roster }) => found(roster.untold, duty).length > 0,
  give(day, world) {
    const [news] = found(day.roster.untold, duty);
    const at = news?.at ?? day.now;
    const step: Step = (then) => {
      found(then.roster.untold, duty).shift();
      return news ? hear(then, duty, news, at) : "done";
    };
    return { steps: [step], ask: () => world.hear(duty, at), until: day.now };
  },
}));

const cancelling: fc.Arbitrary<Order> = fc.tuple(duty, seen).map(([duty, stale]) => ({
  words: `${duty} is cancelled${stale ? ", as it was before" : ""}`,
  may: always,
  give(day, world) {
    const version = versionOf(day, duty) + stale;
    return { steps: [(then) => cancel(then, duty, version)], ask: () => world.cancel(duty, version), until: day.now };
  },
}));

const reactivating: fc.Arbitrary<Order> = fc.tuple(duty, seen).map(([duty, stale]) => ({
  words: `${duty} is reactivated${stale ? ", as it was before" : ""}`,
  // Mostly where there is something to reactivate: else it is refused and nothing more.
  may: (day) => dutyOf(day, duty).state === "cancelled" || stale > 0,
  give(day, world) {
    const version = versionOf(day, duty) + stale;
    return {
      steps: [(then) => reactivate(then, duty, version)],
      ask: () => world.reactivate(duty, version),
      until: day.now,
    };
  },
}));

const replacing: fc.Arbitrary<Order> = fc
  .tuple(duty, seen, fc.option(driver, { freq: 3 }))
  .map(([duty, stale, named]) => ({
    words: `${named ?? "somebody"} is wanted for ${duty}${stale ? ", as it was before" : ""}`,
    may: always,
    give(day, world) {
      const version = versionOf(day, duty) + stale;
      return {
        steps: [(then) => want(then, duty, version, drivers, named), (then) => pursue(then, duty)],
        ask: () => world.replace(duty, version, named),
        until: day.now,
      };
    },
  }));

/** The roster's own: dispatch does not hear of it yet. */
const ofRoster = (words: string, may: Order["may"], act: (roster: Day["roster"], day: Day) => void): Order => ({
  words,
  may,
  give: (day, world) => ({
    steps: [
      (then) => {
        act(then.roster, then);
        return "done";
      },
    ],
    async ask() {
      act(world.roster, day);
      return "done";
    },
    until: day.now,
  }),
});

const rostering: fc.Arbitrary<Order> = fc.oneof(
  fc.tuple(duty, driver).map(([duty, driver]) =>
    ofRoster(
      `the roster gives ${duty} to ${driver}`,
      ({ roster }) => found(roster.duties, duty).holder?.driver !== driver,
      (roster, { now }) => give(roster, duty, driver, now),
    ),
  ),
  duty.map((duty) =>
    ofRoster(
      `the roster takes ${duty} from whoever has it`,
      ({ roster }) => found(roster.duties, duty).holder !== null,
      (roster, { now }) => take(roster, duty, now),
    ),
  ),
);

const trouble: fc.Arbitrary<Order> = fc.oneof(
  fc.option(driver).map((driver) =>
    ofRoster(`${driver ?? "nobody"} is busy elsewhere`, always, (roster) => {
      roster.busy = driver;
    }),
  ),
  fc.boolean().map((acts) =>
    ofRoster(
      `the roster does not answer${acts ? ", though it acts" : ""}`,
      ({ wishes }) => !wishes.some(({ state }) => state === "wanted"),
      (roster, { now }) => {
        roster.silent = { at: now, acts };
      },
    ),
  ),
);

/** What dispatch is asked for, each as often as it stands here. */
export const asked = [
  ...[signing, signing, signing, signing],
  ...[waiting, waitingFor, waitingFor, waitingFor],
  ...[hearing, hearing, cancelling, reactivating, replacing],
];

/** With what happens in the roster meanwhile. */
export const anything = [...asked, rostering, rostering, trouble];
