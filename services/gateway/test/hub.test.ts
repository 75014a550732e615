import { type DepotId, newId, type UserId } from "@headway/kernel/ids";
import type { Person, Role } from "@headway/service/caller";
import { expect, test } from "vitest";
import { concerns } from "../src/live/concern.ts";
import { type Change, Hub, type Listener } from "../src/live/hub.ts";
import type { View } from "../src/live/views.ts";

const person = (role: Role, depots: readonly DepotId[] | null = null): Person => ({
  kind: "person",
  user: newId<UserId>(),
  session: newId(),
  employee: null,
  grants: [{ role, depots }],
});
const view = (over: Partial<View> = {}): View => ({
  ids: {},
  roles: ["dispatcher"],
  everywhere: false,
  owners: [],
  ...over,
});
const change = (over: Partial<View> = {}): Change => ({
  type: "DutyCancelled",
  at: "2026-11-21T04:05:00Z",
  view: view(over),
});
const wide = { face: "dispatcher", depot: null, day: null } as const;

const listener = (): Listener & { readonly texts: string[] } => {
  const texts: string[] = [];
  return { person: person("dispatcher"), interest: wide, send: (text) => texts.push(text), end: () => {}, texts };
};

test("what names no depot is for those who hold the role in all, unless it is for everybody with the role", () => {
  const local = person("dispatcher", [newId<DepotId>()]);
  expect(concerns(local, wide, view())).toBe(false);
  expect(concerns(person("dispatcher"), wide, view())).toBe(true);
  expect(concerns(local, wide, view({ everywhere: true }))).toBe(true);
  expect(concerns(person("hr"), wide, view({ everywhere: true }))).toBe(false);
});

test("who was away for too long is told to fetch anew", () => {
  const hub = new Hub();
  const first = listener();
  hub.join(first, null, "now");
  hub.tell(change());
  const last = (JSON.parse(first.texts.at(-1) ?? "{}") as { id: string }).id;
  for (let count = 0; count < 10_001; count++) hub.tell(change());
  const late = listener();
  hub.join(late, last, "now");
  expect(late.texts.map((text) => (JSON.parse(text) as { resumed?: boolean }).resumed)).toEqual([false]);
});

test("who was away for less hears all of it, in order", () => {
  const hub = new Hub();
  const first = listener();
  hub.join(first, null, "now");
  const hello = (JSON.parse(first.texts[0] ?? "{}") as { id: string }).id;
  for (let count = 0; count < 4_000; count++) hub.tell(change({ ids: { dutyId: String(count) } }));
  const late = listener();
  hub.join(late, hello, "now");
  expect(late.texts.slice(1)).toEqual(first.texts.slice(1));
});
