import { DomainError } from "@headway/kernel/domain-error";
import type { AssignmentId, DutyId } from "@headway/kernel/ids";
import { type Interval, overlaps } from "@headway/kernel/interval";
import { isBefore } from "@headway/kernel/time";
import fc from "fast-check";
import { expect, test } from "vitest";
import { assigned } from "../../src/model/assignment.ts";
import type { Duty } from "../../src/model/duty.ts";
import { workOf } from "../../src/model/elsewhere.ts";
import { andThen, changed, type DutyDecision } from "../../src/model/events.ts";
import { followRoster } from "../../src/model/follow.ts";
import { keepTime } from "../../src/model/keep-time.ts";
import { matchOrphaned } from "../../src/model/match-orphaned.ts";
import { takeSigning } from "../../src/model/take-signing.ts";
import { verify } from "../../src/model/verify.ts";
import { aDuty, anOrphan, aSigning, at, someDriver } from "./given.ts";

/** Minutes from the evening before: all of it runs across midnight. */
const minute = (minutes: number) => at("00:00").add({ minutes: minutes - 300 });
const longAgo = minute(-10_000);

const shift = fc.record({ from: fc.integer({ min: 0, max: 600 }), length: fc.integer({ min: 30, max: 500 }) });
type Shift = { readonly from: number; readonly length: number };
const planOf = ({ from, length }: Shift) => {
  const time = { starts: minute(from), ends: minute(from + length) };
  return { ...time, pieces: [time] };
};

/** One driver, whom the roster had on all of them at one time or another. */
const given = (shifts: readonly Shift[]): Duty[] =>
  shifts.map((one, index) =>
    aDuty({
      id: `u${index}` as DutyId,
      plan: planOf(one),
      activatedAt: longAgo,
      assignments: [assigned(`a${index}` as AssignmentId, someDriver, longAgo)],
    }),
  );

type Step = { readonly of: number; readonly time: number; readonly what: (typeof whats)[number]; readonly to: Shift };
const whats = ["sign-on", "sign-off", "match", "verify", "look", "release", "change"] as const;

const carryOut = (duty: Duty, { time, what, to }: Step): DutyDecision => {
  const [assignment] = duty.assignments;
  if (!assignment) throw new Error("One was given.");
  const { id, driver } = assignment;
  // Mostly in the window: who misses everything works nowhere.
  const within = what === "sign-on" ? (time % 55) - 30 : time;
  const when = duty.plan.starts.add({ minutes: within });
  switch (what) {
    case "sign-on":
    case "sign-off":
      return takeSigning(duty, aSigning(what, when)).decision;
    case "match":
      return matchOrphaned(duty, id, anOrphan(aSigning("sign-on", when)), { by: "person", at: minute(3000) }).decision;
    case "verify":
      return verify(duty, id, when, { by: "person", at: minute(3000) });
    case "look":
      return keepTime(duty, when);
    case "release":
      return andThen(keepTime(duty, when), (kept) =>
        followRoster(kept, [{ id, driver, duty: duty.id, assignedAt: longAgo, releasedAt: when }]),
      );
    case "change":
      // As `follow` does: what is completed stays as it was.
      return changed(duty.state === "completed" ? duty : { ...duty, plan: planOf(to) });
  }
};

const steps = fc.array(
  fc.record({
    of: fc.nat({ max: 3 }),
    time: fc.integer({ min: 0, max: 900 }),
    what: fc.constantFrom(...whats, "sign-on", "sign-off"),
    to: shift,
  }),
  { minLength: 4, maxLength: 25 },
);

test("whatever is signed, verified, matched, released or replanned, in any order: no two worked times of a driver overlap", () => {
  let compared = 0;
  fc.assert(
    fc.property(fc.array(shift, { minLength: 2, maxLength: 4 }), steps, (shifts, said) => {
      const duties = given(shifts);
      const works = new Map<DutyId, Interval>();
      const worked = new Map<DutyId, readonly Interval[]>();
      for (const step of said) {
        const duty = duties[step.of];
        if (!duty) continue;
        // As the repository loads it: what was saved of the others.
        const elsewhere = [...works].filter(([id]) => id !== duty.id).map(([, work]) => work);
        const loaded = { ...duty, assignments: duty.assignments.map((one) => ({ ...one, elsewhere })) };
        const decision = unlessRefused(() => carryOut(loaded, step));
        if (!decision) continue;
        duties[step.of] = decision.next;
        const [assignment] = decision.next.assignments;
        const work = assignment && workOf(decision.next, assignment);
        if (work) works.set(duty.id, work);
        for (const fact of decision.event)
          if (fact.type === "WorkedTimeRecorded") worked.set(duty.id, fact.worked.intervals);
        expect(anyOverlap([...works.values()].filter(lasts).map((one) => [one]))).toBe(false);
        expect(anyOverlap([...worked.values()])).toBe(false);
        if (worked.size > 1) compared++;
      }
    }),
    { numRuns: 2000 },
  );
  expect(compared).toBeGreaterThan(100);
});

const lasts = ({ starts, ends }: Interval): boolean => isBefore(starts, ends);

const anyOverlap = (times: readonly (readonly Interval[])[]): boolean =>
  times.some((mine, index) =>
    times.slice(index + 1).some((theirs) => mine.some((a) => theirs.some((b) => overlaps(a, b)))),
  );

const unlessRefused = (decide: () => DutyDecision): DutyDecision | null => {
  try {
    return decide();
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
};
