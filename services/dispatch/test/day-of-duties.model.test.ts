import fc from "fast-check";
import { afterAll, beforeAll, test } from "vitest";
import { anything, asked } from "./day-of-duties/orders.ts";
import { alone, atOnce } from "./day-of-duties/run.ts";
import { openWorlds } from "./day-of-duties/world.ts";

/** More by hand: HEADWAY_TEST_DAYS=2000. A failure prints its seed and the fewest orders that lead to it. */
const days = Number(process.env.HEADWAY_TEST_DAYS ?? 8);

let worlds: Awaited<ReturnType<typeof openWorlds>>;
beforeAll(async () => {
  worlds = await openWorlds();
});
afterAll(() => worlds.close());

const most = { maxCommands: 20, size: "max" } as const;

test("whatever is ordered of a day, dispatch does, answers and tells what the model says", async () => {
  const orders = fc.commands(
    anything.map((order) => order.map(alone)),
    most,
  );
  await fc.assert(
    fc.asyncProperty(orders, (given) => fc.asyncModelRun(worlds.next, given)),
    { numRuns: days },
  );
}, 3_600_000);

test("two orders at once lead where one after the other would", async () => {
  const pairs = fc.tuple(fc.oneof(...asked), fc.oneof(...asked)).map(([one, other]) => atOnce(one, other));
  const orders = fc.commands([...anything.map((order) => order.map(alone)), pairs, pairs, pairs, pairs, pairs], most);
  await fc.assert(
    fc.asyncProperty(orders, (given) => fc.asyncModelRun(worlds.next, given)),
    { numRuns: days },
  );
}, 3_600_000);
