import { isDeepStrictEqual } from "node:util";
import { type PayPeriod, PayPeriodState } from "@headway/contracts/gen/headway/accounting/v1/pay_period_service_pb";
import { DomainError } from "@headway/kernel/domain-error";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startAccounting } from "./payroll.ts";

/** More by hand: HEADWAY_TEST_PERIODS=400. A failure prints its seed and the fewest orders that lead to it. */
const runs = Number(process.env.HEADWAY_TEST_PERIODS ?? 15);

/** Long after any day that is paid: each run takes two weeks. */
const now = "2060-01-05T08:00:00Z";

let at: Awaited<ReturnType<typeof startAccounting>>;
beforeAll(async () => {
  at = await startAccounting(now);
});
afterAll(() => at.service.close());

type Period = { state: "open" | "frozen" | "calculated" | "exported" | "closed"; version: number; told: string[] };

/** Two periods as the glossary tells them, and what overtime says of their days. */
type Model = { periods: readonly [Period, Period]; overtime: "there" | "away" | "unpayable" };

type World = { readonly ids: readonly string[] };

class Refusal extends Error {}

const becomes = (period: Period, state: Period["state"], fact: string): void => {
  period.state = state;
  period.version++;
  period.told.push(fact);
};

/** What the closing does by itself: one step of it, or nothing where it waits. */
const goOn = ({ periods, overtime }: Model): void => {
  for (const period of periods) {
    if (period.state === "calculated") becomes(period, "exported", "PayrollExported");
    else if (period.state === "frozen" && overtime === "there") becomes(period, "calculated", "PayrollCalculated");
    else if (period.state === "frozen" && overtime === "unpayable") becomes(period, "open", "PayPeriodThawed");
  }
};

const meanings = {
  close(period: Period, { periods }: Model) {
    if (period.state !== "open") throw new Refusal(`period.${period.state}`);
    if (periods.some(({ state }) => state === "frozen" || state === "calculated"))
      throw new Refusal("period.another-closing");
    becomes(period, "frozen", "PayPeriodFrozen");
  },
  reopen(period: Period) {
    if (period.state !== "frozen" && period.state !== "calculated") throw new Refusal(`period.${period.state}`);
    becomes(period, "open", "PayPeriodThawed");
  },
  acknowledge(period: Period) {
    if (period.state !== "exported") throw new Refusal(`period.${period.state}`);
    becomes(period, "closed", "PayPeriodClosed");
  },
};

type Order = { readonly what: keyof typeof meanings; readonly which: 0 | 1; readonly stale: number };

const means = (model: Model, { what, which }: Order, seen: number): string => {
  const period = model.periods[which];
  if (period.version !== seen) return "period.changed";
  try {
    meanings[what](period, model);
    return "done";
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
};

const ask = async ({ ids }: World, { what, which }: Order, expectedVersion: number): Promise<string> => {
  const said = { payPeriodId: ids[which] ?? "", expectedVersion };
  const periods = at.periods();
  const calls = {
    close: periods.closePayPeriod,
    reopen: periods.reopenPayPeriod,
    acknowledge: periods.acknowledgePayroll,
  };
  return calls[what](said).then(
    () => "done",
    (error: unknown) => (error instanceof DomainError ? error.slug : String(error)),
  );
};

const stateWords: Record<number, Period["state"]> = {
  [PayPeriodState.OPEN]: "open",
  [PayPeriodState.FROZEN]: "frozen",
  [PayPeriodState.CALCULATED]: "calculated",
  [PayPeriodState.EXPORTED]: "exported",
  [PayPeriodState.CLOSED]: "closed",
};

/** Once the closing has gone on as far as it can. */
const read = async ({ ids }: World): Promise<(Omit<Period, "state"> & { state: Period["state"] | undefined })[]> => {
  await at.service.setClock(now);
  const recorded = await at.service.recorded();
  return Promise.all(
    ids.map(async (id) => {
      const { state, version } = await at.get({ id } as PayPeriod);
      const told = recorded.filter(({ aggregate }) => aggregate === id).map(({ type }) => type);
      return { state: stateWords[state], version, told };
    }),
  );
};

type Outcome = { readonly model: Model; readonly answers: string[] };

/** One order after the other, the closing so many steps on before each of the later ones, and at the end as far as it can. */
const lived = (before: Model, orders: readonly Order[], turns: readonly number[], steps: number): Outcome => {
  const model = structuredClone(before);
  const answers = orders.map(() => "");
  turns.forEach((turn, index) => {
    for (let step = 0; index > 0 && step < steps; step++) goOn(model);
    const order = orders[turn];
    if (order) answers[turn] = means(model, order, before.periods[order.which].version + order.stale);
  });
  for (let step = 0; step < 3; step++) goOn(model);
  return { model, answers };
};

/** One order alone, or two at once: what comes of it is what one after the other would have led to. */
const command = (orders: readonly Order[]): fc.AsyncCommand<Model, World> => ({
  check: () => true,
  async run(model, world) {
    const versions = orders.map(({ which, stale }) => model.periods[which].version + stale);
    const answers = await Promise.all(orders.map((order, index) => ask(world, order, versions[index] ?? 0)));
    const seen = { answers, periods: await read(world) };
    const turns = orders.map((_, index) => index);
    const outcomes = [turns, turns.toReversed()].flatMap((order) =>
      [0, 1, 2].map((steps) => lived(model, orders, order, steps)),
    );
    const shown = outcomes.map(({ model: { periods }, answers }) => ({ answers, periods: [...periods] }));
    expect(shown).toContainEqual(seen);
    Object.assign(model, outcomes[shown.findIndex((outcome) => isDeepStrictEqual(outcome, seen))]?.model);
  },
  toString: () => orders.map(({ what, which, stale }) => `${what} ${which}${stale ? ", as it was" : ""}`).join(" | "),
});

const overtimeIs = (overtime: Model["overtime"]): fc.AsyncCommand<Model, World> => ({
  check: (model) => model.overtime !== overtime,
  async run(model, world) {
    sayOfOvertime(overtime);
    model.overtime = overtime;
    for (let step = 0; step < 3; step++) goOn(model);
    expect(await read(world)).toEqual(model.periods);
  },
  toString: () => `overtime is ${overtime}`,
});

const sayOfOvertime = (overtime: Model["overtime"]): void => {
  at.others.away.overtime = overtime === "away";
  const day = { driverId: at.north, serviceDate: "2026-03-02", slug: "rule.none", reason: "No rule." };
  at.others.unpayable.splice(0, 1, ...(overtime === "unpayable" ? [day] : []));
};

const given = async (): Promise<{ model: Model; real: World }> => {
  sayOfOvertime("there");
  // What the run before has left under way comes to its end.
  await at.service.setClock(now);
  const ids = [(await at.nextWeek().open()).id, (await at.nextWeek().open()).id];
  const fresh = (): Period => ({ state: "open", version: 1, told: ["PayPeriodOpened"] });
  return { model: { periods: [fresh(), fresh()], overtime: "there" }, real: { ids } };
};

test("whatever is ordered of two pay periods, alone or two at once, comes to what the model says", async () => {
  const order: fc.Arbitrary<Order> = fc.record({
    what: fc.constantFrom("close", "close", "reopen", "acknowledge"),
    which: fc.constantFrom(0, 1),
    stale: fc.constantFrom(0, 0, 0, 0, 1),
  });
  const overtime = fc.constantFrom("there", "away", "unpayable").map(overtimeIs);
  const alone = order.map((one) => command([one]));
  const atOnce = fc.tuple(order, order).map(command);
  const orders = fc.commands([alone, alone, atOnce, atOnce, overtime], { maxCommands: 12, size: "max" });
  await fc.assert(
    fc.asyncProperty(orders, (commands) => fc.asyncModelRun(given, commands)),
    { numRuns: runs },
  );
}, 3_600_000);
