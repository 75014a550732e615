import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byLot, chanceOf, lotOf } from "../src/demo/chance.ts";
import { csvLine, readCsv } from "../src/demo/csv.ts";

describe("chance", () => {
  it("gives the same for the same names, whatever was asked before", () => {
    const first = chanceOf(1, "2026-11-21", "00042");
    const values = [first.share(), first.whole(0, 1_000), first.share()];
    chanceOf(2).share();
    const again = chanceOf(1, "2026-11-21", "00042");
    expect([again.share(), again.whole(0, 1_000), again.share()]).toEqual(values);
  });

  it("keeps names apart that only differ in where they are cut", () => {
    expect(lotOf("ab", "c")).not.toBe(lotOf("a", "bc"));
  });

  it("spreads evenly over names that are alike", () => {
    const lots = Array.from({ length: 10_000 }, (_, index) => lotOf(1, "sick", `2026-11-21 ${index}`));
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = lots.filter((lot) => Math.floor(lot * 10) === tenth).length / lots.length;
      expect(share).toBeGreaterThan(0.085);
      expect(share).toBeLessThan(0.115);
    }
  });

  it("stays within bounds", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.nat(100), (seed, least, span) => {
        const value = chanceOf(seed).whole(least, least + span);
        return Number.isInteger(value) && value >= least && value <= least + span;
      }),
    );
  });

  it("orders by lot in the same way wherever the list begins", () => {
    const list = ["a", "b", "c", "d", "e", "f"];
    expect(byLot(list.toReversed(), (one) => one)).toEqual(byLot(list, (one) => one));
  });
});

describe("CSV", () => {
  it("reads back what it wrote", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", "é", " ") });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const text = csvLine(["x", "y"]) + rows.map(csvLine).join("");
        expect(readCsv(text)).toEqual(rows.map(([x, y]) => ({ x, y })));
      }),
    );
  });

  it("says where a cell is not closed", () => {
    expect(() => readCsv('a,b\n1,"2')).toThrow("not closed");
  });
});
