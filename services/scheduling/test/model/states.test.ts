import type { AssignmentId, DepotId, DriverId, DutyId, RosterId, Version } from "@headway/kernel/ids";
import { parseDate } from "@headway/kernel/time";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import * as assignments from "../../src/model/assignment.ts";
import type { Duty } from "../../src/model/duty.ts";
import { change, covers, holdsAt, isPublished, judgePeriod, publish, type Roster } from "../../src/model/roster.ts";
import { changeOf, publication } from "../../src/model/roster-change.ts";
import * as swaps from "../../src/model/swap.ts";
import { instant } from "./given.ts";

const noon = instant("2026-03-20T12:00Z");
const draft: Roster = {
  id: "roster" as RosterId,
  depot: "depot" as DepotId,
  from: parseDate("2026-03-23", "from"),
  to: parseDate("2026-03-29", "to"),
  current: 0,
  publishedAt: null,
  version: 1 as Version,
};

const worked = { starts: noon, ends: noon.add({ hours: 8 }) };

describe("an assignment", () => {
  const orders: assignments.AssignmentOrder[] = ["SignOn", "SignOff", "Release", "Relieve"];
  const allowed = new Map([
    ["assigned SignOn", "under-way"],
    ["assigned Release", "released"],
    ["under-way SignOff", "worked"],
    ["under-way Relieve", "released"],
  ]);
  const assignmentIn = (state: assignments.AssignmentState): assignments.Assignment => ({
    id: "assignment" as AssignmentId,
    roster: "roster" as RosterId,
    duty: "duty" as DutyId,
    driver: "driver" as DriverId,
    worked,
    work: 480,
    state,
    reign: { from: 0, to: null },
    version: 1 as Version,
  });
  const all = assignments.assignmentStates.flatMap((state) => orders.map((order) => ({ state, order })));

  it.each(all.filter(({ state, order }) => allowed.has(`${state} ${order}`)))(
    "$state: $order goes through",
    ({ state, order }) => {
      expect(assignments.move(assignmentIn(state), order)).toEqual({
        ...assignmentIn(state),
        state: allowed.get(`${state} ${order}`),
        version: 2,
      });
    },
  );

  it.each(all.filter(({ state, order }) => !allowed.has(`${state} ${order}`)))(
    "$state: $order is refused",
    ({ state, order }) => {
      expect(() => assignments.move(assignmentIn(state), order)).toThrow(
        expect.objectContaining({ kind: "conflict", slug: `assignment.${state}` }),
      );
    },
  );
});

describe("a swap", () => {
  const orders: swaps.SwapOrder[] = ["Accept", "Approve", "Decline", "Cancel", "Expire"];
  const allowed = new Map([
    ["pending Accept", "accepted"],
    ["pending Decline", "declined"],
    ["pending Cancel", "cancelled"],
    ["pending Expire", "expired"],
    ["accepted Approve", "completed"],
    ["accepted Decline", "declined"],
    ["accepted Cancel", "cancelled"],
    ["accepted Expire", "expired"],
  ]);
  const swapIn = (state: swaps.SwapState): swaps.Swap => ({
    id: "swap" as swaps.SwapId,
    depot: "depot" as DepotId,
    requestedBy: "a" as DriverId,
    requestedOf: "b" as DriverId,
    offered: "1" as AssignmentId,
    wanted: "2" as AssignmentId,
    state,
    requestedAt: noon,
    expiresAt: noon.add({ hours: 12 }),
    version: 1 as Version,
  });
  const all = swaps.swapStates.flatMap((state) => orders.map((order) => ({ state, order })));

  it.each(all.filter(({ state, order }) => allowed.has(`${state} ${order}`)))(
    "$state: $order goes through",
    ({ state, order }) => {
      expect(swaps.move(swapIn(state), order)).toEqual({
        ...swapIn(state),
        state: allowed.get(`${state} ${order}`),
        version: 2,
      });
    },
  );

  it.each(all.filter(({ state, order }) => !allowed.has(`${state} ${order}`)))(
    "$state: $order is refused",
    ({ state, order }) => {
      expect(() => swaps.move(swapIn(state), order)).toThrow(expect.objectContaining({ slug: `swap.${state}` }));
    },
  );
});

describe("a roster", () => {
  it("stays the draft until it is published, then counts every change", () => {
    const changed = change(draft);
    const published = publish(changed, noon);
    expect([draft, changed, published, change(published)].map(({ current }) => current)).toEqual([0, 0, 1, 2]);
    expect([draft, changed, published].map(isPublished)).toEqual([false, false, true]);
    expect(() => publish(published, noon)).toThrow(
      expect.objectContaining({ kind: "conflict", slug: "roster.already-published" }),
    );
  });

  it.each([
    ["2026-03-22", false],
    ["2026-03-23", true],
    ["2026-03-29", true],
    ["2026-03-30", false],
  ])("covers %s: %s", (date, expected) => {
    expect(covers(draft, { depot: draft.depot, date: parseDate(date, "date") })).toBe(expected);
  });

  it("refuses a period that ends before it begins, or is longer than 92 days", () => {
    const judge = (from: string, to: string) => () => judgePeriod(parseDate(from, "from"), parseDate(to, "to"));
    expect(judge("2026-03-23", "2026-03-23")).not.toThrow();
    expect(judge("2026-03-23", "2026-03-22")).toThrow(expect.objectContaining({ slug: "roster.period-backwards" }));
    expect(judge("2026-01-01", "2026-04-02")).not.toThrow();
    expect(judge("2026-01-01", "2026-04-03")).toThrow(expect.objectContaining({ slug: "roster.period-too-long" }));
  });
});

test("the roster at version k, as a filter, is what stood there when it was at k", () => {
  type Step = { readonly order: "publish" | "turn"; readonly duty: number };
  const step = fc.record<Step>({ order: fc.constantFrom("turn", "turn", "publish"), duty: fc.nat(4) });
  const dutyNamed = (duty: number): Duty => ({
    id: `${duty}` as DutyId,
    depot: "depot" as DepotId,
    date: parseDate("2026-03-23", "date"),
    service: "daily",
    run: `${duty}`,
    worked,
    work: 480,
    qualification: null,
    state: "planned",
    told: 0,
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let roster: Roster = draft;
      let all: assignments.Assignment[] = [];
      const seen = new Map<number, string[]>();
      for (const [index, { order, duty }] of steps.entries()) {
        const holder = all.find((assignment) => assignment.duty === `${duty}` && assignment.reign.to === null);
        const next = changeOf(roster);
        if (order === "publish") {
          if (!isPublished(roster)) roster = publication(roster, [], 0, noon).roster;
        } else {
          if (holder) next.release({ assignment: holder, duty: dutyNamed(duty) }, "unassigned");
          else next.assign(`${index}` as AssignmentId, dutyNamed(duty), "driver" as DriverId);
          roster = next.roster;
        }
        all = [...all.map((each) => next.released.find(({ id }) => id === each.id) ?? each), ...next.assigned];
        const standing = all.filter(({ reign }) => reign.to === null);
        seen.set(
          roster.current,
          standing.map(({ id }) => id),
        );
      }
      for (const [version, standing] of seen)
        expect(all.filter(({ reign }) => holdsAt(reign, version)).map(({ id }) => id)).toEqual(standing);
    }),
  );
});
