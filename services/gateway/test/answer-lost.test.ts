import { DepotService } from "@headway/contracts/gen/headway/hr/v1/depot_service_pb";
import { newId } from "@headway/kernel/ids";
import type { Caller } from "@headway/service/caller";
import { defineService, door } from "@headway/service/service";
import { type ServiceUnderTest, serviceUnderTest } from "@headway/service/service-under-test";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { as, type GatewayUnderTest, gatewayUnderTest } from "./gateway-under-test.ts";

/** As though each gateway were killed just before it kept an answer, and all claims had ended since. */
const forgetful = {
  claim: async () => null,
  keep: () => Promise.reject(new Error("killed")),
  release: async () => {},
};

let opened: string[];

/** Opens depots, however often it is asked to. */
const owner = defineService({
  name: "owner",
  topic: null,
  config: {},
  migrations: null,
  build: ({ db }) => ({
    doors: [
      door(DepotService, {
        async openDepot({ code, name, timeZone }) {
          await db.inTx(async () => {});
          opened.push(code);
          return { depot: { id: newId(), code, name, timeZone, version: 1 } };
        },
        listDepots: async () => ({ depots: [] }),
      }),
    ],
    consumers: [],
    jobs: [],
  }),
});

const admin: Caller = {
  kind: "person",
  user: newId(),
  session: "test",
  employee: null,
  grants: [{ role: "admin", depots: null }],
};

let gateway: GatewayUnderTest;
let service: ServiceUnderTest;
let keys: (string | null)[];

beforeAll(async () => {
  [gateway, service] = await Promise.all([gatewayUnderTest({}, { answers: forgetful }), serviceUnderTest(owner)]);
});
afterAll(async () => {
  await gateway?.close();
  await service?.close();
});
beforeEach(() => {
  opened = [];
  keys = [];
  const note = (header: Headers): string => {
    keys.push(header.get("headway-command"));
    return header.get("headway-command") ?? "";
  };
  gateway.inside.answers = {
    OpenDepot: ([said = {}], header) =>
      service.as(admin, DepotService).openDepot(said, { headers: { "headway-command": note(header) } }),
    CreateServiceAccount: (_said, header) => ({ key: note(header) }),
    ListDepots: (_said, header) => ({ depots: [], about: note(header) }),
  };
});

const call = async (method: string, path: string, key: string, body?: object, credential = "admin.all") => {
  const response = await fetch(`${gateway.url}/dispatcher/v1${path}`, {
    method,
    headers: { ...as("dispatcher", credential), "content-type": "application/json", "idempotency-key": key },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: (await response.json()) as { id?: string; slug?: string } };
};
const open = (key: string, code: string, credential?: string) =>
  call("POST", "/depots", key, { code, name: "Division 22", timeZone: "Europe/Paris" }, credential);
const answersKept = (count: number): Promise<void> =>
  vi.waitFor(
    async () =>
      expect(await service.db.rows("select 1 from command_done where answer is not null")).toHaveLength(count),
    { timeout: 20_000 },
  );

test("a command whose answer the edge has lost takes effect once, and its repetition gets the first answer", async () => {
  const key = newId();
  const first = await open(key, "D22");
  await answersKept(1);
  expect(first).toMatchObject({ status: 201 });
  expect(await open(key, "D22")).toEqual(first);
  expect(opened).toEqual(["D22"]);
});

test("the same key of another caller is another command; for another request it is refused", async () => {
  const key = newId();
  await open(key, "D22");
  expect(await open(key, "D23")).toMatchObject({ status: 422, body: { slug: "idempotency-key.reused" } });
  await open(key, "D22", `admin.all.${newId()}`);
  expect(opened).toEqual(["D22", "D22"]);
});

test("the owner is told where the answer is a secret; a read has no key", async () => {
  await call("POST", "/service-accounts", newId(), { name: "terminals", grants: [] });
  await call("GET", "/depots", newId());
  expect(keys).toEqual([expect.stringMatching(/;secret$/), null]);
});
