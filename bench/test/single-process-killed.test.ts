import { expect, it } from "vitest";
import { balance } from "../faults/single-process/counts.ts";
import { singleProcess } from "../faults/single-process.ts";

it("loses and doubles nothing when the single process is killed under load", async () => {
  const lines = await singleProcess({ tries: 2, seed: 1, say: () => {} });
  expect(lines).toMatchObject([
    { tries: 2, lost: 0, doubled: 0, disordered: 0, findings: [], holds: true, acknowledged: expect.any(Number) },
  ]);
});

it("counts what is missing and what is there too often", () => {
  const expected = new Map([
    ["hired 1", 1],
    ["hired 2", 1],
    ["released a", 3],
  ]);
  const there = new Map([
    ["hired 1", 2],
    ["released a", 3],
    ["hired 3", 1],
  ]);
  expect(balance(expected, there)).toMatchObject({ lost: 1, doubled: 1 });
});
