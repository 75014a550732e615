import { fromBinary } from "@bufbuild/protobuf";
import { AbsenceService, AbsenceState, DayPart } from "@headway/contracts/gen/headway/hr/v1/absence_service_pb";
import {
  AbsenceApprovedSchema,
  AbsenceCancelledSchema,
  AbsenceDeniedSchema,
  AbsenceKind,
  AbsenceRequestedSchema,
} from "@headway/contracts/gen/headway/hr/v1/events_pb";
import { toInstant, toTimestamp } from "@headway/contracts/instant";
import { dispatchTopic } from "@headway/contracts/topics";
import { type DepotId, type EmployeeId, newId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import { afterAll, beforeAll, expect, test } from "vitest";
import { decideAbsence, moves, requestAbsence } from "../src/model/absence.ts";
import { away, givenPeople, type People, person } from "./given-people.ts";

let given: People;
beforeAll(async () => {
  given = await givenPeople();
});
afterAll(() => given.service.close());

const absencesOf = (driver: string) =>
  given.service.as(person("driver", { depots: [given.north], employee: driver }), AbsenceService);
const december = { firstDay: "2026-12-01", lastDay: "2026-12-31" };

test.each([
  ["a whole day", "2026-11-21", DayPart.FULL, "2026-11-20T23:00:00Z", "2026-11-21T23:00:00Z"],
  ["a morning", "2026-11-21", DayPart.MORNING, "2026-11-20T23:00:00Z", "2026-11-21T11:00:00Z"],
  ["an afternoon", "2026-11-21", DayPart.AFTERNOON, "2026-11-21T11:00:00Z", "2026-11-21T23:00:00Z"],
  ["the day of 23 hours", "2026-03-29", DayPart.FULL, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"],
  ["the day of 25 hours", "2026-10-25", DayPart.FULL, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"],
])("%s is away from its first to its last instant", async (_what, day, part, starts, ends) => {
  const { id } = await given.hire();
  const { absence } = await absencesOf(id).requestAbsence({ employeeId: id, ...away(day, day, part) });
  expect(toInstant(absence?.starts, "starts").toString()).toBe(starts);
  expect(toInstant(absence?.ends, "ends").toString()).toBe(ends);
});

test("two halves of a day fit, a third does not", async () => {
  const { id } = await given.hire();
  await given.absences.requestAbsence({ employeeId: id, ...away("2026-12-01", "2026-12-01", DayPart.MORNING) });
  await given.absences.requestAbsence({ employeeId: id, ...away("2026-12-01", "2026-12-01", DayPart.AFTERNOON) });
  await expect(
    given.absences.requestAbsence({ employeeId: id, ...away("2026-11-30", "2026-12-02") }),
  ).rejects.toMatchObject({ kind: "conflict", slug: "absence.overlaps" });
});

test("every order goes through in the states that allow it, and in no other", () => {
  const { next } = requestAbsence({
    employee: newId<EmployeeId>(),
    depot: newId<DepotId>(),
    kind: "vacation",
    firstDay: Temporal.PlainDate.from("2026-12-01"),
    lastDay: Temporal.PlainDate.from("2026-12-01"),
    part: "full",
    zone: "Europe/Paris",
  });
  for (const state of ["requested", "approved", "denied", "cancelled"] as const)
    for (const order of ["Approve", "Deny", "Cancel"] as const) {
      const decide = () => decideAbsence({ ...next, state }, order).next.state;
      const allowed = moves[state][order];
      if (allowed) expect(decide()).toBe(allowed);
      else expect(decide).toThrow(expect.objectContaining({ slug: `absence.${state}` }) as Error);
    }
});

test("a request is decided once, and what holds can be taken back; each step is told with its version", async () => {
  const { id: employeeId } = await given.hire();
  const { absence } = await absencesOf(employeeId).requestAbsence({ employeeId, ...away("2026-12-01") });
  const absenceId = absence?.id ?? "";
  await given.absences.decideAbsence({ absenceId, expectedVersion: 1, approved: true });
  await expect(given.absences.decideAbsence({ absenceId, expectedVersion: 1, approved: false })).rejects.toMatchObject({
    kind: "stale",
    slug: "absence.changed",
  });
  await expect(given.absences.decideAbsence({ absenceId, expectedVersion: 2, approved: false })).rejects.toMatchObject({
    kind: "conflict",
    slug: "absence.approved",
  });
  await absencesOf(employeeId).cancelAbsence({ absenceId, expectedVersion: 2 });
  const { absence: denied } = await given.absences.requestAbsence({ employeeId, ...away("2026-12-01") });
  await given.absences.decideAbsence({ absenceId: denied?.id ?? "", expectedVersion: 1, approved: false });
  expect(await given.told(absenceId)).toEqual(["AbsenceRequested", "AbsenceApproved", "AbsenceCancelled"]);
  expect(await given.told(denied?.id ?? "")).toEqual(["AbsenceRequested", "AbsenceDenied"]);
});

test("whatever is told of an absence names the depot where its person reports by now", async () => {
  const { id: employeeId } = await given.hire();
  const south = await given.openDepot("SOUTH");
  const request = async (day: string) =>
    (await given.absences.requestAbsence({ employeeId, ...away(day) })).absence?.id ?? "";
  const ids = [await request("2026-12-01"), await request("2026-12-02")] as const;
  await given.people.moveEmployee({ employeeId, expectedVersion: 1, depotId: south });
  await given.absences.decideAbsence({ absenceId: ids[0], expectedVersion: 1, approved: true });
  await given.absences.cancelAbsence({ absenceId: ids[0], expectedVersion: 2 });
  await given.absences.decideAbsence({ absenceId: ids[1], expectedVersion: 1, approved: false });
  const missed = {
    driverId: employeeId,
    starts: toTimestamp(Temporal.Instant.from("2026-12-05T05:00:00Z")),
    ends: toTimestamp(Temporal.Instant.from("2026-12-05T13:00:00Z")),
  };
  await given.service.hear(dispatchTopic, "DriverMissed", missed, { aggregate: newId() });
  const schemas = {
    AbsenceRequested: AbsenceRequestedSchema,
    AbsenceApproved: AbsenceApprovedSchema,
    AbsenceDenied: AbsenceDeniedSchema,
    AbsenceCancelled: AbsenceCancelledSchema,
  };
  const told = (await given.service.recorded()).flatMap(({ type, payload }) => {
    const schema = schemas[type as keyof typeof schemas];
    return schema ? [{ type, ...fromBinary<typeof schema>(schema, payload) }] : [];
  });
  expect(told.filter((event) => event.employeeId === employeeId).map(({ type, depotId }) => [type, depotId])).toEqual([
    ["AbsenceRequested", given.north],
    ["AbsenceRequested", given.north],
    ["AbsenceApproved", south],
    ["AbsenceCancelled", south],
    ["AbsenceDenied", south],
    ["AbsenceApproved", south],
  ]);
});

test("drivers ask for themselves; they decide nothing, and see nobody else's", async () => {
  const [self, other] = [await given.hire(), await given.hire()];
  const driver = absencesOf(self.id);
  await expect(driver.requestAbsence({ employeeId: other.id, ...away("2026-12-01") })).rejects.toMatchObject({
    kind: "denied",
  });
  await expect(driver.listAbsences({ employeeId: other.id, ...december })).rejects.toMatchObject({
    slug: "caller.others",
  });
  const { absence } = await driver.requestAbsence({ employeeId: self.id, ...away("2026-12-01") });
  await expect(
    driver.decideAbsence({ absenceId: absence?.id ?? "", expectedVersion: 1, approved: true }),
  ).rejects.toMatchObject({ slug: "caller.role" });
  await expect(
    absencesOf(other.id).cancelAbsence({ absenceId: absence?.id ?? "", expectedVersion: 1 }),
  ).rejects.toMatchObject({ kind: "denied" });
  const { absences } = await driver.listAbsences({ employeeId: self.id, ...december });
  expect(absences).toMatchObject([{ id: absence?.id, state: AbsenceState.REQUESTED }]);
});

test("a driver who did not sign on is away for the duty, also within another absence, and once only", async () => {
  const { id: employeeId } = await given.hire();
  await given.absences.reportAbsence({ employeeId, ...away("2026-12-05") });
  const missed = {
    driverId: employeeId,
    starts: toTimestamp(Temporal.Instant.from("2026-12-05T21:00:00Z")),
    ends: toTimestamp(Temporal.Instant.from("2026-12-06T04:00:00Z")),
  };
  const id = newId();
  for (let times = 0; times < 2; times++)
    await given.service.hear(dispatchTopic, "DriverMissed", missed, { aggregate: newId(), id });
  const { absences } = await given.absences.listAbsences({ employeeId, ...december });
  expect(absences.map(({ kind, state }) => [kind, state])).toEqual([
    [AbsenceKind.VACATION, AbsenceState.APPROVED],
    [AbsenceKind.NO_SHOW, AbsenceState.APPROVED],
  ]);
});
