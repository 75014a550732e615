import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planDepots } from "../src/rehearse/open-depots.ts";

describe("depots for a feed's lines", () => {
  const someLines = fc.uniqueArray(fc.record({ code: fc.string({ minLength: 1 }), trips: fc.nat(500) }), {
    selector: ({ code }) => code,
    minLength: 1,
    maxLength: 40,
  });

  it("run each line from exactly one depot, in whatever order the lines come", () => {
    fc.assert(
      fc.property(someLines, (lines) => {
        const depots = planDepots(lines);
        expect(depots.flatMap(({ lines: own }) => own).sort()).toEqual(lines.map(({ code }) => code).sort());
        expect(planDepots(lines.toReversed())).toEqual(depots);
        expect(new Set(depots.map(({ code }) => code)).size).toBe(depots.length);
      }),
    );
  });

  it("are one for one line, and never more than six", () => {
    const lines = (count: number) => Array.from({ length: count }, (_, index) => ({ code: `L${index}`, trips: 10 }));
    expect(planDepots(lines(1))).toHaveLength(1);
    expect(planDepots(lines(7))).toHaveLength(4);
    expect(planDepots(lines(100))).toHaveLength(6);
  });
});
