import type { AssignmentId } from "@headway/kernel/ids";
import { describe, expect, test } from "vitest";
import { hearRoster } from "../../src/model/holding.ts";
import { assigned, at, released } from "./given.ts";

const spans = (all: readonly { known: { from: unknown; to: unknown } }[]) =>
  all.map(({ known }) => [known.from, known.to]);

describe("what was known of a duty's driver", () => {
  test("each from when the roster gave it until it took it", () => {
    const holdings = [assigned(1, 5), released(1, 8), assigned(2, 8)].reduce(hearRoster, []);
    expect(spans(holdings)).toEqual([
      [at(5), at(8)],
      [at(8), null],
    ]);
    expect(holdings.map(({ driver, rosterVersion }) => [driver, rosterVersion])).toEqual([
      ["d1", 1],
      ["d2", 2],
    ]);
  });

  test("the same again changes nothing", () => {
    const holdings = [assigned(1, 5), released(1, 8)].reduce(hearRoster, []);
    expect([assigned(1, 5), released(1, 9)].reduce(hearRoster, holdings)).toEqual(holdings);
  });

  test("a release out of nowhere is refused", () => {
    const unknown = { type: "released", at: at(3), assignment: "a7" as AssignmentId } as const;
    expect(() => hearRoster([], unknown)).toThrow(expect.objectContaining({ slug: "assignment.unknown" }));
  });
});
