import { DomainError } from "@headway/kernel/domain-error";
import { execute, rows } from "@headway/postgres/transaction";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Scenario, scenario } from "./scenario.ts";

let metro: Scenario;
beforeAll(async () => {
  metro = await scenario();
});
afterAll(() => metro.service.close());

const kinds = (outcomes: readonly PromiseSettledResult<unknown>[]): Record<string, number> => {
  const named = outcomes.map((outcome) => {
    if (outcome.status === "fulfilled") return "done";
    return outcome.reason instanceof DomainError ? outcome.reason.slug : `internal: ${outcome.reason}`;
  });
  return Object.fromEntries([...Map.groupBy(named, (name) => name)].map(([name, { length }]) => [name, length]));
};

/** Whoever holds two duties with less than 11 h between them. */
const tired = () =>
  metro.service.db.rows(
    `select a.id from assignment a join assignment b on b.driver_id = a.driver_id and b.id <> a.id
     where a.to_version is null and b.to_version is null
       and lower(b.worked) between upper(a.worked) and upper(a.worked) + interval '10 h 59 min'`,
  );

const put = `
  insert into assignment (id, roster_id, duty_id, driver_id, worked, work_minutes, state, from_version, version)
  values (gen_random_uuid(), $1, $2, $3, $4, 1, 'assigned', 0, 1)`;

/** Which transaction waits for this one, once there is one; transactions go by the process of their connection. */
const waiterFor = async (holder: number): Promise<number> => {
  const waiters = () =>
    metro.service.db.rows<{ pid: number }>("select pid from pg_stat_activity where $1 = any(pg_blocking_pids(pid))", [
      holder,
    ]);
  await expect.poll(waiters).toHaveLength(1);
  return (await waiters())[0]?.pid ?? 0;
};

/** Which transaction waits to record what it has done. */
const recorder = async (): Promise<number> => {
  const recorders = () =>
    metro.service.db.rows<{ pid: number }>(
      `select pid from pg_stat_activity
       where datname = current_database() and query like 'insert into event_log%' and cardinality(pg_blocking_pids(pid)) > 0`,
    );
  await expect.poll(recorders).toHaveLength(1);
  return (await recorders())[0]?.pid ?? 0;
};

/** The transactions that wait for another one. */
const waiting = () =>
  metro.service.db.rows(
    "select pid from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0",
  );

/** Gives a duty to a driver; asks again where so many at once find no connection in time. */
const assign = async (dutyId: string, driverId: string): Promise<unknown> => {
  try {
    return await metro.rosters.assignDuty({ dutyId, driverId });
  } catch (error) {
    if (error instanceof DomainError && error.kind === "unavailable") return assign(dutyId, driverId);
    throw error;
  }
};

const many = (count: number) => Array.from({ length: count }, (_, index) => index);

test.each(["draft", "published"])(
  "200 drivers want one duty of a %s roster at once: one has it, 199 are told that it is taken",
  async (state) => {
    const date = state === "draft" ? "2026-04-06" : "2026-04-13";
    const roster = await metro.openRoster(date, date);
    const duty = await metro.duty(date, "06:00", "14:00");
    if (state === "published") await metro.publish(roster);
    const drivers = await metro.drivers(200);
    const outcomes = await Promise.allSettled(drivers.map((driver) => assign(duty, driver)));
    expect(kinds(outcomes)).toEqual({ done: 1, "duty.taken": 199 });
    expect(drivers).toContain((await metro.holders(roster))[duty]);
  },
  120_000,
);

test("200 overlapping duties are given to one driver at once, in two rosters: one stands", async () => {
  const rosters = [
    await metro.openRoster("2026-05-04", "2026-05-04"),
    await metro.openRoster("2026-05-05", "2026-05-05"),
  ];
  const driver = await metro.driver();
  const duties = await Promise.all(
    many(200).map((index) =>
      index % 2 === 0
        ? metro.duty("2026-05-04", `22:${String(index % 60).padStart(2, "0")}`, "30:00", { run: `${index}` })
        : metro.duty("2026-05-05", "00:30", `06:${String(index % 60).padStart(2, "0")}`, { run: `${index}` }),
    ),
  );
  const outcomes = await Promise.allSettled(duties.map((duty) => assign(duty, driver)));
  expect(kinds(outcomes)).toEqual({ done: 1, "driver.busy": 199 });
  const held = await Promise.all(rosters.map((roster) => metro.roster(roster)));
  expect(held.reduce((sum, { assigned }) => sum + assigned, 0)).toBe(1);
}, 120_000);

test("a late and an early duty in two rosters are given to the same driver at once: nobody rests too little", async () => {
  await metro.openRoster("2026-08-03", "2026-08-03");
  await metro.openRoster("2026-08-04", "2026-08-04");
  const drivers = await metro.drivers(30);
  const outcomes = await Promise.all(
    drivers.map(async (driver, index) => {
      const late = await metro.duty("2026-08-03", "15:00", "23:30", { run: `${index}` });
      const early = await metro.duty("2026-08-04", "08:00", "16:00", { run: `${index}` });
      return Promise.allSettled([late, early].map((duty) => assign(duty, driver)));
    }),
  );
  expect(kinds(outcomes.flat())).toEqual({ done: 30, "assignment.illegal": 30 });
  expect(await tired()).toEqual([]);
});

test("a driver falls ill between the check and the commit of an assignment: the duty is open again", async () => {
  const roster = await metro.openRoster("2026-09-07", "2026-09-07");
  const [driverId, dutyId] = [await metro.driver(), await metro.duty("2026-09-07", "06:00", "14:00")];
  const other = await metro.duty("2026-09-07", "06:00", "14:00", { run: "other" });
  const { promise: stands, resolve: standsAs } = Promise.withResolvers<number>();
  const { promise: enough, resolve: letGo } = Promise.withResolvers<void>();
  // An assignment that never commits makes the real one wait in its last step; no foreign keys, or it would wait in its first.
  const inTheWay = metro.service.db.inTx(async (tx) => {
    await execute(tx, "set local session_replication_role = replica");
    await execute(tx, put, [roster, other, driverId, "[2026-09-07T04:00Z,2026-09-07T12:00Z)"]);
    const [own] = await rows<{ pid: number }>(tx, "select pg_backend_pid() as pid");
    standsAs(own?.pid ?? 0);
    await enough;
    throw new Error("rolled back");
  });
  const rolledBack = expect(inTheWay).rejects.toThrow("rolled back");
  const holder = await stands;
  const assigning = metro.rosters.assignDuty({ dutyId, driverId });
  const assigner = await waiterFor(holder);
  const absent = metro.absence(driverId, "2026-09-07T00:00Z", "2026-09-08T00:00Z");
  await Promise.race([absent, waiterFor(assigner)]);
  letGo();
  await Promise.all([rolledBack, assigning, absent]);
  expect((await metro.roster(roster)).assigned).toBe(0);
});

const givings: [string, string, (dutyId: string, driverId: string, rosterId: string) => Promise<unknown>][] = [
  ["given to a driver", "2026-10-05", (dutyId, driverId) => metro.rosters.assignDuty({ dutyId, driverId })],
  ["covered", "2026-10-06", (dutyId, driverId) => metro.day.coverDuty({ dutyId, driverId })],
  [
    "filled with its roster",
    "2026-10-07",
    async (_duty, _driver, rosterId) =>
      metro.rosters.fillRoster({ rosterId, expectedVersion: (await metro.roster(rosterId)).version }),
  ],
];

test.each(givings)(
  "a duty that is cancelled while it waits to be %s stays without a driver",
  async (_how, date, give) => {
    const roster = await metro.openRoster(date, date);
    await metro.publish(roster);
    const [driverId, dutyId] = [await metro.driver(), await metro.duty(date, "06:00", "14:00")];
    const { promise: held, resolve: holds } = Promise.withResolvers<void>();
    const { promise: enough, resolve: letGo } = Promise.withResolvers<void>();
    const inTheWay = metro.service.db.inTx(async (tx) => {
      await execute(tx, "select id from duty where id = $1 for update", [dutyId]);
      holds();
      await enough;
    });
    await held;
    const cancelling = metro.dispatch("DutyCancelled", { dutyId }, dutyId);
    await expect.poll(waiting).toHaveLength(1);
    const giving = give(dutyId, driverId, roster).catch((error: unknown) => error);
    await expect.poll(waiting).toHaveLength(2);
    letGo();
    await Promise.all([inTheWay, cancelling, giving]);
    expect(await metro.holders(roster)).toEqual({});
    expect((await metro.roster(roster)).assigned).toBe(0);
  },
);

test("a swap is asked for again while it is just being approved: there is nothing left to swap", async () => {
  const roster = await metro.openRoster("2026-11-02", "2026-11-03");
  const [anna, ben] = [await metro.driver(), await metro.driver()];
  const [early, late] = [
    await metro.duty("2026-11-02", "06:00", "14:00"),
    await metro.duty("2026-11-03", "06:00", "14:00"),
  ];
  await metro.rosters.assignDuty({ dutyId: early, driverId: anna });
  await metro.rosters.assignDuty({ dutyId: late, driverId: ben });
  await metro.publish(roster);
  const [offered, wanted] = [await metro.assignmentOf(roster, early), await metro.assignmentOf(roster, late)];
  const wish = { offeredAssignmentId: offered.id, wantedAssignmentId: wanted.id };
  const swapId = (await metro.swapsOf(anna).requestSwap(wish)).swap?.id ?? "";
  await metro.swapsOf(ben).acceptSwap({ swapId, expectedVersion: 1 });
  const { promise: held, resolve: holds } = Promise.withResolvers<void>();
  const { promise: enough, resolve: letGo } = Promise.withResolvers<void>();
  // Nothing can be recorded meanwhile, so the approval waits in its last step, and keeps what it has locked.
  const inTheWay = metro.service.db.inTx(async (tx) => {
    await execute(tx, "lock table event_log in share mode");
    holds();
    await enough;
  });
  await held;
  const approving = metro.swaps.approveSwap({ swapId, expectedVersion: 2 });
  const approver = await recorder();
  const asking = metro.swapsOf(anna).requestSwap(wish);
  const refused = expect(asking).rejects.toMatchObject({ slug: "assignment.released" });
  await waiterFor(approver);
  letGo();
  await Promise.all([inTheWay, approving, refused]);
});

test("the database itself keeps a driver from two duties at once, and a duty from two drivers", async () => {
  const roster = await metro.openRoster("2026-06-01", "2026-06-01");
  const [first, second] = [
    await metro.duty("2026-06-01", "06:00", "10:00"),
    await metro.duty("2026-06-01", "09:00", "12:00"),
  ];
  const [driver, other] = [await metro.driver(), await metro.driver()];
  const give = (...values: string[]) => metro.service.db.rows(put, [roster, ...values]);
  await give(first, driver, "[2026-06-01T06:00Z,2026-06-01T10:00Z)");
  await expect(give(second, driver, "[2026-06-01T09:59Z,2026-06-01T12:00Z)")).rejects.toThrow("assignment_no_overlap");
  await expect(give(first, other, "[2026-06-01T06:00Z,2026-06-01T10:00Z)")).rejects.toThrow("assignment_one_driver");
});

test("absences, assignments, covers and releases of the same people at once: no internal error, and every rule holds", async () => {
  const roster = await metro.openRoster("2026-07-06", "2026-07-12");
  const days = ["06", "07", "08", "09", "10"];
  const drivers = await metro.drivers(12);
  const duties = await Promise.all(
    days.flatMap((day) =>
      many(8).map((run) => metro.duty(`2026-07-${day}`, `0${run}:30`, `${8 + run}:00`, { run: `${run}` })),
    ),
  );
  const { version } = await metro.roster(roster);
  await metro.rosters.fillRoster({ rosterId: roster, expectedVersion: version });
  await metro.publish(roster);
  const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
  const outcomes = await Promise.allSettled([
    ...many(200).map((index) =>
      metro.day.coverDuty({ dutyId: pick(duties, index * 7), driverId: pick(drivers, index * 5), cause: 3 }),
    ),
    ...many(200).map((index) =>
      metro.rosters.assignDuty({ dutyId: pick(duties, index * 3), driverId: pick(drivers, index) }),
    ),
    ...many(6).map((index) =>
      metro.absence(pick(drivers, index), `2026-07-${pick(days, index)}T00:00Z`, `2026-07-${pick(days, index)}T22:00Z`),
    ),
    ...many(20).map(async (index) => {
      const held = await metro.assignmentOf(roster, pick(duties, index * 11));
      return metro.rosters.releaseDuty({ assignmentId: held.id, expectedVersion: held.version });
    }),
  ]);
  expect(
    Object.keys(kinds(outcomes)).filter((name) => name.startsWith("internal") && !name.includes("Nobody holds")),
  ).toEqual([]);
  const parked = await metro.service.db.rows("select reason from parked_event");
  expect(parked).toEqual([]);
  const clashes = await metro.service.db.rows(
    `select a.id from assignment a join absence on absence.driver_id = a.driver_id
     where a.to_version is null and a.worked && tstzrange(absence.starts_at, absence.ends_at)`,
  );
  expect(clashes).toEqual([]);
  expect(await tired()).toEqual([]);
});
