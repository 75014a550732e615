import fc from "fast-check";
import { afterAll, beforeAll, test } from "vitest";
import { anything, ofSwaps } from "./swaps/orders.ts";
import { alone, atOnce } from "./swaps/run.ts";
import { openWorlds } from "./swaps/world.ts";

/** More by hand: HEADWAY_TEST_SWAPS=800. A failure prints its seed and the fewest orders that lead to it. */
const weeks = Number(process.env.HEADWAY_TEST_SWAPS ?? 15);

let worlds: Awaited<ReturnType<typeof openWorlds>>;
beforeAll(async () => {
  worlds = await openWorlds();
});
afterAll(() => worlds.close());

const most = { maxCommands: 60, size: "max" } as const;

test("whatever is ordered of two rosters and their swaps, scheduling does, answers and tells what the model says", async () => {
  const orders = fc.commands(
    anything.map((order) => order.map(alone)),
    most,
  );
  await fc.assert(
    fc.asyncProperty(orders, (given) => fc.asyncModelRun(worlds.next, given)),
    { numRuns: weeks },
  );
}, 3_600_000);

test("two orders at once lead where one after the other would", async () => {
  // A command takes a few milliseconds: the other comes before, into the midst of or behind what the one locks.
  const pairs = fc
    .tuple(fc.oneof(...ofSwaps, ...ofSwaps, ...anything), fc.oneof(...anything), fc.constantFrom(0, 0, 1, 2, 4))
    .map(([one, other, later]) => atOnce(one, other, later));
  const between = [fc.oneof(...anything), fc.oneof(...ofSwaps)].map((order) => order.map(alone));
  const orders = fc.commands([...between, pairs, pairs, pairs], most);
  await fc.assert(
    fc.asyncProperty(orders, (given) => fc.asyncModelRun(worlds.next, given)),
    { numRuns: weeks },
  );
}, 3_600_000);
