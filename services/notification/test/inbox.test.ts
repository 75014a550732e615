import { InboxService, NoticeKind } from "@headway/contracts/gen/headway/notification/v1/inbox_service_pb";
import { ReleaseCause } from "@headway/contracts/gen/headway/scheduling/v1/events_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { planningTopic, schedulingTopic } from "@headway/contracts/topics";
import { type EmployeeId, newId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import { type Person, type Role, roles } from "@headway/service/caller";
import { type ServiceUnderTest, serviceUnderTest } from "@headway/service/service-under-test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { notification } from "../src/container.ts";

const day = "2026-11-23";
const at = (minute: number) => Temporal.Instant.from("2026-11-20T08:00:00Z").add({ minutes: minute });
const times = (shift = 0) => ({ starts: toTimestamp(at(4000 + shift)), ends: toTimestamp(at(4480 + shift)) });

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await serviceUnderTest(notification);
});
afterAll(() => service.close());

const aPerson = (employee: EmployeeId | null = newId(), role: Role = "driver"): Person & { employee: EmployeeId } => ({
  kind: "person",
  user: newId(),
  session: "s",
  employee: employee ?? newId(),
  grants: [{ role, depots: null }],
});

const inboxOf = (person: Person) => service.as(person, InboxService);

/** The kinds of a person's notices, newest first. */
const told = async (person: Person): Promise<string[]> => {
  const { notices } = await inboxOf(person).listNotices({});
  return notices.map(({ kind }) => NoticeKind[kind].toLowerCase().replaceAll("_", " "));
};

type About = { readonly minute: number; readonly version?: number; readonly id?: string };

const assigned = (
  duty: string,
  driver: Person & { employee: string },
  { minute, version = minute, id }: About,
  over: object = {},
) =>
  service.hear(
    schedulingTopic,
    "DutyAssigned",
    {
      assignmentId: newId(),
      dutyId: duty,
      driverId: driver.employee,
      rosterId: newId(),
      depotId: newId(),
      serviceDate: day,
      ...times(),
      rosterVersion: version,
      ...over,
    },
    { aggregate: duty, version: minute, at: at(minute), ...(id ? { id } : {}) },
  );

const released = (
  duty: string,
  driver: Person & { employee: string },
  { minute, version = minute }: About,
  cause: ReleaseCause,
) =>
  service.hear(
    schedulingTopic,
    "DutyReleased",
    { assignmentId: newId(), dutyId: duty, driverId: driver.employee, serviceDate: day, rosterVersion: version, cause },
    { aggregate: duty, version: minute, at: at(minute) },
  );

const changed = (duty: string, minute: number, shift = 0) =>
  service.hear(
    planningTopic,
    "DutyChanged",
    { duty: { id: duty, serviceDate: day, ...times(shift) } },
    { aggregate: duty, version: minute, at: at(minute) },
  );

const swap = (
  type: "SwapRequested" | "SwapAccepted" | "SwapDeclined" | "SwapCancelled" | "SwapApproved" | "SwapExpired",
  id: string,
  by: Person & { employee: string },
  of: Person & { employee: string },
  minute: number,
  event: string = newId(),
) =>
  service.hear(
    schedulingTopic,
    type,
    { swapId: id, requestedBy: by.employee, requestedOf: of.employee },
    { aggregate: id, version: minute, at: at(minute), id: event },
  );

const deliveredTo = async (person: Person): Promise<number> => {
  const [found] = await service.db.rows<{ count: number }>(
    "select count(*) from event_log join notice on notice.id::text = aggregate_id where type = 'NoticeDelivered' and employee_id = $1",
    [person.employee],
  );
  return found?.count ?? 0;
};

describe("what a driver hears of", () => {
  test("a published roster once, however many duties come with it and however often", async () => {
    const [ann, bob] = [aPerson(), aPerson()];
    const over = { rosterId: newId(), byPublication: true };
    const events = Array.from({ length: 20 }, () => ({ duty: newId(), id: newId() }));
    const hear = () =>
      Promise.all(events.map(({ duty, id }, index) => assigned(duty, index % 4 ? ann : bob, { minute: 1, id }, over)));
    await Promise.all([hear(), hear(), hear()]);
    for (const person of [ann, bob]) {
      const { notices, waiting } = await inboxOf(person).listNotices({});
      expect(notices).toMatchObject([{ kind: NoticeKind.ROSTER_PUBLISHED, subjectId: over.rosterId, serviceDate: "" }]);
      expect([waiting, await deliveredTo(person)]).toEqual([1, 1]);
    }
  });

  test("each duty given, taken or cancelled afterwards", async () => {
    const [ann, bob, duty] = [aPerson(), aPerson(), newId()];
    await assigned(duty, ann, { minute: 1 });
    await released(duty, ann, { minute: 2, version: 2 }, ReleaseCause.MISSED);
    await assigned(duty, bob, { minute: 3, version: 2 });
    await released(duty, bob, { minute: 4 }, ReleaseCause.CANCELLED_DUTY);
    expect(await told(ann)).toEqual(["duty released", "duty assigned"]);
    expect(await told(bob)).toEqual(["duty cancelled", "duty assigned"]);
    const { notices } = await inboxOf(bob).listNotices({});
    expect(notices[0]).toMatchObject({ subjectId: duty, serviceDate: day, at: toTimestamp(at(4)) });
  });

  test("a duty that has other times, once, although planning and scheduling both tell of it", async () => {
    const [ann, duty] = [aPerson(), newId()];
    await assigned(duty, ann, { minute: 1 });
    await changed(duty, 2, 30);
    await released(duty, ann, { minute: 3, version: 3 }, ReleaseCause.UNASSIGNED);
    expect(await told(ann)).toEqual(["duty released", "duty changed", "duty assigned"]);
    await assigned(duty, ann, { minute: 4, version: 3 }, times(30));
    expect(await told(ann)).toEqual(["duty changed", "duty assigned"]);
  });

  test("a duty with other pieces; of several changes the newest waits", async () => {
    const [ann, duty] = [aPerson(), newId()];
    await assigned(duty, ann, { minute: 1 });
    for (const minute of [2, 3]) await changed(duty, minute);
    expect(await told(ann)).toEqual(["duty changed", "duty assigned"]);
    const { notices } = await inboxOf(ann).listNotices({});
    expect(notices[0]?.at).toEqual(toTimestamp(at(3)));
    await inboxOf(ann).acknowledgeNotice({ noticeId: notices[0]?.id ?? "" });
    await changed(duty, 4);
    expect(await told(ann)).toEqual(["duty changed", "duty changed", "duty assigned"]);
  });

  test("a swap: what the other did, and no word of the duties that change hands", async () => {
    const [ann, bob, id, duty] = [aPerson(), aPerson(), newId(), newId()];
    await swap("SwapRequested", id, ann, bob, 1);
    await swap("SwapAccepted", id, ann, bob, 2);
    await released(duty, ann, { minute: 3, version: 3 }, ReleaseCause.SWAP);
    await assigned(duty, bob, { minute: 4, version: 3 });
    await swap("SwapApproved", id, ann, bob, 3);
    expect(await told(ann)).toEqual(["swap approved", "swap accepted"]);
    expect(await told(bob)).toEqual(["swap approved", "swap requested"]);
  });

  test("a swap that comes to nothing", async () => {
    const [ann, bob, first, second, third] = [aPerson(), aPerson(), newId(), newId(), newId()];
    await swap("SwapRequested", first, ann, bob, 1);
    await swap("SwapDeclined", first, ann, bob, 2);
    await swap("SwapRequested", second, ann, bob, 3);
    await swap("SwapCancelled", second, ann, bob, 4);
    await swap("SwapRequested", third, ann, bob, 5);
    await swap("SwapAccepted", third, ann, bob, 6);
    await swap("SwapDeclined", third, ann, bob, 7);
    expect(await told(ann)).toEqual(["swap declined", "swap accepted", "swap declined"]);
    expect(await told(bob)).toEqual([
      "swap declined",
      "swap requested",
      "swap cancelled",
      "swap requested",
      "swap requested",
    ]);
  });

  test.each([
    ["that nobody answered", false, ["swap expired"], ["swap expired", "swap requested"]],
    ["that both had agreed to", true, ["swap expired", "swap accepted"], ["swap expired", "swap requested"]],
  ])("a swap %s and that lapsed: both drivers, once, however often it is told", async (_, accepted, asker, asked) => {
    const [ann, bob, cat, id, event] = [aPerson(), aPerson(), aPerson(), newId(), newId()];
    await swap("SwapRequested", id, ann, bob, 1);
    if (accepted) await swap("SwapAccepted", id, ann, bob, 2);
    const before = [await deliveredTo(ann), await deliveredTo(bob)];
    await Promise.all([1, 2, 3].map(() => swap("SwapExpired", id, ann, bob, 3, event)));
    expect([await told(ann), await told(bob), await told(cat)]).toEqual([asker, asked, []]);
    const { notices } = await inboxOf(bob).listNotices({});
    expect(notices[0]).toMatchObject({ subjectId: id, serviceDate: "", at: toTimestamp(at(3)) });
    expect([await deliveredTo(ann), await deliveredTo(bob)]).toEqual(before.map((count) => count + 1));
  });

  test("nothing of a release whose cause it does not know: the event waits for a newer version", async () => {
    const [ann, duty] = [aPerson(), newId()];
    await released(duty, ann, { minute: 1 }, 99 as ReleaseCause);
    expect(await told(ann)).toEqual([]);
    const parked = await service.db.rows("select type from parked_event where aggregate_id = $1", [duty]);
    expect(parked).toEqual([{ type: "DutyReleased" }]);
  });
});

describe("the inbox", () => {
  test("comes by page, newest first, all or what waits", async () => {
    const ann = aPerson();
    for (const minute of [1, 2, 3, 4, 5]) await assigned(newId(), ann, { minute });
    const read = async (waiting: boolean) => {
      const minutes: number[] = [];
      for (let cursor = ""; ; ) {
        const { notices, page } = await inboxOf(ann).listNotices({ waiting, page: { size: 2, cursor } });
        minutes.push(...notices.map(({ at: told }) => (Number(told?.seconds) - at(0).epochMilliseconds / 1000) / 60));
        if (!page?.next) return minutes;
        cursor = page.next;
      }
    };
    expect(await read(false)).toEqual([5, 4, 3, 2, 1]);
    const { notices } = await inboxOf(ann).listNotices({});
    await inboxOf(ann).acknowledgeNotice({ noticeId: notices[1]?.id ?? "" });
    expect(await read(true)).toEqual([5, 3, 2, 1]);
    expect((await inboxOf(ann).listNotices({ page: { size: 1 } })).waiting).toBe(4);
  });

  test("an acknowledgement counts once, and keeps its first time", async () => {
    const ann = aPerson();
    await assigned(newId(), ann, { minute: 1 });
    const { notices } = await inboxOf(ann).listNotices({});
    const noticeId = notices[0]?.id ?? "";
    const answers = await Promise.all(Array.from({ length: 8 }, () => inboxOf(ann).acknowledgeNotice({ noticeId })));
    await service.setClock("2026-11-21T09:00:00Z");
    answers.push(await inboxOf(ann).acknowledgeNotice({ noticeId }));
    const seen = new Set(answers.map(({ notice }) => notice?.acknowledgedAt?.seconds));
    expect([...seen]).toEqual([toTimestamp(Temporal.Instant.from("2026-11-21T08:00:00Z")).seconds]);
    const events = (await service.recorded()).filter(({ aggregate }) => aggregate === noticeId);
    expect(events.map(({ type }) => type)).toEqual(["NoticeDelivered", "NoticeAcknowledged"]);
  });

  test("is the driver's own", async () => {
    const [ann, bob] = [aPerson(), aPerson()];
    await assigned(newId(), ann, { minute: 1 });
    expect(await told(bob)).toEqual([]);
    const { notices } = await inboxOf(ann).listNotices({});
    await expect(inboxOf(bob).acknowledgeNotice({ noticeId: notices[0]?.id ?? "" })).rejects.toMatchObject({
      slug: "notice.unknown",
    });
  });

  test.each(roles.filter((role) => role !== "driver"))("is closed to who is only %s", async (role) => {
    const caller = aPerson(newId(), role);
    await expect(inboxOf(caller).listNotices({})).rejects.toMatchObject({ slug: "caller.role" });
    await expect(inboxOf(caller).acknowledgeNotice({ noticeId: newId() })).rejects.toMatchObject({
      slug: "caller.role",
    });
  });

  test("is closed to drivers who are no employees", async () => {
    const caller: Person = { ...aPerson(), employee: null };
    await expect(inboxOf(caller).listNotices({})).rejects.toMatchObject({ slug: "caller.no-employee" });
  });
});
