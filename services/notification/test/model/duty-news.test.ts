import type { AssignmentId, DriverId, DutyId, RosterId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type DutyAssigned,
  type DutyChanged,
  type DutyReleased,
  type DutyWatch,
  hearAssigned,
  hearChanged,
  hearReleased,
  type ReleaseCause,
  type Tidings,
} from "../../src/model/duty-news.ts";
import type { News, NewsKey } from "../../src/model/notice.ts";

const duty = "u1" as DutyId;
const unwatched: DutyWatch = { duty, holder: null, released: null, change: null };
const day = Temporal.PlainDate.from("2026-11-23");
const at = (minute: number) => Temporal.Instant.from("2026-11-20T08:00:00Z").add({ minutes: minute });

type Heard =
  | { readonly assigned: DutyAssigned }
  | { readonly released: DutyReleased }
  | { readonly changed: DutyChanged };

const assigned = (driver: string, minute: number, over: { version?: number; publication?: boolean } = {}): Heard => ({
  assigned: {
    duty,
    assignment: `${driver}@${minute}` as AssignmentId,
    driver: driver as DriverId,
    serviceDate: day,
    rosterVersion: over.version ?? minute,
    at: at(minute),
    roster: "r1" as RosterId,
    byPublication: over.publication ?? false,
  },
});
const released = (driver: string, minute: number, cause: ReleaseCause = "unassigned", version = minute): Heard => ({
  released: {
    duty,
    assignment: `${driver} before ${minute}` as AssignmentId,
    driver: driver as DriverId,
    serviceDate: day,
    rosterVersion: version,
    at: at(minute),
    cause,
  },
});
const changed = (version: number, minute: number): Heard => ({
  changed: { duty, version, serviceDate: day, at: at(minute) },
});

const hear = (watch: DutyWatch, heard: Heard): Tidings => {
  if ("assigned" in heard) return hearAssigned(watch, heard.assigned);
  return "released" in heard ? hearReleased(watch, heard.released) : hearChanged(watch, heard.changed);
};

/** What lies in the inboxes in the end. */
const inboxAfter = (all: readonly Heard[]): News[] => {
  const inbox = new Map<string, News>();
  const keyOf = ({ employee, kind, subject, occasion }: News) => [employee, kind, subject, occasion].join();
  const isMeant = (key: NewsKey, news: News) =>
    [key.employee, key.kind, key.subject, key.occasion ?? news.occasion].join() === keyOf(news);
  let watch = unwatched;
  for (const heard of all) {
    const tidings = hear(watch, heard);
    for (const key of tidings.takeBack)
      for (const news of inbox.values()) if (isMeant(key, news)) inbox.delete(keyOf(news));
    for (const news of tidings.deliver) inbox.set(keyOf(news), news);
    watch = tidings.watch;
  }
  return [...inbox.values()];
};

const told = (...all: readonly Heard[]): string[] => inboxAfter(all).map(({ employee, kind }) => `${employee} ${kind}`);

describe("who hears of a duty", () => {
  test("the publication of a roster is news of the roster, not of each duty", () => {
    const tidings = hear(unwatched, assigned("ann", 1, { publication: true }));
    expect(tidings.deliver).toEqual([
      { employee: "ann", kind: "roster-published", subject: "r1", occasion: "", serviceDate: null, at: at(1) },
    ]);
  });

  test("afterwards each duty given or taken is news of its own", () => {
    const tidings = hear(unwatched, assigned("ann", 2));
    expect(tidings.deliver).toEqual([
      { employee: "ann", kind: "duty-assigned", subject: duty, occasion: "ann@2", serviceDate: day, at: at(2) },
    ]);
    expect(told(assigned("ann", 1, { publication: true }), released("ann", 2), assigned("bob", 3))).toEqual([
      "ann roster-published",
      "ann duty-released",
      "bob duty-assigned",
    ]);
  });

  test.each<[ReleaseCause, string[]]>([
    ["unassigned", ["ann duty-released"]],
    ["absence", ["ann duty-released"]],
    ["missed", ["ann duty-released"]],
    ["terminated", ["ann duty-released"]],
    ["moved", ["ann duty-released"]],
    ["cancelled-duty", ["ann duty-cancelled"]],
    ["swap", []],
  ])("a release for the cause %s", (cause, expected) => {
    expect(told(released("ann", 2, cause))).toEqual(expected);
  });

  test("a duty that is covered in one change is news for both", () => {
    expect(told(assigned("ann", 1), released("ann", 2, "missed", 7), assigned("bob", 2, { version: 7 }))).toEqual([
      "ann duty-assigned",
      "ann duty-released",
      "bob duty-assigned",
    ]);
  });

  test("a duty that changes hands by a swap is news of the swap alone", () => {
    expect(told(released("ann", 2, "swap", 7), assigned("bob", 2, { version: 7 }))).toEqual([]);
    expect(told(released("ann", 2, "swap", 7), assigned("bob", 3, { version: 8 }))).toEqual(["bob duty-assigned"]);
  });

  test("who gets a duty back with other times hears of one change, also where planning told of it too", () => {
    const given = assigned("ann", 1, { publication: true });
    const plan = changed(2, 4);
    const taken = released("ann", 5, "unassigned", 7);
    const givenAnew = assigned("ann", 5, { version: 7 });
    for (const heard of [
      [taken, givenAnew],
      [plan, taken, givenAnew],
      [taken, plan, givenAnew],
      [taken, givenAnew, plan],
    ])
      expect(told(given, ...heard)).toEqual(["ann roster-published", "ann duty-changed"]);
  });

  test("a change is news for whoever was given the duty before", () => {
    expect(told(assigned("ann", 1), changed(2, 4))).toEqual(["ann duty-assigned", "ann duty-changed"]);
    expect(told(changed(2, 4), assigned("ann", 1))).toEqual(["ann duty-assigned", "ann duty-changed"]);
    expect(told(assigned("ann", 1), released("ann", 3), changed(2, 4))).toEqual([
      "ann duty-assigned",
      "ann duty-released",
    ]);
    expect(told(changed(2, 4), assigned("ann", 5))).toEqual(["ann duty-assigned"]);
  });

  test("the news of a change takes the place of the one before", () => {
    const inbox = inboxAfter([assigned("ann", 1), changed(2, 4), changed(3, 6)]);
    expect(inbox.map(({ kind, at }) => [kind, at])).toEqual([
      ["duty-assigned", at(1)],
      ["duty-changed", at(6)],
    ]);
  });

  test("an older change heard late is no news", () => {
    expect(told(assigned("ann", 1), changed(3, 6), changed(2, 4))).toEqual(["ann duty-assigned", "ann duty-changed"]);
  });
});

/** What became of a duty, as each of the two services tells it. */
type Story = { readonly roster: readonly Heard[]; readonly plan: readonly Heard[] };

const storyOf = (
  steps: readonly { readonly does: "give" | "repiece" | "retime"; readonly driver: string }[],
): Story => {
  const roster: Heard[] = [];
  const plan: Heard[] = [];
  let holder: string | null = null;
  for (const [index, { does, driver }] of steps.entries()) {
    const minute = index * 10;
    if (does !== "give") plan.push(changed(index, minute));
    const gets: string | null = does === "give" ? driver : does === "retime" ? holder : null;
    if (!gets) continue;
    if (holder) roster.push(released(holder, minute + 1, "unassigned", minute));
    roster.push(assigned(gets, minute + 1, { version: minute }));
    holder = gets;
  }
  return { roster, plan };
};

const interleaved = ({ roster, plan }: Story, turns: readonly boolean[]): Heard[] => {
  const [left, right] = [[...roster], [...plan]];
  const heard = turns.flatMap((turn) => (turn ? left : right).splice(0, 1));
  return [...heard, ...left, ...right];
};

test("whoever holds a duty in the end has heard the same of it, however planning and scheduling interleave", () => {
  const step = fc.record({ does: fc.constantFrom("give", "repiece", "retime"), driver: fc.constantFrom("ann", "bob") });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 10 }), fc.array(fc.boolean(), { maxLength: 40 }), (steps, turns) => {
      const story = storyOf(steps);
      const last = story.roster.at(-1);
      if (!last || !("assigned" in last)) return;
      const { driver, at: since } = last.assigned;
      const heardBy = (order: readonly Heard[]) =>
        new Set(
          inboxAfter(order)
            .filter(({ employee, at }) => employee === driver && Temporal.Instant.compare(at, since) >= 0)
            .map(({ kind }) => kind),
        );
      expect(heardBy(interleaved(story, turns))).toEqual(heardBy([...story.plan, ...story.roster]));
    }),
  );
});
