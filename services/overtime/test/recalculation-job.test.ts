import { setImmediate as nextTurn } from "node:timers/promises";
import type { Tx } from "@headway/kernel/tx";
import { expect, test } from "vitest";
import { recalculateAll } from "../src/inbound/recalculation-job.ts";
import type { Half } from "../src/model/week.ts";

const inTx = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => work({} as Tx);

test("both halves are calculated until none of their weeks is left", async () => {
  const batches: Record<Half, number[]> = { 0: [200, 7], 1: [40] };
  await recalculateAll({ inTx, recalculateStaleWeeks: async (_tx, { half }) => batches[half].shift() ?? 0 });
  expect(batches).toEqual({ 0: [], 1: [] });
});

test("when one half fails, then that is told, and not before the other has ended", async () => {
  let turns = 0;
  const recalculateStaleWeeks = async (_tx: Tx, { half }: { readonly half: Half }) => {
    if (half === 0) throw new Error("deadlock");
    await nextTurn();
    return ++turns < 3 ? 1 : 0;
  };
  await expect(recalculateAll({ inTx, recalculateStaleWeeks })).rejects.toThrow("deadlock");
  expect(turns).toBe(3);
});
