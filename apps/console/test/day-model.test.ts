import type { components } from "@headway/contracts/gen/openapi/dispatcher";
import { describe, expect, it } from "vitest";
import { driverWeekOf } from "../src/day/model/driver-week.ts";
import { toDuty } from "../src/day/model/duty.ts";
import { dutyStates } from "../src/day/model/duty-state.ts";
import { type Order, orders, ordersFor, towardsReplacement } from "../src/day/model/order.ts";
import { leftText, reviewOf } from "../src/day/model/review.ts";
import { signedText } from "../src/day/model/signed-text.ts";
import { standingOf } from "../src/day/model/standing.ts";
import { whyEmpty } from "../src/day/model/why-empty.ts";
import { hasRole } from "../src/session/rights.ts";
import { subjectsOf } from "../src/start/operations.ts";
import { openServiceDay } from "../src/time/service-clock.ts";
import { readTime } from "../src/time/show-time.ts";
import { duty } from "./some-duty.ts";
import { assignment } from "./told-duty.ts";

type Schemas = components["schemas"];
const hour = 3600;

describe("a day that is not activated", () => {
  it.each([
    ["2026-11-22", "planned"],
    ["2026-11-21", "due"],
    ["2026-11-20", "never-activated"],
  ])("of %s is %s", (date, standing) => expect(standingOf(date, "2026-11-21")).toBe(standing));
});

describe("an empty day", () => {
  const feed = (name: string, firstDay: string, lastDay: string): Schemas["Feed"] => ({
    id: name,
    name,
    timeZone: "Europe/Paris",
    firstDay,
    lastDay,
    trips: 1,
    lines: 1,
    hasBlocks: true,
  });
  const spring = feed("spring.zip", "2026-03-01", "2026-05-31");
  const autumn = feed("autumn.zip", "2026-09-01", "2026-11-30");

  it("says which step is missing: a timetable at all, one for the day, or its duties", () => {
    expect(whyEmpty([], [], "2026-11-21")).toEqual({ kind: "no-timetable" });
    expect(whyEmpty([], [spring, autumn], "2026-12-24")).toEqual({ kind: "not-covered", nearest: autumn });
    expect(whyEmpty([], [autumn, spring], "2026-06-02")).toEqual({ kind: "not-covered", nearest: spring });
    expect(whyEmpty([], [spring, autumn], "2026-11-30")).toEqual({ kind: "not-planned", feed: autumn });
  });

  it.each([
    ["2022-10-17", "2022-10-16"],
    ["2027-05-01", "2022-10-16"],
    ["2022-09-01", "2022-09-26"],
    ["2022-10-05", "2022-10-02"],
    ["2022-10-12", null],
  ])("leads from %s to the nearest day of a roster, %s", (date, nearest) => {
    const rosters = [
      { firstDay: "2022-10-10", lastDay: "2022-10-16" },
      { firstDay: "2022-09-26", lastDay: "2022-10-02" },
    ];
    expect(whyEmpty(rosters, [autumn], date)).toEqual({ kind: "other-days", nearest });
  });
});

describe("the orders about a duty", () => {
  const now = 12 * hour;
  const possible: Record<(typeof dutyStates)[number], readonly Order[]> = {
    covered: ["sign-on", "release", "cancel"],
    late: ["sign-on", "release", "cancel"],
    missed: ["replace", "cancel"],
    open: ["replace", "cancel"],
    "on-duty": ["sign-off"],
    "on-break": ["sign-off"],
    cancelled: ["reactivate"],
    done: [],
    "needs-review": ["verify"],
  };

  it.each(dutyStates)("that is %s are those its state allows, and no other", (state) => {
    const given = ordersFor(duty({ state, starts: now - 60, ends: now + 8 * hour }), now);
    expect(given).toEqual(possible[state]);
    expect(orders.filter((order) => !given.includes(order))).toEqual(
      orders.filter((order) => !possible[state].includes(order)),
    );
  });

  it("know the clock: no sign-on hours before, no replacement once it is over", () => {
    expect(ordersFor(duty({ starts: now + 2 * hour, ends: now + 9 * hour }), now)).toEqual(["release", "cancel"]);
    expect(ordersFor(duty({ state: "missed", starts: hour, ends: now }), now)).toEqual(["cancel"]);
    expect(ordersFor(duty({ state: "cancelled", starts: hour, ends: now }), now)).toEqual([]);
  });
});

describe("a replacement", () => {
  const now = 12 * hour;
  it.each(dutyStates)("for a duty that is %s begins with the search, or with taking off who has it", (state) => {
    const first: Partial<Record<typeof state, Order>> = {
      missed: "replace",
      open: "replace",
      late: "release",
      covered: "release",
    };
    const given = towardsReplacement(duty({ state, starts: now - 60, ends: now + 8 * hour }), now);
    expect(given).toBe(first[state] ?? null);
  });
});

describe("a driver's week", () => {
  const assignment = (dutyId: string, workMinutes: number) => ({ dutyId, workMinutes }) as Schemas["Assignment"];
  const contract = (validFrom: string, weeklyMinutes: number) => ({ validFrom, weeklyMinutes }) as Schemas["Contract"];

  it("is held against the contract that holds on the day", () => {
    const held = [assignment("a", 450), assignment("b", 480)];
    const contracts = [contract("2026-12-01", 1500), contract("2026-06-01", 2160), contract("2025-01-01", 2400)];
    expect(driverWeekOf(held, contracts, "b", "2026-11-21")).toEqual({ duty: 480, week: 930, contract: 2160 });
    expect(driverWeekOf(held, contracts, "c", "2026-12-01")).toEqual({ duty: null, week: 930, contract: 1500 });
    expect(driverWeekOf([], [], "c", "2026-12-01")).toEqual({ duty: null, week: 0, contract: null });
  });
});

describe("a signing", () => {
  const plan = { starts: Date.parse("2026-11-21T04:05:00Z"), ends: Date.parse("2026-11-21T12:00:00Z") };
  it.each([
    ["sign-on", "2026-11-21T03:56:00Z", "9 min early"],
    ["sign-on", "2026-11-21T04:05:59Z", "on time"],
    ["sign-on", "2026-11-21T05:10:00Z", "1 h 05 min late"],
    ["sign-off", "2026-11-21T12:18:00Z", "18 min late"],
    ["start-break", "2026-11-21T08:00:00Z", ""],
  ] as const)("%s at %s is %j", (kind, at, text) => expect(signedText(kind, Date.parse(at), plan)).toBe(text));
});

describe("a time that is typed", () => {
  it.each([
    ["15:40", 15 * hour + 2400],
    [" 25:10 ", 25 * hour + 600],
    ["7:05", 7 * hour + 300],
    ["15:60", null],
    ["quarter to four", null],
    ["", null],
  ])("%j is %j", (typed, seconds) => expect(readTime(typed)).toBe(seconds));
});

describe("a duty of the API", () => {
  const day = openServiceDay("2026-11-21", "Europe/Paris");
  const told: Schemas["BoardDuty"] = {
    dutyId: "d",
    runId: "A-1",
    line: "A",
    driverId: "y",
    driverNumber: "10042",
    driverName: null,
    state: "on-break",
    starts: "2026-11-21T04:05:00Z",
    ends: "2026-11-21T12:00:00Z",
    signedOnAt: "2026-11-21T04:00:00Z",
    signedOffAt: null,
    pieces: [],
    missedById: null,
    missedByName: null,
    cancelCause: null,
    changedAt: "2026-11-21T08:20:00Z",
    breakSince: "2026-11-21T08:00:00Z",
  };

  it("rests since its break began, whatever else became of it meanwhile", () => {
    expect(toDuty(day, duty().depot, told).breakSince).toBe(9 * hour);
    expect(toDuty(day, duty().depot, { ...told, state: "on-duty", breakSince: null }).breakSince).toBeNull();
  });
});

describe("hours that a person verifies", () => {
  const day = openServiceDay("2026-11-21", "Europe/Paris");
  const plan = { ends: "2026-11-21T12:00:00Z" };
  const left = { ...assignment("needs-review"), countsUntil: "2026-11-21T16:00:00Z" };
  it.each([
    [null, left.countsUntil, 13 * hour, "Yusuf Demir did not sign off: Headway did."],
    [null, "2026-11-21T11:20:00Z", 12 * hour + 1200, "Yusuf Demir did not sign off: Headway did."],
    [
      "2026-11-21T12:39:30Z",
      left.countsUntil,
      13 * hour,
      "Yusuf Demir signed off at 13:39, 39 min after the planned end.",
    ],
    [
      "2026-11-21T18:00:00Z",
      "2026-11-21T18:00:00Z",
      13 * hour,
      "Yusuf Demir signed off at 19:00, 6 h after the planned end.",
    ],
    [
      "2026-11-21T11:50:00Z",
      "2026-11-21T11:20:00Z",
      12 * hour + 1200,
      "Yusuf Demir signed off at 12:50, but was at work elsewhere from 12:20 on.",
    ],
    [
      "2026-11-21T13:00:00Z",
      "2026-11-21T12:20:00Z",
      13 * hour,
      "Yusuf Demir signed off at 14:00, but was at work elsewhere from 13:20 on.",
    ],
  ] as const)(
    "with a sign-off at %s and %s as the latest count until %i",
    (signedOffAt, countsUntil, counted, text) => {
      const review = reviewOf(day, plan, { ...left, signedOffAt, countsUntil });
      expect(review.counted).toBe(counted);
      expect(leftText(review)).toBe(text);
    },
  );
});

describe("a role", () => {
  const me = (grants: Schemas["Grant"][]) => ({ user: { grants } }) as Schemas["Me"];

  it("counts in the depots it was granted for, and in all where none is named", () => {
    expect(hasRole(me([{ role: "dispatcher", depotIds: ["d1"] }]), ["dispatcher"], "d1")).toBe(true);
    expect(hasRole(me([{ role: "dispatcher", depotIds: ["d1"] }]), ["dispatcher"], "d2")).toBe(false);
    expect(hasRole(me([{ role: "dispatcher", depotIds: ["d1"] }]), ["dispatcher"])).toBe(true);
    expect(hasRole(me([{ role: "dispatcher", depotIds: [] }]), ["dispatcher", "admin"], "d2")).toBe(true);
    expect(hasRole(me([{ role: "hr", depotIds: [] }]), ["dispatcher"], "d1")).toBe(false);
  });

  it("is told all operations that it may call, by subject, and no others", () => {
    const operation = (id: string, roles: string[], tag: string) => ({
      operationId: id,
      summary: id,
      tags: [tag],
      "x-roles": roles,
    });
    const document = {
      tags: [
        { name: "Sessions", description: "" },
        { name: "Pay", description: "From worked days to a payroll file." },
        { name: "Day", description: "" },
      ],
      paths: {
        "/session": { get: operation("whoAmI", ["hr", "payroll"], "Sessions") },
        "/pay-periods": {
          parameters: [],
          get: operation("listPayPeriods", ["payroll", "auditor"], "Pay"),
          post: operation("openPayPeriod", ["payroll"], "Pay"),
        },
        "/signings": { post: operation("sign", ["dispatcher"], "Day") },
      },
    };
    const [pay, ...others] = subjectsOf(document, ["payroll"]);
    expect(others).toEqual([]);
    expect(pay?.operations.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /pay-periods",
      "POST /pay-periods",
    ]);
    expect(pay?.operations[1]?.docs).toBe("/docs/?urls.primaryName=dispatcher#/Pay/openPayPeriod");
    expect(subjectsOf(document, ["hr"])).toEqual([]);
  });
});
