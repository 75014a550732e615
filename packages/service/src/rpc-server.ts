import { createServer, type Http2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import type { ConnectRouter, Interceptor } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { within } from "@headway/kernel/within";

/** The longest that any call may take; each has its own, shorter deadline from the edge. */
export const longestCallMs = 15 * 60_000;

export type RpcServer = { readonly port: number; readonly close: () => Promise<void> };

/**
 * Serves operations over HTTP/2 without TLS, to Connect and to plain gRPC clients alike.
 * `close` takes no more calls and lets running ones finish; those that still run after `patienceMs` are cut off.
 */
export const startRpcServer = async (
  port: number,
  host: string,
  routes: (router: ConnectRouter) => void,
  interceptors: Interceptor[],
  patienceMs = 5000,
): Promise<RpcServer> => {
  const sessions = new Set<Http2Session>();
  const server = createServer(
    connectNodeAdapter({ routes, interceptors, maxTimeoutMs: longestCallMs, readMaxBytes: 16 * 1024 * 1024 }),
  );
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const session of sessions) session.close();
      await within(patienceMs, closed).catch(() => {
        for (const session of sessions) session.destroy();
      });
    },
  };
};
