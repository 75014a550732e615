import { Code, ConnectError } from "@connectrpc/connect";
import { AssignmentState } from "@headway/contracts/gen/headway/dispatch/v1/day_service_pb";
import { PickReason } from "@headway/contracts/gen/headway/dispatch/v1/events_pb";
import { conflict } from "@headway/kernel/domain-error";
import { newId } from "@headway/kernel/ids";
import { setKey } from "@headway/service/command-key";
import { toConnectError } from "@headway/service/errors";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type GivenDay, givenDay, refusal } from "./given-day.ts";

/** The roster, as dispatch knows it: who may, and who has which duty. */
const fakeRoster = () => {
  const held = new Map<string, { driverId: string; id: string }>();
  const state = {
    fit: [] as string[],
    refuses: new Map<string, string>(),
    asked: [] as string[],
    /** What happens to the next calls: before the roster acts, or after. */
    trouble: [] as { when: "before" | "after"; code: Code }[],
    onCovered: async (_duty: string, _driver: string, _assignment: string) => {},
  };
  const service = {
    listCandidates: () => ({
      fit: state.fit.map((driverId) => ({ driverId, number: "7" })),
      leftOut: [{ driverId: tired, number: "9", findings: [{ error: true, message: "Rests 30 min too little." }] }],
    }),
    async coverDuty({ dutyId, driverId }: { dutyId: string; driverId: string }) {
      state.asked.push(driverId);
      const trouble = state.trouble.shift();
      if (trouble?.when === "before") throw new ConnectError("no answer", trouble.code);
      const slug = state.refuses.get(driverId);
      if (slug) throw toConnectError(conflict(slug, "Works elsewhere."));
      const known = held.get(dutyId);
      const assignment = known?.driverId === driverId ? known : { driverId, id: newId() };
      held.set(dutyId, assignment);
      await state.onCovered(dutyId, driverId, assignment.id);
      if (trouble?.when === "after") throw new ConnectError("no answer", trouble.code);
      return { assignment: { id: assignment.id, dutyId, driverId } };
    },
  };
  return Object.assign(state, { service });
};

const tired = newId();
let roster: ReturnType<typeof fakeRoster>;
let day: GivenDay;

beforeEach(async () => {
  roster = fakeRoster();
  day = await givenDay(roster.service);
  roster.fit = [day.mei];
});
afterEach(() => day.close());

/** Yusuf has missed a duty. */
const missed = async () => {
  const dutyId = await day.rosteredDuty(day.yusuf);
  await day.setClock("2026-11-23T05:25:00Z");
  const { version: expectedVersion } = await day.duty(dutyId);
  return { dutyId, expectedVersion, driverId: "", note: "" };
};
const picked = async () => (await day.facts()).filter((fact) => fact.startsWith("ReplacementPicked"));
const states = async () => day.db.rows("select state from replacement order by id");

test("the best takes over, with the reason and with who was left out and why", async () => {
  const wanted = await missed();
  const answer = await day.days.replaceDriver(wanted);
  expect(answer).toMatchObject({
    driverId: day.mei,
    leftOut: [{ driverId: tired, reason: "Rests 30 min too little." }],
    duty: {
      open: false,
      assignments: [
        { driverId: day.yusuf, state: AssignmentState.MISSED, replacementReason: PickReason.UNSPECIFIED },
        { driverId: day.mei, state: AssignmentState.ASSIGNED, replacementReason: PickReason.FIRST_IN_ORDER },
      ],
    },
  });
  expect(await picked()).toEqual(["ReplacementPicked 05:25:00"]);
});

test("whom the dispatcher names is picked for that; what the dispatcher writes is shown here and told to nobody", async () => {
  const wanted = await missed();
  const note = "Mei lives next door.";
  const { duty } = await day.days.replaceDriver({ ...wanted, driverId: day.mei, note });
  const named = { replacementReason: PickReason.NAMED_BY_DISPATCHER };
  expect(duty?.assignments[1]).toMatchObject({ ...named, replacementNote: note });
  expect(await day.told("ReplacementPicked")).toMatchObject([{ reason: PickReason.NAMED_BY_DISPATCHER }]);
  for (const { payload } of await day.recorded()) expect(Buffer.from(payload).includes("next door")).toBe(false);
  await day.setClock("2026-11-23T06:20:00Z");
  const { assignment } = await day.signOn(day.mei, "2026-11-23T06:20:00Z");
  expect(assignment).toMatchObject({ ...named, replacementNote: "" });
});

test("the replacement has the time to come, and works from then", async () => {
  const { dutyId } = await missed().then(async (wanted) => (await day.days.replaceDriver(wanted)) && wanted);
  await day.setClock("2026-11-23T06:20:00Z");
  await day.signOn(day.mei, "2026-11-23T06:20:00Z");
  await day.setClock("2026-11-23T13:00:00Z");
  await day.signOff(day.mei, "2026-11-23T13:00:00Z");
  expect((await day.worked()).map(({ dutyId, driverId, workedMinutes }) => [dutyId, driverId, workedMinutes])).toEqual([
    [dutyId, day.mei, 400],
  ]);
});

test.each([
  ["before the answer", true],
  ["at the same time", false],
])("the roster's own event, %s or after, changes nothing more", async (_when, waits) => {
  const wanted = await missed();
  let heard: Promise<unknown> = Promise.resolve();
  roster.onCovered = async (duty, driver, assignment) => {
    heard = day.assign(duty, driver, { assignment, rosterVersion: 3, at: "2026-11-23T05:25:00Z" });
    if (waits) await heard;
  };
  const { duty } = await day.days.replaceDriver(wanted);
  await heard;
  await day.assign(wanted.dutyId, day.mei, { assignment: duty?.assignments[1]?.id ?? "", rosterVersion: 3 });
  expect((await day.duty(wanted.dutyId)).assignments.map(({ driverId, state }) => [driverId, state])).toEqual([
    [day.yusuf, AssignmentState.MISSED],
    [day.mei, AssignmentState.ASSIGNED],
  ]);
});

test("whom the roster refuses is passed over; when all are refused, it fails with the reasons", async () => {
  const wanted = await missed();
  const [busy, other] = [newId(), newId()];
  roster.fit = [busy, day.mei];
  roster.refuses.set(busy, "driver.busy");
  const { driverId, leftOut } = await day.days.replaceDriver(wanted);
  expect([driverId, leftOut.map(({ reason }) => reason)]).toEqual([
    day.mei,
    ["Rests 30 min too little.", "Works elsewhere."],
  ]);

  const again = await day.plan({ run: "102" });
  roster.fit = [busy, other];
  roster.refuses.set(other, "assignment.illegal");
  expect(await refusal(day.days.replaceDriver({ ...wanted, dutyId: again, expectedVersion: 1 }))).toBe(
    "replacement.failed",
  );
  expect(await day.duty(again)).toMatchObject({ open: true });
});

test("nobody fit, somebody unfit, a duty that is covered: refused, and nothing is kept", async () => {
  const wanted = await missed();
  roster.fit = [];
  expect(await refusal(day.days.replaceDriver(wanted))).toBe("replacement.nobody-fit");
  expect(await refusal(day.days.replaceDriver({ ...wanted, driverId: tired }))).toBe("replacement.driver-unfit");
  const covered = await day.plan({ run: "102", starts: "2026-11-23T09:00:00Z" });
  await day.assign(covered, day.mei);
  roster.fit = [day.mei];
  const { version: expectedVersion } = await day.duty(covered);
  expect(await refusal(day.days.replaceDriver({ ...wanted, dutyId: covered, expectedVersion }))).toBe("duty.covered");
  expect(await states()).toEqual([]);
});

test.each([
  ["by day", "2026-11-23T05:00:00Z", "2026-11-23T13:00:00Z"],
  ["across midnight", "2026-11-23T20:00:00Z", "2026-11-24T04:00:00Z"],
])("for a duty that is over, %s: refused", async (_when, starts, ends) => {
  const dutyId = await day.plan({ starts, ends });
  await day.activate();
  await day.setClock(ends);
  const wanted = { dutyId, expectedVersion: (await day.duty(dutyId)).version, driverId: "", note: "" };
  expect(await refusal(day.days.replaceDriver(wanted))).toBe("duty.over");
  expect(roster.asked).toEqual([]);
});

test("ten dispatchers replace at once: one wins, nine are told why not", async () => {
  const wanted = await missed();
  roster.fit = [day.mei, newId(), newId()];
  const answers = await Promise.all(Array.from({ length: 10 }, () => refusal(day.days.replaceDriver(wanted))));
  expect(answers.filter((answer) => answer === "not refused")).toHaveLength(1);
  expect(
    answers.filter((answer) => ["replacement.under-way", "duty.changed", "duty.covered"].includes(answer)),
  ).toHaveLength(9);
  expect(await picked()).toHaveLength(1);
  expect(new Set(roster.asked).size).toBe(1);
});

test.each([
  ["before the roster hears of it", { when: "before", code: Code.Unavailable }],
  ["after the roster acted, before its answer", { when: "after", code: Code.Unavailable }],
  ["by a defect before", { when: "before", code: Code.Internal }],
  ["by a defect after", { when: "after", code: Code.Internal }],
] as const)("cut off %s, the replacement goes on and ends covered, once", async (_when, trouble) => {
  const wanted = await missed();
  roster.trouble = [trouble, trouble];
  expect(await refusal(day.days.replaceDriver(wanted))).not.toBe("not refused");
  expect(await states()).toEqual([{ state: "wanted" }]);
  expect(await refusal(day.days.replaceDriver(wanted))).not.toBe("not refused");
  roster.trouble = [];
  await day.setClock("2026-11-23T05:26:00Z");
  expect(await states()).toEqual([{ state: "covered" }]);
  expect((await day.duty(wanted.dutyId)).assignments.map(({ driverId }) => driverId)).toEqual([day.yusuf, day.mei]);
  expect(await picked()).toHaveLength(1);
});

test("cut off, whoever repeats it by its key is told that it is done, before and after it is covered", async () => {
  const wanted = await missed();
  const headers = new Headers();
  setKey(headers, { key: newId(), request: "cover it", secretAnswer: false });
  const order = () => refusal(day.days.replaceDriver(wanted, { headers }));
  roster.trouble = [{ when: "after", code: Code.Unavailable }];
  expect(await order()).toBe("replacement.under-way");
  expect(await order()).toBe("idempotency-key.done");
  expect(await states()).toEqual([{ state: "wanted" }]);
  await day.setClock("2026-11-23T05:26:00Z");
  expect(await states()).toEqual([{ state: "covered" }]);
  expect(await order()).toBe("idempotency-key.done");
  expect(await picked()).toHaveLength(1);
});

test.each(["replacement", "rostered_assignment", "assignment", "duty", "event_log"])(
  "cut off while the answer is written down (%s), it is written whole the next time",
  async (table) => {
    const wanted = await missed();
    roster.onCovered = async () => {
      await day.db.rows(
        `create or replace function cut_off() returns trigger language plpgsql as $$ begin raise 'cut off'; end $$`,
      );
      await day.db.rows(
        `create or replace trigger cut_off before insert or update on ${table} execute function cut_off()`,
      );
    };
    await expect(day.days.replaceDriver(wanted)).rejects.toThrow();
    await day.db.rows(`drop trigger cut_off on ${table}`);
    roster.onCovered = async () => {};
    expect(await states()).toEqual([{ state: "wanted" }]);
    expect(await day.duty(wanted.dutyId)).toMatchObject({ open: true, version: wanted.expectedVersion });
    await day.setClock("2026-11-23T05:26:00Z");
    expect(await states()).toEqual([{ state: "covered" }]);
    expect(await day.duty(wanted.dutyId)).toMatchObject({ open: false });
    expect(await picked()).toHaveLength(1);
  },
);

test("cut off after the roster acted, its event may cover the duty first: the reason is recorded all the same", async () => {
  const wanted = await missed();
  roster.trouble = [{ when: "after", code: Code.Unavailable }];
  roster.onCovered = async (duty, driver, assignment) => {
    await day.assign(duty, driver, { assignment, rosterVersion: 3, at: "2026-11-23T05:25:00Z" });
  };
  expect(await refusal(day.days.replaceDriver(wanted))).toBe("replacement.under-way");
  expect(await day.duty(wanted.dutyId)).toMatchObject({ open: false });
  await day.setClock("2026-11-23T05:26:00Z");
  expect(await states()).toEqual([{ state: "covered" }]);
  expect(await picked()).toHaveLength(1);
  const [, covered] = (await day.duty(wanted.dutyId)).assignments;
  expect(covered).toMatchObject({ driverId: day.mei, replacementReason: PickReason.FIRST_IN_ORDER });
});

test("cut off for good, a refused replacement ends failed", async () => {
  const wanted = await missed();
  roster.trouble = [{ when: "before", code: Code.Unavailable }];
  expect(await refusal(day.days.replaceDriver(wanted))).toBe("replacement.under-way");
  roster.refuses.set(day.mei, "driver.busy");
  await day.setClock("2026-11-23T05:26:00Z");
  expect(await states()).toEqual([{ state: "failed" }]);
  expect(await day.duty(wanted.dutyId)).toMatchObject({ open: true });
});
