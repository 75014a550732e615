import { SigningKind, SigningService } from "@headway/contracts/gen/headway/dispatch/v1/signing_service_pb";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type GivenDay, givenDay, refusal } from "./given-day.ts";

let day: GivenDay;
beforeEach(async () => {
  day = await givenDay();
});
afterEach(() => day.close());

const night = { date: "2026-11-23", starts: "2026-11-23T19:00:00Z", ends: "2026-11-24T03:00:00Z" };
const evening = { date: "2026-11-24", starts: "2026-11-24T17:00:00Z", ends: "2026-11-24T23:00:00Z" };

/** Yusuf works the night of the 23rd, which is activated, and the evening of the 24th, which is not. */
const given = async () => {
  const second = await day.plan(evening);
  await day.assign(second, day.yusuf, { date: evening.date });
  return { first: await day.rosteredDuty(day.yusuf, night), second };
};

const next = (driver = day.yusuf) => day.as(day.asDriver(driver), SigningService).getNextDuty({});

test("the duty that a driver is on is theirs across midnight, until they sign off", async () => {
  const { first, second } = await given();
  expect(await next()).toMatchObject({ dutyId: first, serviceDate: "2026-11-23" });
  expect((await next()).lastSigning).toBeUndefined();
  await day.setClock("2026-11-23T19:00:00Z");
  await day.signOn(day.yusuf, "2026-11-23T19:00:00Z");
  await day.setClock("2026-11-24T03:10:00Z");
  expect(await next()).toMatchObject({ dutyId: first, lastSigning: { kind: SigningKind.SIGN_ON, dutyId: first } });
  await day.signOff(day.yusuf, "2026-11-24T03:10:00Z");
  expect(await next()).toMatchObject({ dutyId: second, serviceDate: "2026-11-24" });
  expect((await next()).lastSigning).toBeUndefined();
});

test("who forgot to sign off is on the duty until the system signs off, and not a day longer", async () => {
  const { first, second } = await given();
  await day.setClock("2026-11-23T19:00:00Z");
  await day.signOn(day.yusuf, "2026-11-23T19:00:00Z");
  await day.setClock("2026-11-24T06:59:59Z");
  expect(await next()).toMatchObject({ dutyId: first });
  await day.setClock("2026-11-24T07:00:00Z");
  expect(await next()).toMatchObject({ dutyId: second });
});

test("who is relieved in the middle of a duty has the next one", async () => {
  const { first, second } = await given();
  await day.setClock("2026-11-23T19:00:00Z");
  const { assignment } = await day.signOn(day.yusuf, "2026-11-23T19:00:00Z");
  const released = { assignment: assignment?.id ?? "", date: night.date, rosterVersion: 2 };
  await day.setClock("2026-11-23T21:00:00Z");
  await day.release(first, day.yusuf, { ...released, at: "2026-11-23T21:00:00Z" });
  expect(await next()).toMatchObject({ dutyId: second });
});

test("a duty that is late is still theirs; missed, released, withdrawn or over it is not", async () => {
  const { first, second } = await given();
  await day.setClock("2026-11-23T19:05:00Z");
  expect(await next()).toMatchObject({ dutyId: first });
  await day.setClock("2026-11-23T19:20:00Z");
  expect(await next()).toMatchObject({ dutyId: second });
  await day.setClock("2026-11-24T23:00:00Z");
  expect(await next()).toMatchObject({ dutyId: "", serviceDate: "" });

  const later = await day.plan({ date: "2026-12-20", starts: "2026-12-20T05:00:00Z", ends: "2026-12-20T13:00:00Z" });
  await day.assign(later, day.yusuf, { date: "2026-12-20" });
  expect(await next()).toMatchObject({ dutyId: later });
  await day.withdraw(later);
  expect(await next()).toMatchObject({ dutyId: "" });
  const another = await day.plan({ date: "2026-12-21", starts: "2026-12-21T05:00:00Z", ends: "2026-12-21T13:00:00Z" });
  const assignment = await day.assign(another, day.yusuf, { date: "2026-12-21" });
  expect(await next()).toMatchObject({ dutyId: another });
  await day.release(another, day.yusuf, { assignment, date: "2026-12-21", rosterVersion: 2 });
  expect(await next()).toMatchObject({ dutyId: "" });
});

test("is each driver's own", async () => {
  await given();
  expect(await next(day.mei)).toMatchObject({ dutyId: "" });
  expect(await refusal(day.as(day.dispatcher, SigningService).getNextDuty({}))).toBe("caller.role");
});

test("signings are listed for at most a year and a day", async () => {
  const list = (firstDay: string, lastDay: string) =>
    day.as(day.asDriver(day.yusuf), SigningService).listSignings({ driverId: day.yusuf, firstDay, lastDay });
  expect(await list("2026-01-01", "2027-01-02")).toMatchObject({ signings: [] });
  expect(await refusal(list("2026-01-01", "2027-01-03"))).toBe("field.out-of-range");
  expect(await refusal(list("2026-01-02", "2026-01-01"))).toBe("field.out-of-range");
});
