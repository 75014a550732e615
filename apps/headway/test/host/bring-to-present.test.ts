import { toInstant, toTimestamp } from "@headway/contracts/instant";
import { Temporal } from "@headway/kernel/time";
import { expect, test } from "vitest";
import { bringToPresent } from "../../src/host/bring-to-present.ts";

/** A service that takes so many seconds to hear of its first clocks, and goes on by itself once one is near enough. */
const givenService = (slow: number[]) => {
  let machine = Temporal.Instant.from("2026-11-21T04:05:00Z");
  let stands: Temporal.Instant | null = machine.subtract({ hours: 40 });
  const now = () => machine;
  let sets = 0;
  const setClock: Parameters<typeof bringToPresent>[0]["setClock"] = async ({ at }) => {
    const told = toInstant(at as Parameters<typeof toInstant>[0], "at");
    machine = machine.add({ seconds: slow[sets++] ?? 0 });
    if (stands) stands = machine.since(told).total("seconds") < 5 ? null : told;
    return { $typeName: "headway.common.v1.SetClockResponse" };
  };
  const getClock: Parameters<typeof bringToPresent>[0]["getClock"] = async () => ({
    $typeName: "headway.common.v1.GetClockResponse",
    rehearsal: false,
    at: toTimestamp(stands ?? machine),
  });
  return { service: { setClock, getClock }, now, goesByItself: () => stands === null, sets: () => sets };
};

test.each([
  ["in time", [1], 1],
  ["late once", [18, 1], 2],
  ["late again and again", [6, 7, 30, 0], 4],
])("a service that hears of the present %s goes on by itself", async (_how, slow, times) => {
  const { service, now, goesByItself, sets } = givenService(slow);
  await bringToPresent(service, now);
  expect([goesByItself(), sets()]).toEqual([true, times]);
});
