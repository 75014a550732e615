import { describe, expect, it } from "vitest";
import {
  type EventFlow,
  everyDutyAnswered,
  everyEventConsumedOnce,
  everyTripInOneRun,
  nobodyOverlapsOrRestsTooLittle,
  workedIsPaid,
} from "../src/rehearse/checks.ts";
import { payrollAddsUp } from "../src/rehearse/payroll-check.ts";
import { payrollSha256, readPayroll } from "../src/rehearse/payroll-file.ts";

const duty = {
  id: "1",
  date: "2026-11-21",
  service: "weekday",
  run: "A-1",
  depot: "ALD",
  qualification: "A",
  starts: 0,
  ends: 400,
  gaps: [],
  workMinutes: 400,
};

describe("the checks", () => {
  it.each([
    ["one run", ["t1", "t2"], true],
    ["no run", ["t1"], false],
    ["two runs", ["t1", "t2", "t2"], false],
    ["a run on a day on which it does not run", ["t1", "t2", "t3"], false],
  ])("see a trip in %s", (_, inRuns, holds) => {
    expect(everyTripInOneRun([{ date: "2026-11-21", trips: ["t1", "t2"], inRuns }]).holds).toBe(holds);
  });

  it("see a duty that nobody answers for", () => {
    expect(everyDutyAnswered([duty], [{ duty, state: "open" }]).holds).toBe(true);
    expect(everyDutyAnswered([duty], []).detail).toContain("2026-11-21 weekday A-1");
  });

  it.each([
    ["enough rest", 660, true],
    ["a minute too little", 659, false],
    ["an overlap", -1, false],
  ])("see %s", (_, rest, holds) => {
    const works = [
      { number: "1", duty: "later", starts: 400 + rest, ends: 2_000 },
      { number: "1", duty: "earlier", starts: 0, ends: 400 },
      { number: "2", duty: "somebody else's", starts: 100, ends: 500 },
    ];
    expect(nobodyOverlapsOrRestsTooLittle(works, 660).holds).toBe(holds);
  });

  it("compare worked with paid by driver and day, not in all", () => {
    const minutes = (number: string, count: number) => ({ number, date: "2026-11-21", minutes: count });
    const worked = [minutes("1", 400), minutes("1", 20), minutes("2", 300)];
    expect(workedIsPaid(worked, [minutes("1", 420), minutes("2", 300)]).holds).toBe(true);
    expect(workedIsPaid(worked, [minutes("1", 300), minutes("2", 420)]).holds).toBe(false);
  });

  it.each([
    ["once", { count: 10 }, {}, true],
    ["nine times of ten", { count: 9 }, {}, false],
    ["eleven times of ten", { count: 11 }, {}, false],
    ["once, but one is unpublished", { count: 10 }, { unpublished: 1 }, false],
    ["once, but one is parked", { count: 10 }, { parked: 1 }, false],
  ])("see events consumed %s", (_, consumed, given, holds) => {
    const event = { topic: "headway.dispatch.v1", type: "DriverSignedOn" };
    const flow: EventFlow = {
      service: "dispatch",
      unpublished: 0,
      parked: 0,
      recorded: [{ ...event, count: 10 }],
      consumed: [{ consumer: "reporting.day", ...event, ...consumed }],
      ...given,
    };
    expect(everyEventConsumedOnce([flow]).holds).toBe(holds);
  });
});

describe("the payroll file", () => {
  const head =
    "batch_id,employee_no,work_date,pay_code,minutes,factor,rate_minor,amount_minor,currency,cost_centre,duty_id,rule_id,rule_version,line_id";
  const line = (number: string, amount: number, ids: string): string =>
    `b-${ids},${number},2026-11-21,BASE,90,1.000,2641,${amount},EUR,ALD,d-${ids},base,1,l-${ids}-${number}`;
  const file = (ids: string, numbers: string[], amount = 3962): string =>
    [head, ...numbers.map((number) => line(number, amount, ids))].join("\r\n");

  it("hashes the same whatever its ids and its order", () => {
    expect(payrollSha256(file("x", ["1", "2"]))).toBe(payrollSha256(file("y", ["2", "1"])));
    expect(payrollSha256(file("x", ["1", "2"]))).not.toBe(payrollSha256(file("x", ["1", "3"])));
  });

  it.each([
    ["adds up", file("x", ["1", "2"]), { lines: 2, baseMinutes: 180, amountMinor: 7924 }, true],
    ["lacks a line", file("x", ["1"]), { lines: 2, baseMinutes: 180, amountMinor: 7924 }, false],
    ["has a line twice", file("x", ["1", "1"]), { lines: 2, baseMinutes: 180, amountMinor: 7924 }, false],
    ["has a wrong amount", file("x", ["1", "2"], 3963), { lines: 2, baseMinutes: 180, amountMinor: 7926 }, false],
  ])("is seen when it %s", (_, text, totals, holds) => {
    expect(payrollAddsUp(readPayroll(text), totals).holds).toBe(holds);
  });
});
