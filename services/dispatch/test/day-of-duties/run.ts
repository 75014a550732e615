import { isDeepStrictEqual } from "node:util";
import { orderings } from "@headway/service/model-run";
import type fc from "fast-check";
import { expect } from "vitest";
import { type Day, Refusal } from "./day.ts";
import { look } from "./meaning.ts";
import { type Given, type Order, pursueWanted } from "./orders.ts";
import { type Picture, pictureOf } from "./picture.ts";
import type { World } from "./world.ts";

type Command = fc.AsyncCommand<Day, World>;

/** An order, and nothing else at that time: dispatch does and answers what the model says. */
export const alone = (order: Order): Command => ({
  check: order.may,
  async run(day, world) {
    const given = [order.give(day, world)];
    const [expected] = outcomes(day, given);
    if (!expected) throw new Error("Whatever is ordered has an outcome.");
    expect(await seenAfter(day, world, given)).toEqual(shown(expected));
    Object.assign(day, expected.day);
  },
  toString: () => order.words,
});

/** Two orders at the same moment, on two connections: what comes of it is what one after the other would have led to. */
export const atOnce = (one: Order, other: Order): Command => ({
  check: (day) => one.may(day) && other.may(day) && (one.lane === undefined || one.lane !== other.lane),
  async run(day, world) {
    const given = [one.give(day, world), other.give(day, world)];
    const seen = await seenAfter(day, world, given);
    const all = outcomes(day, given);
    const match = all.find((outcome) => isDeepStrictEqual(shown(outcome), seen));
    if (!match) expect(all.slice(0, 2).map(shown), "what one after the other leads to").toContainEqual(seen);
    else Object.assign(day, match.day);
  },
  toString: () => `at once: (${one.words}) and (${other.words})`,
});

type Seen = Picture & { readonly answers: readonly string[] };

const seenAfter = async ({ now }: Day, world: World, given: readonly Given[]): Promise<Seen> => {
  const answers = await Promise.all(given.map(({ ask }) => ask()));
  // Whatever is due by then has been done: dispatch looks at the clock each second by itself.
  await world.setClock(Math.max(now, ...given.map(({ until }) => until)));
  return { answers, ...(await world.read()) };
};

type Outcome = { readonly day: Day; readonly answers: readonly string[] };

const shown = ({ day, answers }: Outcome): Seen => ({ answers, ...pictureOf(day) });

/** What the orders may lead to: one step after the other, in any order. */
const outcomes = (day: Day, given: readonly Given[]): Outcome[] => {
  const clocks = given.map(({ until }) => until);
  return orderings(given.map(({ steps }) => steps.length)).flatMap((turns) => {
    if (given.length === 1) return [lived(day, given, turns, 0, 0)];
    // Where one order moves the clock, the other may have read it before; where none does, dispatch may look at it in between.
    if (Math.max(...clocks) > day.now) return upTo(turns.length).map((early) => lived(day, given, turns, 0, early));
    return upTo(2 ** (turns.length - 1) - 1).map((looks) => lived(day, given, turns, looks, 0));
  });
};

const upTo = (last: number): number[] => Array.from({ length: last + 1 }, (_, index) => index);

/** `looks` has a bit for each gap between two steps; so many steps of who does not move the clock are taken `early`, by the clock as it was. */
const lived = (
  before: Day,
  given: readonly Given[],
  turns: readonly number[],
  looks: number,
  early: number,
): Outcome => {
  let day = structuredClone(before);
  const left = given.map(({ steps }) => [...steps]);
  const taken = given.map(({ until }) => (until > before.now ? 0 : early));
  const answers = given.map(() => "");
  turns.forEach((which, turn) => {
    if (turn > 0 && looks & (1 << (turn - 1))) look(day);
    const step = left[which]?.shift();
    if (!step) return;
    const then = structuredClone(day);
    if ((taken[which] ?? 0) > 0) then.now = before.now;
    taken[which] = (taken[which] ?? 0) - 1;
    try {
      answers[which] = step(then);
      then.now = Math.max(then.now, day.now);
      day = then;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answers[which] = error.message;
      left[which] = [];
    }
  });
  look(day);
  pursueWanted(day);
  return { day, answers };
};
