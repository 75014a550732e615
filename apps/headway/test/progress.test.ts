import { describe, expect, it } from "vitest";
import { showProgress } from "../src/rehearse/progress.ts";
import { allHold, type Summary, showSummary } from "../src/rehearse/summary.ts";

const record = (isTTY: boolean) => {
  const written: string[] = [];
  let time = 0;
  const progress = showProgress({ isTTY, columns: 80, write: (text) => written.push(text) }, { now: () => time });
  return { written, progress, pass: (milliseconds: number) => (time += milliseconds) };
};

describe("progress", () => {
  it("is a bar on a terminal, no wider than it", () => {
    const { written, progress, pass } = record(true);
    const phase = progress.phase("Import");
    phase.advance(1, 2, "stop_times.txt ".repeat(20));
    pass(1_500);
    phase.end("7,048 trips");
    expect(written.join("")).toContain("50 %");
    expect(written.at(-2)).toContain("7,048 trips (1.5 s)");
    for (const text of written) expect(text.length).toBeLessThan(80 + 5);
  });

  it("is a few plain lines elsewhere", () => {
    const { written, progress, pass } = record(false);
    const phase = progress.phase("Live");
    for (let done = 0; done < 100; done++) {
      pass(500);
      phase.advance(done, 100);
    }
    phase.end("7 days");
    expect(written.length).toBeLessThan(8);
    expect(written.join("")).not.toContain("\u001b");
    expect(written.at(-1)).toBe("Live: 7 days (50.0 s)\n");
  });
});

describe("the summary", () => {
  const summary: Summary = {
    trips: 7048,
    blocks: 1,
    runs: 1,
    duties: 1,
    drivers: 1,
    assignments: 1,
    events: 1,
    late: 0,
    missed: 0,
    replaced: 0,
    openDuties: 2,
    workedMinutes: 3,
    paidMinutes: 3,
    seconds: 4.2,
    payrollSha256: "abc",
    checks: [{ name: "all is well", holds: false, detail: "it is not" }],
  };

  it("shows figures and checks", () => {
    const shown = showSummary(summary);
    expect(shown).toContain("7,048");
    expect(shown).toContain("open duties");
    expect(shown).toContain("FAILS  all is well (it is not)");
  });

  it("holds only if every check does", () => {
    expect(allHold(summary)).toBe(false);
    expect(allHold({ ...summary, checks: [{ name: "x", holds: true, detail: "" }] })).toBe(true);
  });
});
