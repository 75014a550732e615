import { createConnectTransport } from "@connectrpc/connect-node";
import { DepotService } from "@headway/contracts/gen/headway/hr/v1/depot_service_pb";
import { conflict } from "@headway/kernel/domain-error";
import { newId } from "@headway/kernel/ids";
import { execute } from "@headway/postgres/transaction";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { under } from "../src/circumstances.ts";
import { refusingClient } from "../src/client.ts";
import { clientInterceptor } from "../src/client-interceptor.ts";
import { inProcessTransport } from "../src/host-service.ts";
import { type RpcServer, startRpcServer } from "../src/rpc-server.ts";
import { defineService, door } from "../src/service.ts";
import { type ServiceUnderTest, serviceUnderTest } from "./service-under-test.ts";
import { admin } from "./tiny/given-tiny.ts";

const patience = { timeout: 20_000 };

/** What the handler does before, inside and after its transaction; tests put something there. */
const usual = { before: async () => {}, inside: async () => {}, after: async () => {} };
let meanwhile = usual;

/** Opens depots, as often as it is told to. */
const owner = defineService({
  name: "owner",
  topic: null,
  config: {},
  migrations: new URL("./tiny/migrations/", import.meta.url),
  build: ({ db }) => ({
    doors: [
      door(DepotService, {
        async openDepot({ code }) {
          await meanwhile.before();
          const id = newId();
          await db.inTx(async (tx) => {
            await execute(tx, "insert into depot (id, code) values ($1, $2)", [id, code]);
            await meanwhile.inside();
          });
          await db.inTx((tx) => execute(tx, "update depot set code = code || '!' where id = $1", [id]));
          await meanwhile.after();
          return { depot: { id, code } };
        },
        listDepots: async () => ({ depots: [] }),
      }),
    ],
    consumers: [],
    jobs: [],
  }),
});

let service: ServiceUnderTest;
let server: RpcServer;
beforeAll(async () => {
  service = await serviceUnderTest(owner);
  server = await startRpcServer(0, "127.0.0.1", service.hosted.routes, service.hosted.interceptors);
});
afterAll(async () => {
  await server?.close();
  await service?.close();
});
beforeEach(() => {
  meanwhile = usual;
});

const transports = {
  "in the same process": (interceptor: ReturnType<typeof clientInterceptor>) =>
    inProcessTransport(service.hosted, [interceptor]),
  "over HTTP/2": (interceptor: ReturnType<typeof clientInterceptor>) =>
    createConnectTransport({
      baseUrl: `http://127.0.0.1:${server.port}`,
      httpVersion: "2",
      interceptors: [interceptor],
    }),
};

describe.each(Object.entries(transports))("a command that came with a key, %s", (_where, transportWith) => {
  /** Answers the id of the depot. */
  const open = async (code: string, key: string | null, secretAnswer = false, request = "this"): Promise<string> => {
    const { tokens } = service.hosted.ground;
    const client = refusingClient(DepotService, transportWith(clientInterceptor({ tokens, self: "test" })));
    const keyed = key === null ? {} : { commandKey: { key, request, secretAnswer } };
    const { depot } = await under({ caller: admin, deadline: null, ...keyed }, () => client.openDepot({ code }));
    return depot?.id ?? "";
  };
  const opened = async (code: string): Promise<string[]> =>
    (await service.db.rows<{ id: string }>("select id from depot where code = $1", [`${code}!`])).map(({ id }) => id);
  const answerKept = (key: string): Promise<void> =>
    vi.waitFor(async () => {
      const sql = "select 1 from command_done where key = $1 and answer is not null";
      expect(await service.db.rows(sql, [key])).toHaveLength(1);
    }, patience);
  const done = expect.objectContaining({ kind: "conflict", slug: "idempotency-key.done" });
  const refuse = () => Promise.reject(conflict("depot.code-taken", "There is one already."));
  const refused = expect.objectContaining({ slug: "depot.code-taken" });

  test("takes effect once, and is answered the same again", async () => {
    const [code, key] = [newId(), newId()];
    const id = await open(code, key);
    await answerKept(key);
    expect(await open(code, key)).toBe(id);
    expect(await opened(code)).toEqual([id]);
  });

  test("without a key it takes effect each time, and nothing is noted", async () => {
    const code = newId();
    const before = await service.db.rows("select 1 from command_done");
    expect(await open(code, null)).not.toBe(await open(code, null));
    expect(await opened(code)).toHaveLength(2);
    expect(await service.db.rows("select 1 from command_done")).toHaveLength(before.length);
  });

  test("another key is another command", async () => {
    const code = newId();
    await open(code, newId());
    await open(code, newId());
    expect(await opened(code)).toHaveLength(2);
  });

  test("leaves its key free where it was rolled back", async () => {
    const [code, key] = [newId(), newId()];
    meanwhile = { ...usual, inside: refuse };
    await expect(open(code, key)).rejects.toEqual(refused);
    meanwhile = usual;
    const id = await open(code, key);
    expect(await opened(code)).toEqual([id]);
  });

  test("waits for the first of two at once", async () => {
    const [code, key] = [newId(), newId()];
    const inside = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    meanwhile = {
      ...usual,
      async inside() {
        inside.resolve();
        await goOn.promise;
      },
    };
    const first = open(code, key);
    await inside.promise;
    const second = open(code, key).catch((error: unknown) => error);
    await blocked();
    goOn.resolve();
    const id = await first;
    expect(await second).toBe(id);
    expect(await opened(code)).toEqual([id]);
  });

  test("is done by the second of two at once where the first is rolled back", async () => {
    const [code, key] = [newId(), newId()];
    const inside = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    let times = 0;
    meanwhile = {
      ...usual,
      async inside() {
        if (++times > 1) return;
        inside.resolve();
        await goOn.promise;
        await refuse();
      },
    };
    const first = open(code, key).catch((error: unknown) => error);
    await inside.promise;
    const second = open(code, key);
    await blocked();
    goOn.resolve();
    const id = await second;
    // Refused, unless the second was done before the first could say so.
    expect([refused, id, done]).toContainEqual(await first);
    expect(await opened(code)).toEqual([id]);
  });

  test("is refused where something else is said under its key", async () => {
    const [code, key] = [newId(), newId()];
    const id = await open(code, key, false, "this");
    await expect(open(newId(), key, false, "something else")).rejects.toEqual(
      expect.objectContaining({ slug: "idempotency-key.reused" }),
    );
    expect(await open(code, key, false, "this")).toBe(id);
  });

  test("waits for the first answer while that is on its way", async () => {
    const [code, key] = [newId(), newId()];
    const goOn = Promise.withResolvers<void>();
    const committed = Promise.withResolvers<void>();
    meanwhile = {
      ...usual,
      async after() {
        committed.resolve();
        await goOn.promise;
      },
    };
    const first = open(code, key);
    await committed.promise;
    meanwhile = usual;
    const second = open(code, key);
    goOn.resolve();
    expect(await second).toBe(await first);
  });

  test("is told to have been done where its answer was lost, or is a secret", async () => {
    const [code, key, secretKey] = [newId(), newId(), newId()];
    meanwhile = { ...usual, after: () => Promise.reject(new Error("killed")) };
    await expect(open(code, key)).rejects.toThrow("internal error");
    meanwhile = usual;
    await expect(open(code, key)).rejects.toEqual(done);
    await open(code, secretKey, true);
    await expect(open(code, secretKey, true)).rejects.toEqual(done);
    expect(await opened(code)).toHaveLength(2);
  });

  test("is answered the same again where it is refused for what it has done itself", async () => {
    const [code, key] = [newId(), newId()];
    const id = await open(code, key);
    await answerKept(key);
    meanwhile = { ...usual, before: refuse };
    expect(await open(code, key)).toBe(id);
    await expect(open(code, newId())).rejects.toEqual(refused);
  });
});

const blocked = (): Promise<void> =>
  vi.waitFor(async () => {
    const waiting = "select 1 from pg_locks where not granted and locktype = 'transactionid'";
    expect(await service.db.rows(waiting)).not.toHaveLength(0);
  }, patience);

test("what the edge repeats no more is forgotten, at the first command and then at times", async () => {
  const { db, as, close } = await serviceUnderTest(owner);
  onTestFinished(close);
  await db.inTx((tx) =>
    execute(
      tx,
      `insert into command_done (key, operation, request, done_at)
       select hours || ' hours old', 'any', 'this', now() - hours * interval '1 hour' from unnest($1::int[]) as hours`,
      [[24, 26]],
    ),
  );
  await as(admin, DepotService).openDepot({ code: "N" }, { headers: { "headway-command": "new" } });
  await vi.waitFor(
    async () =>
      expect(await db.rows("select key from command_done order by done_at")).toEqual([
        { key: "24 hours old" },
        { key: "new" },
      ]),
    patience,
  );
});
