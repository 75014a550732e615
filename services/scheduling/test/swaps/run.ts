import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { orderings } from "@headway/service/model-run";
import type fc from "fast-check";
import { expect } from "vitest";
import type { Given, Order } from "./orders.ts";
import { type Picture, pictureOf } from "./picture.ts";
import type { Minute, Week } from "./week.ts";
import type { World } from "./world.ts";

type Command = fc.AsyncCommand<Week, World>;

/** An order, and nothing else at that time. */
export const alone = (order: Order): Command => command([order]);

/**
 * Two orders at the same moment, or the other so many milliseconds after the one: what comes of it is what one after the
 * other would have led to.
 */
export const atOnce = (one: Order, other: Order, later: number): Command => command([one, other], later);

const command = (orders: readonly Order[], later = 0): Command => ({
  check: (week) => orders.every(({ may }) => may(week)) && haveOwnLanes(orders),
  async run(week, world) {
    const given = orders.map((order) => order.give(week, world));
    const answers = await Promise.all(
      given.map(async ({ ask }, index) => {
        if (index > 0 && later > 0) await pause(later);
        return ask();
      }),
    );
    const seen = { answers, picture: await world.read() };
    const all = outcomes(week, given);
    const match = all.find((outcome) => explains(outcome, seen));
    if (match) Object.assign(week, match.week);
    else expect({ seen }, "none of what the orders may lead to").toEqual(nearest(all, seen));
  },
  toString: () => orders.map(({ words }) => `(${words})`).join(` and ${later} ms later `),
});

const haveOwnLanes = (orders: readonly Order[]): boolean => {
  const lanes = orders.flatMap(({ lane }) => lane ?? []);
  return new Set(lanes).size === lanes.length;
};

type Seen = { readonly answers: readonly string[]; readonly picture: Picture };

/** For each order all that its caller may have heard. */
type Outcome = { readonly week: Week; readonly answers: readonly (readonly string[])[] };

const explains = ({ week, answers }: Outcome, seen: Seen): boolean =>
  answers.every((may, index) => may.includes(seen.answers[index] ?? "")) &&
  isDeepStrictEqual(pictureOf(week), seen.picture);

/** What a failure shows beside what was seen: an outcome with the same picture, or else the first. */
const nearest = (all: readonly Outcome[], { picture }: Seen) => {
  const { week, answers } =
    all.find((outcome) => isDeepStrictEqual(pictureOf(outcome.week), picture)) ?? all[0] ?? none();
  return { seen: { answers: answers.map((may) => may.join(" or ")), picture: pictureOf(week) } };
};

const none = (): never => {
  throw new Error("Whatever is ordered has an outcome.");
};

/**
 * What the orders may lead to: one step after the other, in any order. Where one moves the clock, the door of the other may
 * have read it before.
 */
const outcomes = (week: Week, given: readonly Given[]): Outcome[] => {
  const clocks = [...new Set([week.now, ...given.map(({ until }) => until)])];
  return orderings(given.map(({ steps }) => steps.length)).flatMap((turns) =>
    clocks.map((door) => lived(week, given, turns, door)),
  );
};

const lived = (before: Week, given: readonly Given[], turns: readonly number[], door: Minute): Outcome => {
  const week = structuredClone(before);
  const left = given.map(({ steps }) => [...steps]);
  const answers: (readonly string[])[] = given.map(() => []);
  for (const which of turns) {
    const step = left[which]?.shift();
    if (step) answers[which] = step(week, Math.min(week.now, door));
  }
  return { week, answers };
};
