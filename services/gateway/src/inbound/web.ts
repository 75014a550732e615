import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { ConfigError } from "@headway/service/config";

export type WebNeeds = {
  readonly port: number;
  readonly host: string;
  readonly app: RequestListener;
  readonly sockets: {
    readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
    readonly close: () => Promise<void>;
  };
  /** The gateway begins to hear what happens. */
  readonly hear: () => Promise<void>;
  readonly onListening: (port: number) => void;
};

const longestUploadMs = 15 * 60_000;
/** What runs longer at the stop is cut off, so that the process keeps to its ten seconds. */
const patienceMs = 7_000;

/** The one door for the outside. `stop` ends the live connections and lets running requests finish. */
export const web = ({ port, host, app, sockets, hear, onListening }: WebNeeds) => {
  const server = createServer(
    { requestTimeout: longestUploadMs, headersTimeout: 15_000, keepAliveTimeout: 65_000 },
    app,
  );
  server.on("upgrade", sockets.upgrade);
  const running = runningRequests(server);
  return {
    async start(): Promise<void> {
      await hear();
      await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve)).catch(
        (error: NodeJS.ErrnoException) => {
          if (error.code === "EADDRINUSE")
            throw new ConfigError(`Port ${port} is in use. Stop what uses it, or choose another with HEADWAY_PORT.`);
          throw error;
        },
      );
      onListening((server.address() as AddressInfo).port);
    },
    async stop(): Promise<void> {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await sockets.close();
      await Promise.race([running.done(), pause(patienceMs, null, { ref: false })]);
      // Connections without a request count as busy to Node, and would be waited for.
      server.closeAllConnections();
      await closed;
    },
  };
};

/** How many requests are being answered, and when there are none. */
const runningRequests = (server: Server) => {
  let count = 0;
  let done = Promise.withResolvers<void>();
  server.on("request", (_request, response) => {
    count += 1;
    response.once("close", () => {
      count -= 1;
      if (count > 0) return;
      done.resolve();
      done = Promise.withResolvers<void>();
    });
  });
  return { done: (): Promise<void> => (count === 0 ? Promise.resolve() : done.promise) };
};
