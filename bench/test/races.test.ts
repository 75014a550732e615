import { expect, test } from "vitest";
import { unlawful } from "../faults/races/tally.ts";
import { races } from "../faults/races.ts";

test("orders for the same drivers and duties at the same moment leave nothing wrong", async () => {
  const [line] = await races({ tries: 300, seed: 3, say: () => {} });
  expect(line).toMatchObject({ lost: 0, doubled: 0, disordered: null, findings: [], holds: true });
});

test("an answer that no order may have is told", () => {
  const outcome = { kind: "assign", left: "" } as const;
  const found = unlawful([
    { ...outcome, status: 201, slug: "" },
    { ...outcome, status: 409, slug: "duty.taken" },
    { ...outcome, status: 503, slug: "day.roster-not-here-yet" },
    { ...outcome, status: 409, slug: "" },
    { ...outcome, status: 500, slug: "internal" },
    { ...outcome, status: 503, slug: "database.busy" },
  ]);
  expect(found).toEqual([
    "assign was answered with 409 without a name, 1 times",
    "assign was answered with 500 internal, 1 times",
    "assign was answered with 503 database.busy, 1 times",
  ]);
});
