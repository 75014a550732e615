import { newId } from "@headway/kernel/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import { week } from "./model/metro.ts";
import { type Scenario, scenario } from "./scenario.ts";

let metro: Scenario;
beforeAll(async () => {
  metro = await scenario();
});
afterAll(() => metro.service.close());

/** As hr and planning would have told it, without telling it 5,000 times. */
const put = async () => {
  const { rows } = metro.service.db;
  const { drivers, duties } = week({ drivers: 500, dutiesADay: 329, seed: 42 });
  const ids = new Map(drivers.map(({ id }) => [id, newId()]));
  await rows(
    "insert into driver (id, number, depot_id, employed_from) select id, number, $3, '2025-01-01' from unnest($1::uuid[], $2::text[]) as given (id, number)",
    [[...ids.values()], drivers.map(({ number }) => number), metro.depot],
  );
  await rows(
    "insert into contract (driver_id, valid_from, agreement, weekly_minutes) select id, '2025-01-01', 'standard', minutes from unnest($1::uuid[], $2::integer[]) as given (id, minutes)",
    [[...ids.values()], drivers.map(({ contracts }) => contracts[0]?.weeklyMinutes)],
  );
  const held = drivers.flatMap(({ id, qualifications }) =>
    qualifications.map(({ code }) => ({ id: ids.get(id), code })),
  );
  await rows(
    "insert into qualification (driver_id, code, valid_from) select id, code, '2025-01-01' from unnest($1::uuid[], $2::text[]) as given (id, code)",
    [held.map(({ id }) => id), held.map(({ code }) => code)],
  );
  const instant = (milliseconds: number) => new Date(milliseconds).toISOString();
  await rows(
    `insert into duty (id, depot_id, service_date, service_id, run_id, starts_at, ends_at, work_minutes, qualification, planned_version)
     select id, $7, date, 'daily', run, starts_at, ends_at, work, code, 1
     from unnest($1::uuid[], $2::date[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::integer[], $8::text[])
       as given (id, date, run, starts_at, ends_at, work, code)`,
    [
      duties.map(() => newId()),
      duties.map(({ day }) => instant(day * 86_400_000).slice(0, 10)),
      duties.map(({ run }) => run),
      duties.map(({ starts }) => instant(starts)),
      duties.map(({ ends }) => instant(ends)),
      duties.map(({ work }) => work),
      metro.depot,
      duties.map(({ qualification }) => qualification),
    ],
  );
  return duties.length;
};

test("a depot's week of 2,300 duties is filled in one transaction and published in another", async () => {
  const count = await put();
  const rosterId = await metro.openRoster();
  const filled = await metro.rosters.fillRoster({ rosterId, expectedVersion: 1 });
  expect(filled.assigned + filled.open).toBe(count);
  expect(filled.open).toBeLessThan(count / 200);
  expect(await metro.publish(rosterId)).toMatchObject({ rosterVersion: 1, assigned: filled.assigned });
  expect(await metro.told("DutyAssigned")).toHaveLength(filled.assigned);
  const { assignments } = await metro.rosters.listAssignments({ rosterId, page: { size: 1 } });
  const { fit, leftOut } = await metro.day.listCandidates({ dutyId: assignments[0]?.dutyId ?? "" });
  expect(fit.length + leftOut.length).toBe(500);
});
