import { DayService, DutyState } from "@headway/contracts/gen/headway/dispatch/v1/day_service_pb";
import { CancelCause } from "@headway/contracts/gen/headway/dispatch/v1/events_pb";
import { type DepotId, newId } from "@headway/kernel/ids";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GivenDay, givenDay, person, refusal } from "./given-day.ts";

let day: GivenDay;
beforeAll(async () => {
  day = await givenDay();
});
afterAll(() => day.close());

test("a planned day becomes operation, once", async () => {
  const [early, late] = [await day.plan(), await day.plan({ run: "102", starts: "2026-11-23T06:00:00Z" })];
  await day.assign(early, day.yusuf);
  expect(await day.activate()).toMatchObject({ duties: 2, open: 1 });
  expect(await day.activate()).toMatchObject({ duties: 2, open: 1 });
  expect(await day.facts()).toEqual(["DayActivated 12:00:00"]);
  const { duties } = await day.days.listDay({ depotId: day.depot, serviceDate: "2026-11-23" });
  expect(duties.map(({ dutyId, open, state, runId, line }) => [dutyId, open, state, runId, line])).toEqual([
    [early, false, DutyState.PUBLISHED, "101", "L1"],
    [late, true, DutyState.PUBLISHED, "102", "L1"],
  ]);
});

test("ten dispatchers activate at once: it is activated once", async () => {
  await day.plan({ date: "2026-11-26" });
  await Promise.all(Array.from({ length: 10 }, () => day.activate("2026-11-26")));
  const activated = await day.db.rows("select id from event_log where type = 'DayActivated'");
  const days = await day.db.rows("select id from day where activated_at is not null");
  expect(activated.length).toBe(days.length);
});

describe("while dispatch is behind the roster", () => {
  const date = "2026-12-01";

  test("a day is not activated, and nothing is kept of the attempt", async () => {
    const duty = await day.plan({ date });
    const id = newId();
    day.published.set(duty, { id, dutyId: duty, serviceDate: date });
    const refused = await day.activate(date).catch((error: unknown) => error);
    expect(refused).toMatchObject({ kind: "unavailable", slug: "day.roster-not-here-yet", retryAfter: 1 });
    expect((await day.days.listDay({ depotId: day.depot, serviceDate: date })).duties).toEqual([]);

    await day.assign(duty, day.yusuf, { assignment: id, date });
    expect(await day.activate(date)).toMatchObject({ duties: 1, open: 0 });
  });

  test("by a plan, by a release, or by another driver, it is not either", async () => {
    const serviceDate = "2026-12-02";
    const unheard = newId();
    day.published.set(unheard, { id: newId(), dutyId: unheard, serviceDate });
    expect(await refusal(day.activate(serviceDate))).toBe("day.roster-not-here-yet");
    day.published.delete(unheard);

    const duty = await day.plan({ date: serviceDate });
    const assignment = await day.assign(duty, day.yusuf, { date: serviceDate });
    day.published.delete(duty);
    expect(await refusal(day.activate(serviceDate))).toBe("day.roster-not-here-yet");
    day.published.set(duty, { id: newId(), dutyId: duty, serviceDate });
    expect(await refusal(day.activate(serviceDate))).toBe("day.roster-not-here-yet");
    await day.release(duty, day.yusuf, { assignment, date: serviceDate, rosterVersion: 2 });
    expect(await refusal(day.activate(serviceDate))).toBe("day.roster-not-here-yet");
    await day.assign(duty, day.mei, {
      assignment: day.published.get(duty)?.id ?? "",
      date: serviceDate,
      rosterVersion: 2,
    });
    expect(await refusal(day.activate(serviceDate))).toBe("not refused");
  });

  test("it is activated anyway where the dispatcher says so, and follows the roster from then on", async () => {
    const serviceDate = "2026-12-03";
    const duty = await day.plan({ date: serviceDate });
    const id = newId();
    day.published.set(duty, { id, dutyId: duty, serviceDate });
    expect(await day.activate(serviceDate, true)).toMatchObject({ duties: 1, open: 1 });
    expect(await day.activate(serviceDate)).toMatchObject({ duties: 1, open: 1 });
    await day.assign(duty, day.yusuf, { assignment: id, date: serviceDate });
    expect(await day.duty(duty)).toMatchObject({ open: false });
  });
});

test("an empty day and an unknown depot", async () => {
  expect(await day.activate("2026-12-24")).toMatchObject({ duties: 0, open: 0 });
  const nowhere = newId<DepotId>();
  const everywhere = day.as(person([{ role: "admin", depots: null }]), DayService);
  expect(await refusal(everywhere.activateDay({ depotId: nowhere, serviceDate: "2026-11-23" }))).toBe("depot.unknown");
});

test("another depot's dispatcher is refused", async () => {
  const duty = await day.rosteredDuty(day.yusuf, { date: "2026-11-27" });
  const other = day.as(person([{ role: "dispatcher", depots: [newId<DepotId>()] }]), DayService);
  const attempts = [
    other.activateDay({ depotId: day.depot, serviceDate: "2026-11-28" }),
    other.listDay({ depotId: day.depot, serviceDate: "2026-11-27" }),
    other.getDuty({ dutyId: duty }),
    other.replaceDriver({ dutyId: duty, expectedVersion: 1 }),
    other.cancelDuty({ dutyId: duty, expectedVersion: 1, cause: CancelCause.DISRUPTION }),
    other.reactivateDuty({ dutyId: duty, expectedVersion: 1 }),
  ];
  expect(await Promise.all(attempts.map(refusal))).toEqual(attempts.map(() => "caller.other-depot"));
});

test("what planning withdraws is gone from the day, what it plans late is there", async () => {
  await day.activate("2026-11-29");
  const duty = await day.plan({ date: "2026-11-29" });
  await day.assign(duty, day.yusuf, { date: "2026-11-29" });
  expect(await day.duty(duty)).toMatchObject({ open: false, state: DutyState.PUBLISHED });
  await day.withdraw(duty);
  expect((await day.days.listDay({ depotId: day.depot, serviceDate: "2026-11-29" })).duties).toEqual([]);
  await day.plan({ id: duty, date: "2026-11-29", version: 3 });
  expect(await day.duty(duty)).toMatchObject({ open: true, state: DutyState.PUBLISHED });
});

test("news in any order, with the activation anywhere among it, ends in the same state", async () => {
  const outcomes = new Set<string>();
  let date = new Date("2027-01-01T00:00:00Z");
  for (const order of interleavings(["planned", "changed"], ["assigned", "released", "reassigned"]))
    for (let activated = 0; activated <= order.length; activated++) {
      date = new Date(date.getTime() + 86_400_000);
      outcomes.add(await live(order.toSpliced(activated, 0, "activated"), date.toISOString().slice(0, 10)));
    }
  expect([...outcomes]).toEqual(["13:30 open=false released:yusuf assigned:mei"]);
}, 60_000);

const live = async (order: readonly string[], date: string): Promise<string> => {
  const duty = newId();
  const [first, second] = [newId(), newId()];
  const times = { starts: `${date}T05:00:00Z`, ends: `${date}T13:00:00Z` };
  const steps: Record<string, () => Promise<unknown>> = {
    planned: () => day.plan({ id: duty, date, ...times }),
    changed: () => day.plan({ id: duty, date, ...times, ends: `${date}T13:30:00Z`, version: 2 }, "DutyChanged"),
    assigned: () => day.assign(duty, day.yusuf, { assignment: first, date }),
    released: () => day.release(duty, day.yusuf, { assignment: first, date, rosterVersion: 2 }),
    reassigned: () => day.assign(duty, day.mei, { assignment: second, date, rosterVersion: 2 }),
    activated: () => day.activate(date, true),
  };
  for (const step of order) await steps[step]?.();
  const { ends, open, assignments } = await day.duty(duty);
  const end = new Date(Number(ends?.seconds) * 1000).toISOString().slice(11, 16);
  const names = assignments.map(({ driverId, state }) => `${states[state]}:${driverId === day.mei ? "mei" : "yusuf"}`);
  return [end, `open=${open}`, ...names].join(" ");
};

const states: Record<number, string> = { 1: "assigned", 8: "released" };

const interleavings = (a: readonly string[], b: readonly string[]): string[][] => {
  const [a1, ...as] = a;
  const [b1, ...bs] = b;
  if (a1 === undefined) return [[...b]];
  if (b1 === undefined) return [[...a]];
  return [...interleavings(as, b).map((rest) => [a1, ...rest]), ...interleavings(a, bs).map((rest) => [b1, ...rest])];
};
