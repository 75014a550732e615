import { describe, expect, it } from "vitest";
import { Refusal, Unreachable } from "../src/api/refusal.ts";
import { readDayAddress } from "../src/day/day-address.ts";
import { attentionOf, leadsTo, passageOf } from "../src/day/model/attention.ts";
import { dutyStates } from "../src/day/model/duty-state.ts";
import { counts, figures, figuresOf } from "../src/day/model/figures.ts";
import { stateText } from "../src/day/model/lateness.ts";
import { matching } from "../src/day/model/matching.ts";
import { rowsOf } from "../src/day/model/rows.ts";
import { sorted } from "../src/day/model/table-order.ts";
import { logInAdvice } from "../src/session/log-in-advice.ts";
import { placeOf } from "../src/shell/place.ts";
import { openServiceDay } from "../src/time/service-clock.ts";
import { duty } from "./some-duty.ts";

const hour = 3600;
const refused = (status: number, slug: string, retryAfter: number | null): Refusal =>
  new Refusal(status, { type: "", title: "", status, slug, detail: "", instance: "", errors: [] }, retryAfter);
const now = 14 * hour;

describe("the figures", () => {
  it("count each duty under its state, and who signs on within the hour", () => {
    const duties = [
      duty({ state: "on-duty" }),
      duty({ state: "on-break" }),
      duty({ state: "late" }),
      duty({ starts: now + 600 }),
      duty({ starts: now + 3700 }),
      duty({ state: "open", starts: now + 600 }),
    ];
    expect(figuresOf(duties, now)).toEqual({
      "on-duty": 2,
      late: 1,
      missed: 0,
      open: 1,
      "next-hour": 1,
      "needs-review": 0,
    });
  });

  it("filter by what they count", () => {
    for (const figure of figures) {
      const duties = dutyStates.map((state) => duty({ state, starts: now + 60 }));
      expect(duties.filter((one) => counts(figure, one, now)).length).toBe(figuresOf(duties, now)[figure]);
    }
  });
});

describe("the rows", () => {
  const duties = [
    duty({ line: "B", run: "B-2", starts: 6 * hour }),
    duty({ line: "A", run: "A-10", starts: 5 * hour, state: "late" }),
    duty({ line: "A", run: "A-9", starts: 5 * hour }),
  ];

  it("are grouped by line in order, and stand in order of start and run", () => {
    const rows = rowsOf(duties, "line", new Set());
    expect(rows.map((row) => (row.kind === "group" ? row.name : row.duties[0].run))).toEqual([
      "Line A",
      "A-9",
      "A-10",
      "Line B",
      "B-2",
    ]);
    expect(rows[0]).toMatchObject({ duties: 2, troubled: [["late", 1]] });
  });

  it("of a folded group are hidden", () => {
    expect(rowsOf(duties, "line", new Set(["A"])).map(({ kind }) => kind)).toEqual(["group", "group", "duty"]);
  });

  it("of a driver with two duties are one, and open duties come first", () => {
    const driver = { id: "d", number: "10001", name: "Ada Okafor" };
    const rows = rowsOf(
      [duty({ driver }), duty({ driver }), duty({ driver: null, state: "open" })],
      "driver",
      new Set(),
    );
    expect(rows.map((row) => (row.kind === "group" ? row.name : row.duties.length))).toEqual(["Nobody", 1, "A", 2]);
  });
});

describe("what needs a person", () => {
  const day = openServiceDay("2026-11-21", "Europe/Paris");
  const orphan = {
    signingId: "s",
    driverId: "a",
    driverNumber: "10042",
    driverName: "Ada Okafor",
    dutyId: null,
    kind: "sign-on" as const,
    at: "2026-11-21T12:40:00Z",
    receivedAt: "2026-11-21T12:41:00Z",
    state: "waiting" as const,
    settledBy: null,
    settledAt: null,
    assignmentId: null,
    reason: null,
    note: null,
  };

  it("is told most urgent first; what is over and was not worked comes last", () => {
    const depot = { ...duty({}).depot };
    const items = attentionOf(
      {
        day,
        duties: [
          duty({ state: "needs-review" }),
          duty({ state: "needs-review", signedOff: 17 * hour }),
          duty({ state: "open", driver: null, starts: now + hour, ends: now + 9 * hour }),
          duty({ state: "late", starts: now - 360 }),
          duty({
            state: "missed",
            driver: null,
            missedBy: { id: "y", name: "Yusuf Demir" },
            starts: now - hour,
            ends: now + 60,
          }),
          duty({
            state: "missed",
            driver: null,
            missedBy: { id: "m", name: "Mei Chen" },
            starts: now - hour,
            ends: now + 6 * hour,
          }),
          duty({ state: "missed", driver: null, starts: 4 * hour, ends: 8 * hour }),
          duty({ state: "covered", starts: 5 * hour, ends: now }),
          duty({ state: "open", driver: null, starts: 6 * hour, ends: 8 * hour, signedOff: 7 * hour }),
          duty({ state: "done", starts: 4 * hour, ends: 8 * hour }),
          duty({ state: "covered", starts: 4 * hour, ends: 8 * hour, depot }),
          duty({ state: "open", driver: null, starts: now + 5 * hour, ends: now + 9 * hour }),
        ],
        inactive: [depot],
        absences: [],
        orphaned: [orphan],
      },
      now,
    );
    expect(items.map(({ kind, what }) => `${kind}: ${what}`)).toEqual([
      "missed: Mei Chen did not come",
      "missed: Yusuf Demir did not come",
      "late: Yusuf Demir is 6 min late",
      "open: Nobody is on it",
      "orphaned: Ada Okafor: sign-on fits no duty",
      "needs-review: Yusuf Demir did not sign off",
      "needs-review: Yusuf Demir signed off late",
      "unworked: Nobody worked it",
      "unworked: Yusuf Demir did not sign on",
      "unworked: Nobody worked the rest of it",
    ]);
    const cancels = ["cancel", "cancel", "cancel"];
    expect(items.map(({ order }) => order)).toEqual([
      "replace",
      "replace",
      null,
      "replace",
      null,
      "verify",
      "verify",
      ...cancels,
    ]);
    expect(items.find(({ kind }) => kind === "orphaned")).toMatchObject({ when: "20 min ago", signing: orphan });
    expect(items.every(({ next }) => next !== "")).toBe(true);
  });

  it("is gone through one after the other, each duty once, and from elsewhere from the most urgent on", () => {
    const late = duty({ state: "late", starts: now - 360 });
    const open = duty({ state: "open", driver: null, starts: now + hour, ends: now + 9 * hour });
    const [first, second] = attentionOf(
      { day, duties: [late, open], inactive: [], absences: [], orphaned: [orphan] },
      now,
    );
    if (first === undefined || second === undefined) throw new Error("There are two.");
    const leadingNowhere = { ...first, duty: null };
    const items = [first, leadingNowhere, first, second];
    expect(passageOf(items, null)).toEqual({ at: null, of: 2, previous: null, next: first });
    expect(passageOf(items, leadsTo(first))).toEqual({ at: 1, of: 2, previous: null, next: second });
    expect(passageOf(items, leadsTo(second))).toEqual({ at: 2, of: 2, previous: first, next: null });
    expect(passageOf([], "elsewhere")).toEqual({ at: null, of: 0, previous: null, next: null });
  });
});

describe("a search", () => {
  const duties = [
    duty({ run: "A-1170", driver: { id: "1", number: "10042", name: "José Núñez" } }),
    duty({ run: "A-117", driver: null, state: "missed", missedBy: { id: "a", name: "Ada Okafor" } }),
  ];

  it.each([
    ["A-117", ["A-117", "A-1170"]],
    ["nunez", ["A-1170"]],
    ["10042", ["A-1170"]],
    ["ada", ["A-117"]],
    ["jose 117", ["A-1170"]],
    ["", []],
    ["zz", []],
  ])("for %j finds %j", (typed, runs) => expect(matching(duties, typed).map(({ run }) => run)).toEqual(runs));
});

describe("the table", () => {
  it("sorts by any column, numbers in runs as numbers, and what is missing last either way", () => {
    const duties = [duty({ run: "A-10" }), duty({ run: "A-9", signedOn: 5 }), duty({ run: "A-11", signedOn: 4 })];
    expect(sorted(duties, { column: "run", down: false }).map(({ run }) => run)).toEqual(["A-9", "A-10", "A-11"]);
    expect(sorted(duties, { column: "signedOn", down: true }).map(({ run }) => run)).toEqual(["A-9", "A-11", "A-10"]);
  });
});

describe("words", () => {
  it("measure lateness", () => {
    expect(stateText(duty({ state: "late", starts: now - 370 }), now)).toBe("6 min late");
    expect(stateText(duty({ state: "late", starts: now - 30 }), now)).toBe("Late");
  });

  it.each([
    [refused(401, "login.wrong", null), "User name or password is wrong.", null],
    [refused(503, "login.throttled", 30), "Too many tries.", 30],
    [refused(503, "login.busy", 2), "Headway is busy.", 2],
    [refused(500, "internal", null), "Something broke inside Headway.", null],
    [new Unreachable(null), "Headway does not answer.", null],
  ])("for a failed login say what to do: %s", (error, what, wait) => {
    expect(logInAdvice(error)).toMatchObject({ what, wait });
    expect(logInAdvice(error).remedy).not.toBe("");
  });
});

describe("an address", () => {
  it("keeps what makes sense and drops the rest", () => {
    expect(
      readDayAddress({
        depot: "D1",
        day: "2026-11-21",
        zoom: "60",
        show: "late",
        at: "25:10",
        open: "true",
        group: "driver",
      }),
    ).toEqual({ depot: "D1", day: "2026-11-21", zoom: 60, show: "late", at: "25:10", open: true, group: "driver" });
    expect(
      readDayAddress({ depot: "", day: "2026-02-30", zoom: "7", show: "x", at: "9", open: "no", group: "line" }),
    ).toEqual({});
  });
});

describe("the place", () => {
  const depot = (code: string, timeZone: string) => ({ id: code, code, name: code, timeZone, version: 1 });
  const depots = [depot("D1", "Europe/Paris"), depot("D2", "Europe/Paris"), depot("D3", "Europe/London")];

  it("is the depot wanted, else the one of last time, else the first", () => {
    expect(placeOf(depots, "D2", null)).toMatchObject({ depots: [{ code: "D2" }] });
    expect(placeOf(depots, null, "D3")).toMatchObject({ depots: [{ code: "D3" }] });
    expect(placeOf(depots, null, null)).toMatchObject({ depots: [{ code: "D1" }] });
    expect(placeOf(depots, "D9", null)).toEqual({ kind: "unknown", code: "D9" });
    expect(placeOf([], null, null)).toEqual({ kind: "none" });
  });

  it("of all depots is all of one time zone", () => {
    expect(placeOf(depots, "*", "D2")).toMatchObject({ all: true, depots: [{ code: "D1" }, { code: "D2" }] });
  });
});
