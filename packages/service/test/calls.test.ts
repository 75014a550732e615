import { once } from "node:events";
import type { Interceptor } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport } from "@connectrpc/connect-node";
import { PayPeriodService } from "@headway/contracts/gen/headway/accounting/v1/pay_period_service_pb";
import { DepotService } from "@headway/contracts/gen/headway/hr/v1/depot_service_pb";
import { conflict, type DomainError } from "@headway/kernel/domain-error";
import { newId } from "@headway/kernel/ids";
import { openDatabase } from "@headway/postgres/database";
import { faultProxy } from "@headway/testkit/fault-proxy";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type Caller, callerOf } from "../src/caller.ts";
import { current, under } from "../src/circumstances.ts";
import { refusingClient } from "../src/client.ts";
import { clientInterceptor } from "../src/client-interceptor.ts";
import { openLog } from "../src/log.ts";
import { openMetrics } from "../src/metrics.ts";
import { type RpcServer, startRpcServer } from "../src/rpc-server.ts";
import { serverInterceptor } from "../src/server-interceptor.ts";
import { inwardTokens } from "../src/tokens.ts";
import { givenTinyDatabase } from "./tiny/given-tiny.ts";

const tokens = inwardTokens("a secret that only tests know, long enough");
const admin: Caller = {
  kind: "person",
  user: newId(),
  session: "s",
  employee: null,
  grants: [{ role: "admin", depots: null }],
};
const seen: { caller: Caller; left: number }[] = [];
let answer: () => Promise<{ depots: [] }>;
let server: RpcServer;

beforeAll(async () => {
  server = await startRpcServer(
    0,
    "127.0.0.1",
    (router) =>
      router.service(DepotService, {
        openDepot: async () => {
          throw conflict("depot.code-taken", "There is a depot N already.", { field: "code" });
        },
        listDepots: async (_request, context) => {
          seen.push({
            caller: callerOf(context),
            left: (current()?.deadline ?? Number.POSITIVE_INFINITY) - Date.now(),
          });
          return answer();
        },
      }),
    [serverInterceptor({ tokens, log: openLog("silent"), metrics: openMetrics() })],
  );
});
afterAll(() => server.close());
beforeEach(() => {
  seen.length = 0;
  tries = 0;
  answer = async () => ({ depots: [] });
});

const as = <T>(caller: Caller, work: () => Promise<T>, deadline: number | null = null): Promise<T> =>
  under({ caller, deadline }, work);
/** Longer than any test may take: what ends before has been ended. */
const veryLong = 10 * 60_000;
let tries: number;
const counted: Interceptor = (next) => (request) => {
  tries++;
  return next(request);
};
const transport = (port: number) =>
  createConnectTransport({
    baseUrl: `http://127.0.0.1:${port}`,
    httpVersion: "2",
    interceptors: [clientInterceptor({ tokens, self: "test", restMs: veryLong }), counted],
    defaultTimeoutMs: veryLong,
  });
const client = (port = server.port) => refusingClient(DepotService, transport(port));

test("the caller goes with the call, and a service speaks for itself where nobody stands behind it", async () => {
  await as(admin, () => client().listDepots({}));
  await client().listDepots({});
  expect(seen.map(({ caller }) => caller)).toEqual([admin, { kind: "service", name: "test" }]);
});

test("a deadline shrinks on its way", async () => {
  await as(admin, () => client().listDepots({}), Date.now() + 60_000);
  expect(seen[0]?.left).toBeGreaterThan(0);
  expect(seen[0]?.left).toBeLessThanOrEqual(60_000);
});

test("a refusal arrives as it was thrown", async () => {
  await expect(as(admin, () => client().openDepot({}))).rejects.toMatchObject({
    kind: "conflict",
    slug: "depot.code-taken",
    findings: [{ field: "code" }],
  } satisfies Partial<Record<keyof DomainError, unknown>>);
});

test("an internal error tells nothing of itself", async () => {
  answer = async () => {
    throw new Error("select secret from table");
  };
  await expect(as(admin, () => client().listDepots({}))).rejects.toThrow(/^\[internal\] internal error$/);
});

test("plain gRPC clients are served too, and are asked for their token", async () => {
  const grpc = (interceptors: ReturnType<typeof clientInterceptor>[]) =>
    refusingClient(DepotService, createGrpcTransport({ baseUrl: `http://127.0.0.1:${server.port}`, interceptors }));
  await expect(grpc([clientInterceptor({ tokens, self: "test" })]).listDepots({})).resolves.toMatchObject({
    depots: [],
  });
  await expect(grpc([]).listDepots({})).rejects.toMatchObject({ kind: "denied", slug: "caller.unknown" });
});

test.each([["another secret", "another secret that is long enough as well"]])(
  "a token under %s is worth nothing",
  async (_what, secret) => {
    const forged = refusingClient(
      DepotService,
      createConnectTransport({
        baseUrl: `http://127.0.0.1:${server.port}`,
        httpVersion: "2",
        interceptors: [clientInterceptor({ tokens: inwardTokens(secret), self: "hr" })],
      }),
    );
    await expect(forged.listDepots({})).rejects.toMatchObject({ kind: "denied", slug: "token.invalid" });
  },
);

test("no other service is called inside a transaction", async () => {
  const { url, drop } = await givenTinyDatabase();
  const db = openDatabase({ url, name: "test", most: 1 });
  onTestFinished(async () => {
    await db.close();
    await drop();
  });
  await expect(db.inTx(() => client().listDepots({}))).rejects.toThrow(/ListDepots was called inside a transaction/);
  expect(seen).toEqual([]);
});

/** A client of the service behind a line that can be broken; it has called once. */
const givenFar = async () => {
  const proxy = await faultProxy({ host: "127.0.0.1", port: server.port });
  onTestFinished(() => proxy.close());
  const far = client(proxy.port);
  await as(admin, () => far.listDepots({}));
  return { proxy, far };
};

describe("a service that is away", () => {
  test("a read is tried again and succeeds when the line comes back; a write is not", async () => {
    let failures = 2;
    answer = async () => {
      if (failures-- > 0) throw Object.assign(conflict("x", "x"), { kind: "unavailable" });
      return { depots: [] };
    };
    await expect(as(admin, () => client().listDepots({}))).resolves.toMatchObject({ depots: [] });
    expect(seen).toHaveLength(3);
  });

  test("after many failures it is left alone: nothing is sent there, and the refusal says when to try again", async () => {
    const { proxy, far } = await givenFar();
    proxy.cut();
    for (let calls = 0; calls < 3; calls++)
      await expect(as(admin, () => far.listDepots({}))).rejects.toMatchObject({ kind: "unavailable" });
    proxy.restore();
    tries = 0;
    await expect(as(admin, () => far.listDepots({}))).rejects.toMatchObject({ kind: "unavailable", retryAfter: 2 });
    expect(tries).toBe(0);
  });
});

describe("a deadline", () => {
  test("ends a call to a service that fell silent, and nothing is tried again behind it", async () => {
    const { proxy, far } = await givenFar();
    proxy.freeze();
    tries = 0;
    await expect(as(admin, () => far.listDepots({}), Date.now() + 300)).rejects.toMatchObject({ kind: "unavailable" });
    expect(tries).toBe(1);
  });

  test("that has passed is not given three more tries", async () => {
    const release = Promise.withResolvers<{ depots: [] }>();
    answer = () => release.promise;
    const late = as(admin, () => client().listDepots({}), Date.now() + 100);
    await expect(late).rejects.toMatchObject({ kind: "unavailable" });
    expect(tries).toBe(1);
    release.resolve({ depots: [] });
  });

  test("that has passed before the call lets nothing be sent", async () => {
    tries = 0;
    const late = as(admin, () => client().listDepots({}), Date.now() - 1);
    await expect(late).rejects.toMatchObject({ kind: "unavailable" });
    expect(tries).toBe(0);
  });
});

describe("a streamed answer", () => {
  const lines: string[] = [];
  let parts: (cut: AbortSignal) => AsyncGenerator<{ content: Uint8Array }>;
  const streaming = async () => {
    const own = await startRpcServer(
      0,
      "127.0.0.1",
      (router) => router.service(PayPeriodService, { readPayroll: (_said, { signal }) => parts(signal) }),
      [
        serverInterceptor({
          tokens,
          log: openLog("error", { write: (line) => void lines.push(line) }),
          metrics: openMetrics(),
        }),
      ],
    );
    onTestFinished(() => own.close());
    const payroll = refusingClient(PayPeriodService, transport(own.port));
    return async (): Promise<number> => {
      let count = 0;
      for await (const _part of payroll.readPayroll({})) count++;
      return count;
    };
  };

  test("is made on behalf of the caller from its first part to its last", async () => {
    const callers: unknown[] = [];
    parts = async function* () {
      for (let count = 0; count < 3; count++) {
        callers.push(current()?.caller);
        yield { content: new Uint8Array(1) };
      }
    };
    const read = await streaming();
    expect(await as(admin, read)).toBe(3);
    expect(callers).toEqual([admin, admin, admin]);
  });

  test("is refused as it was thrown, also behind its first part", async () => {
    parts = async function* () {
      yield { content: new Uint8Array(1) };
      throw conflict("pay-period.open", "It is not exported yet.");
    };
    const read = await streaming();
    await expect(as(admin, read)).rejects.toMatchObject({ kind: "conflict", slug: "pay-period.open" });
  });

  test("whose call is cut is made no further", async () => {
    const ended = Promise.withResolvers<void>();
    parts = async function* (cut) {
      try {
        yield { content: new Uint8Array(1) };
        await once(cut, "abort");
        yield { content: new Uint8Array(1) };
        throw new Error("asked for more");
      } finally {
        ended.resolve();
      }
    };
    const read = await streaming();
    await expect(as(admin, read, Date.now() + 300)).rejects.toMatchObject({ kind: "unavailable" });
    await ended.promise;
    expect(lines.join()).not.toContain("asked for more");
  });

  test("that breaks tells nothing of why; the log does", async () => {
    parts = async function* () {
      yield { content: new Uint8Array(1) };
      throw new Error("select secret from table");
    };
    const read = await streaming();
    await expect(as(admin, read)).rejects.toThrow(/internal error$/);
    expect(lines.join()).toContain("select secret");
  });
});

describe("a server that closes", () => {
  /** A server that has a call in hand until it is told to answer. */
  const busyServer = async (patienceMs: number) => {
    const begun = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<void>();
    const own = await startRpcServer(
      0,
      "127.0.0.1",
      (router) =>
        router.service(DepotService, {
          listDepots: async () => {
            begun.resolve();
            await answered.promise;
            return { depots: [] };
          },
        }),
      [serverInterceptor({ tokens, log: openLog("silent"), metrics: openMetrics() })],
      patienceMs,
    );
    const call = as(admin, () => client(own.port).listDepots({}));
    call.catch(() => {});
    await begun.promise;
    return { call, close: own.close, answer: answered.resolve };
  };

  test("answers the calls that run", async () => {
    const { call, close, answer } = await busyServer(veryLong);
    const closed = close();
    answer();
    await closed;
    await expect(call).resolves.toMatchObject({ depots: [] });
  });

  test("cuts off the ones that would hold it up", async () => {
    const { call, close, answer } = await busyServer(200);
    await close();
    await expect(call).rejects.toMatchObject({ kind: "unavailable" });
    answer();
  });
});
