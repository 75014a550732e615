import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ticksOf } from "../src/day/model/axis.ts";
import { barOf } from "../src/day/model/bar.ts";
import { profileOf } from "../src/day/model/profile.ts";
import { scaleOf, secondsAt, spanOf, stepZoom, xOf, type Zoom, zooms } from "../src/day/model/scale.ts";
import { duty } from "./some-duty.ts";

const hour = 3600;
const span = { from: 4 * hour, to: 28 * hour };

describe("the scale", () => {
  it("spans from the first pull-out to the last clear time, in whole hours", () => {
    const late = duty({ starts: 17 * hour, ends: 25 * hour + 60, signedOff: 26 * hour });
    const early = duty({ starts: 5 * hour, ends: 9 * hour, signedOn: 5 * hour - 900 });
    expect(spanOf([late, early])).toEqual({ from: 4 * hour, to: 27 * hour });
  });

  it("shows as many minutes in the view as the zoom says, and never less than the view", () => {
    expect(scaleOf(span, "day", 960).width).toBe(960);
    expect(scaleOf(span, 60, 960)).toMatchObject({ pixelsPerMinute: 16, width: 24 * 960 });
    expect(scaleOf({ from: 0, to: 2 * hour }, 480, 960).width).toBe(960);
  });

  it("goes from time to pixels and back without loss", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Zoom>(...zooms),
        fc.integer({ min: span.from, max: span.to }),
        fc.integer({ min: 200, max: 4000 }),
        (zoom, seconds, width) => {
          const scale = scaleOf(span, zoom, width);
          expect(secondsAt(scale, xOf(scale, seconds))).toBeCloseTo(seconds, 6);
        },
      ),
    );
  });

  it("stops at its ends when zoomed", () => {
    expect(stepZoom("day", -1)).toBe("day");
    expect(stepZoom(15, 1)).toBe(15);
    expect(stepZoom("day", 1)).toBe(480);
  });
});

describe("the axis", () => {
  it.each(zooms)("has room for every label at %s", (zoom) => {
    const majors = ticksOf(scaleOf(span, zoom, 900)).filter(({ major }) => major);
    for (const [index, tick] of majors.entries()) {
      const next = majors[index + 1];
      if (next !== undefined) expect(next.x - tick.x).toBeGreaterThanOrEqual(58);
    }
    expect(majors.length).toBeGreaterThan(3);
  });

  it("stands on round times, past midnight too", () => {
    const labels = ticksOf(scaleOf(span, 480, 960)).filter(({ major }) => major);
    expect(labels.map(({ seconds }) => seconds / hour)).toContain(25);
    expect(labels.every(({ seconds }) => seconds % 1800 === 0)).toBe(true);
  });
});

describe("a bar", () => {
  const scale = scaleOf(span, "day", 24 * 60);
  const split = duty({
    starts: 5 * hour,
    ends: 14 * hour,
    pieces: [
      { block: "A-1", starts: 5 * hour + 600, ends: 9 * hour },
      { block: "A-2", starts: 11 * hour, ends: 13 * hour },
    ],
  });

  it("has its pieces, and a swing between them", () => {
    const { plan, pieces, swings } = barOf(split, scale);
    expect(plan).toEqual({ x: 60, width: 540 });
    expect(pieces.map(({ width }) => width)).toEqual([230, 120]);
    expect(swings).toEqual([{ x: 300, width: 120 }]);
  });

  it("shows lateness as a length, before what was worked", () => {
    const bar = barOf({ ...split, state: "on-duty", signedOn: 5 * hour + 420 }, scale);
    expect(bar.late).toEqual({ x: 60, width: 7 });
    expect(bar.actual).toEqual({ x: 67, width: null });
  });

  it("grows to now while a late driver is missing, and shows no lateness for the punctual", () => {
    expect(barOf({ ...split, state: "late" }, scale).late).toEqual({ x: 60, width: null });
    expect(barOf({ ...split, state: "on-duty", signedOn: 5 * hour - 60 }, scale).late).toBeNull();
  });

  it("ends where it was planned when Headway signed off, since nobody knows when the driver left", () => {
    const left = barOf({ ...split, state: "needs-review", signedOn: 5 * hour }, scale);
    expect(left.actual).toEqual({ x: 60, width: 540 });
  });

  it("draws a break only for as long as it goes on", () => {
    const resting = barOf({ ...split, state: "on-break", signedOn: 5 * hour, breakSince: 8 * hour }, scale);
    expect([resting.actual, resting.rest]).toEqual([
      { x: 60, width: 180 },
      { x: 240, width: null },
    ]);
    const back = barOf({ ...split, state: "on-duty", signedOn: 5 * hour }, scale);
    expect([back.actual, back.rest]).toEqual([{ x: 60, width: null }, null]);
  });

  it("keeps its place across midnight", () => {
    const night = barOf(duty({ starts: 23 * hour, ends: 26 * hour }), scale);
    expect(night.plan).toEqual({ x: 19 * 60, width: 180 });
  });
});

describe("the day's profile", () => {
  it("counts what is under way, but not what is cancelled", () => {
    const duties = [
      duty({ starts: 5 * hour, ends: 7 * hour }),
      duty({ starts: 6 * hour, ends: 8 * hour }),
      duty({ starts: 6 * hour, ends: 8 * hour, state: "cancelled" }),
    ];
    const { counts, most, slotSeconds } = profileOf(duties, { from: 4 * hour, to: 9 * hour });
    const at = (seconds: number): number | undefined => counts[(seconds - 4 * hour) / slotSeconds];
    expect([at(4 * hour), at(5 * hour), at(6 * hour), at(7 * hour), at(8 * hour)]).toEqual([0, 1, 2, 1, 0]);
    expect(most).toBe(2);
  });
});
