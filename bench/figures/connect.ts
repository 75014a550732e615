import { createClient, type Interceptor } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { DepotService } from "@headway/contracts/gen/headway/hr/v1/depot_service_pb";
import { newId } from "@headway/kernel/ids";
import type { Caller } from "@headway/service/caller";
import { under } from "@headway/service/circumstances";
import { refusingClient } from "@headway/service/client";
import { clientInterceptor } from "@headway/service/client-interceptor";
import { startTracing } from "@headway/service/start-tracing";
import type { Figure, Measurement } from "../frame/figure.ts";
import { tokens } from "./connect/depots.ts";
import type { Ports } from "./connect/server-process.ts";
import { forked } from "./forked.ts";
import { inTurns } from "./in-turns.ts";

/** Calls from one service to another with all that stands around them, beside bare Connect calls of the same method. */
export const connect: Figure = async ({ repeats, say }) => {
  const stopTracing = await startTracing("figures", undefined);
  const server = forked<object, Ports>(new URL("connect/server-process.ts", import.meta.url));
  try {
    const { whole, bare } = await server.ask({});
    const ours = refusingClient(DepotService, transport(whole, [clientInterceptor({ tokens, self: "figures" })]));
    const peer = createClient(DepotService, transport(bare, []));
    const calls = {
      ours: () => under({ caller: callerOf(), deadline: Date.now() + 30_000 }, () => ours.listDepots({})),
      peer: () => peer.listDepots({}),
    };
    const measured: Measurement[] = [];
    for (const clients of [1, 16]) {
      const { ours, peers } = await inTurns({ clients, repeats, ...calls });
      say(`${clients} in flight: ${ours.map(Math.round)} beside ${peers.map(Math.round)}`);
      measured.push(toMeasurement(clients, ours, peers));
    }
    return measured;
  } finally {
    await server.end();
    await stopTracing();
  }
};

const transport = (port: number, interceptors: Interceptor[]) =>
  createConnectTransport({
    baseUrl: `http://127.0.0.1:${port}`,
    httpVersion: "2",
    interceptors,
    defaultTimeoutMs: 60_000,
  });

/** So many are at work at once; each has a session and a token of their own. */
const people: readonly Caller[] = Array.from({ length: 200 }, () => ({
  kind: "person",
  user: newId(),
  session: crypto.randomUUID(),
  employee: newId(),
  grants: [{ role: "dispatcher", depots: [newId(), newId()] }],
}));

let turn = 0;
const callerOf = (): Caller => people[turn++ % people.length] ?? { kind: "nobody" };

const toMeasurement = (clients: number, ours: readonly number[], peers: readonly number[]): Measurement => ({
  name: `${clients} in flight`,
  unit: "calls/s",
  goal: { of: "ratio", is: "at least", value: 0.7 },
  ours,
  peer: { name: "bare Connect", values: peers },
  note: `Over HTTP/2 between two processes; with token, deadline, trace, role, log and metrics, for ${people.length} callers in turn.`,
});
