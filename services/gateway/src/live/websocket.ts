import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { UserId } from "@headway/kernel/ids";
import { type WebSocket, WebSocketServer } from "ws";
import type { WhoIs } from "../inbound/callers.ts";
import { toProblem } from "../inbound/refusal.ts";
import type { OpenSession } from "../outbound/identities.ts";
import { type AdmissionNeeds, type Admitted, admission } from "./admission.ts";
import type { Hub, Listener } from "./hub.ts";

export type WebSocketNeeds = Omit<AdmissionNeeds, "connectionsOf"> & {
  readonly hub: Pick<Hub, "join" | "leave" | "beat" | "endAll">;
  readonly now: () => string;
};

const protocol = "headway.v1";
const mostBuffered = 1024 * 1024;
const beatMs = 15_000;
const shortestLookMs = 30_000;
const longestTimerMs = 2 ** 31 - 1;
/** Close codes of our own (4000 to 4999 are an application's). */
const sessionEnded = 4401;
const lagging = 4408;

export type LiveSockets = {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly close: () => Promise<void>;
};

/** The live connections of the faces. */
export const liveSockets = (needs: WebSocketNeeds): LiveSockets => {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: 1024,
    perMessageDeflate: false,
    handleProtocols: (protocols) => (protocols.has(protocol) ? protocol : false),
  });
  const alive = new WeakSet<WebSocket>();
  const connections = new Map<UserId, number>();
  const connectionsOf = (user: UserId): number => connections.get(user) ?? 0;
  const admit = admission({ ...needs, connectionsOf });
  const timer = setInterval(() => {
    needs.hub.beat(needs.now());
    for (const socket of server.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, beatMs);

  const join = (socket: WebSocket, { session, interest, after }: Admitted): void => {
    const { caller: person } = session;
    const listener: Listener = {
      person,
      interest,
      send: (text) => sendOrDrop(socket, text, needs.now),
      end: (reason) => socket.close(reason === "stopping" ? 1001 : sessionEnded, reason),
    };
    connections.set(person.user, connectionsOf(person.user) + 1);
    alive.add(socket);
    const watch = watchSession(session, needs.identities, () => listener.end("session-ended"));
    socket.on("pong", () => alive.add(socket));
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      clearTimeout(watch.timer);
      needs.hub.leave(listener);
      connections.set(person.user, connectionsOf(person.user) - 1);
    });
    needs.hub.join(listener, after, needs.now());
  };

  return {
    upgrade(request, socket, head) {
      socket.on("error", () => socket.destroy());
      admit(request).then(
        (admitted) => server.handleUpgrade(request, socket, head, (webSocket) => join(webSocket, admitted)),
        (failure: unknown) => refuse(socket, failure, request.url ?? "/"),
      );
    },
    async close() {
      clearInterval(timer);
      needs.hub.endAll();
      // Whoever does not answer the farewell is not waited for.
      const patience = setTimeout(() => server.clients.forEach((socket) => void socket.terminate()), 1000);
      await new Promise<void>((resolve) => server.close(() => resolve()));
      clearTimeout(patience);
    },
  };
};

const sendOrDrop = (socket: WebSocket, text: string, now: () => string): void => {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > mostBuffered) {
    socket.send(JSON.stringify({ type: "lagging", id: null, at: now() }));
    socket.close(lagging, "lagging");
    return;
  }
  socket.send(text);
};

/** Looks again when the session should be over: other calls may have moved its end. */
const watchSession = (
  { secret, endsAt }: OpenSession,
  identities: WhoIs,
  ended: () => void,
): { timer: NodeJS.Timeout } => {
  const later = (until: string): NodeJS.Timeout => {
    const left = Date.parse(until) - Date.now() + 1000;
    return setTimeout(() => void look(until), Math.min(Math.max(left, shortestLookMs), longestTimerMs)).unref();
  };
  const look = async (until: string): Promise<void> => {
    try {
      const session = await identities.session(secret);
      if (session) watch.timer = later(session.endsAt);
      else ended();
    } catch {
      watch.timer = later(until);
    }
  };
  const watch = { timer: later(endsAt) };
  return watch;
};

const refuse = (socket: Duplex, failure: unknown, instance: string): void => {
  const { problem, headers } = toProblem(failure, instance, null);
  const body = JSON.stringify(problem);
  const lines = Object.entries({
    ...headers,
    "content-type": "application/problem+json",
    "content-length": String(Buffer.byteLength(body)),
    connection: "close",
  }).map(([name, value]) => `${name}: ${value}`);
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ""}\r\n${lines.join("\r\n")}\r\n\r\n${body}`,
  );
};
