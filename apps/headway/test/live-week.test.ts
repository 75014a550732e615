import { Temporal } from "@headway/kernel/time";
import { describe, expect, it } from "vitest";
import type { Cast } from "../src/rehearse/cast.ts";
import type { Desk, Signing } from "../src/rehearse/desk.ts";
import { type Duty, type Held, nameOf, nameOfHeld } from "../src/rehearse/duty.ts";
import { liveWeek } from "../src/rehearse/live-week.ts";
import { dayStart, type Minute } from "../src/rehearse/minute.ts";

const zone = "Europe/Paris";
const date = Temporal.PlainDate.from("2026-11-21");
const midnight = dayStart(date, zone);
const nothing: Cast = {
  late: 0.02,
  sick: new Map(),
  missing: new Set(),
  strays: new Set(),
  cancelled: new Set(),
  swaps: [],
};

const aDuty = (run: string, starts: number, length = 400): Duty => ({
  id: `duty-${run}`,
  date: date.toString(),
  service: "all",
  run,
  depot: "depot",
  qualification: "A",
  starts: midnight + starts,
  ends: midnight + starts + length,
  gaps: [],
  workMinutes: length,
});

const onDuty = (duty: Duty, number: string): Held => ({ duty, driver: `driver-${number}`, number });

/** A day at a desk that keeps what it was told. Whoever is covered gets the stand-ins, one after the other. */
const aDay = (given: {
  roster: Held[];
  open?: Duty[];
  cast?: Cast;
  standIns?: string[];
  terminalsKeep?: number;
  hesitation?: number;
  from?: number;
}) => {
  const standIns = [...(given.standIns ?? [])];
  const log: string[] = [];
  const signed: (Signing & { at: Minute })[] = [];
  let now = 0;
  const say = (what: string): void => void log.push(`${now - midnight} ${what}`);
  const desk: Desk = {
    activate: async () =>
      new Map<Duty, Held | null>([
        ...given.roster.map((held) => [held.duty, held] as const),
        ...(given.open ?? []).map((duty) => [duty, null] as const),
      ]),
    reportSick: async (driver, day, part) => say(`sick ${driver} ${day} ${part}`),
    cancel: async ({ run }, cause) => say(`cancel ${run}: ${cause}`),
    cover: async (duty, note) => {
      const number = standIns.shift();
      say(`cover ${duty.run}: ${note}, ${number ?? "nobody"}`);
      return number ? onDuty(duty, number) : null;
    },
    sign: async (signings) => {
      signed.push(...signings.map((signing) => ({ ...signing, at: now })));
      return [];
    },
  };
  const live = () =>
    liveWeek(
      {
        seed: 1,
        zone,
        span: { from: date, to: date },
        depots: ["depot"],
        cast: given.cast ?? nothing,
        desk,
        terminalsKeep: () => given.terminalsKeep ?? 0,
        until: async (minute) => {
          now = Math.max(now, minute);
        },
        hesitation: () => given.hesitation ?? 0,
        from: given.from ?? Number.NEGATIVE_INFINITY,
      },
      { advance: () => {}, end: () => {} },
    );
  const signingsOf = (number: string) => signed.filter(({ held }) => held.number === number).map(({ kind }) => kind);
  return { live, log, signed, signingsOf };
};

describe("a day lived through", () => {
  it("has every driver sign on and off, each at the minute it says", async () => {
    const { live, signed, signingsOf, log } = aDay({
      roster: [onDuty(aDuty("A-1", 300), "1"), onDuty(aDuty("A-2", 1_300), "2")],
    });
    await live();
    for (const number of ["1", "2"]) {
      expect(signingsOf(number).at(0)).toBe("sign-on");
      expect(signingsOf(number).at(-1)).toBe("sign-off");
    }
    expect(signed.every(({ minute, at }) => minute === at)).toBe(true);
    expect(log).toEqual([]);
  });

  it("replaces who stays away once the duty is missed, and only then", async () => {
    const held = onDuty(aDuty("A-1", 300), "1");
    const { live, log, signingsOf } = aDay({
      roster: [held],
      cast: { ...nothing, missing: new Set([nameOfHeld(held)]) },
      standIns: ["9"],
    });
    await live();
    expect(log).toEqual(["320 cover A-1: No-show, 9"]);
    expect(signingsOf("1")).toEqual([]);
    expect(signingsOf("9")).toContain("sign-off");
  });

  it("covers all that a sick driver would have worked that day", async () => {
    const [early, late] = [onDuty(aDuty("A-1", 300, 120), "1"), onDuty(aDuty("A-7", 1_200, 120), "1")];
    const { live, log, signingsOf } = aDay({
      roster: [early, late],
      cast: { ...nothing, sick: new Map([[nameOfHeld(early), midnight + 100]]) },
      standIns: ["8", "9"],
    });
    await live();
    expect(log).toEqual([
      "100 sick driver-1 2026-11-21 full",
      "100 cover A-1: Called in sick, 8",
      "100 cover A-7: Called in sick, 9",
    ]);
    expect(signingsOf("1")).toEqual([]);
  });

  it("takes only the afternoon off who falls ill before a late duty", async () => {
    const held = onDuty(aDuty("A-7", 1_200), "1");
    const { live, log } = aDay({
      roster: [held],
      cast: { ...nothing, sick: new Map([[nameOfHeld(held), midnight + 900]]) },
    });
    await live();
    expect(log[0]).toBe("900 sick driver-1 2026-11-21 afternoon");
  });

  it("leaves a duty open when nobody can be found", async () => {
    const { live, log, signed } = aDay({ roster: [], open: [aDuty("A-1", 300)] });
    await live();
    expect(log).toEqual(["-480 cover A-1: Open since the roster, nobody"]);
    expect(signed).toEqual([]);
  });

  it("has nobody come to a cancelled duty", async () => {
    const held = onDuty(aDuty("A-1", 300), "1");
    const { live, log, signed } = aDay({
      roster: [held],
      cast: { ...nothing, cancelled: new Set([nameOf(held.duty)]) },
    });
    await live();
    expect(log).toEqual(["210 cancel A-1: no-vehicle"]);
    expect(signed).toEqual([]);
  });

  it("lets terminals keep signings, but never so long that somebody would seem late", async () => {
    const roster = Array.from({ length: 200 }, (_, index) =>
      onDuty(aDuty(`A-${index}`, 300 + index * 3), String(index)),
    );
    const { live, signed } = aDay({ roster, terminalsKeep: 15 });
    await live();
    const minutes = new Set(signed.map(({ minute }) => minute)).size;
    const handedIn = new Set(signed.map(({ at }) => at)).size;
    expect(handedIn).toBeLessThan(minutes / 2);
    for (const { kind, minute, at, held } of signed) {
      expect(at - minute).toBeGreaterThanOrEqual(0);
      expect(at - minute).toBeLessThanOrEqual(15);
      const [late, missed] = [held.duty.starts + 5, held.duty.starts + 20];
      if (kind === "sign-on") expect(at < late || (minute >= late && at < missed)).toBe(true);
    }
  });

  it("lives through the same day twice in the same way, whatever ids are", async () => {
    const roster = Array.from({ length: 60 }, (_, index) =>
      onDuty(aDuty(`A-${index}`, 300 + index * 7), String(index)),
    );
    const renamed = roster.map((held) => ({
      ...held,
      driver: `other-${held.number}`,
      duty: { ...held.duty, id: `other-${held.duty.run}` },
    }));
    const [first, again] = [aDay({ roster }), aDay({ roster: renamed.toReversed() })];
    await first.live();
    await again.live();
    const seen = ({ signed }: typeof first) =>
      signed.map(({ held, kind, minute }) => `${minute} ${kind} ${held.number}`);
    expect(seen(again)).toEqual(seen(first));
  });
});
