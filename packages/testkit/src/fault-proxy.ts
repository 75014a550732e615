import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

export type ProxyTarget = { readonly host: string; readonly port: number };

/** A TCP proxy that a test can break. */
export type FaultProxy = {
  /** Where it listens, on 127.0.0.1. */
  readonly port: number;
  /** Resets all connections, and each new one, until `restore`. */
  cut(): void;
  /**
   * Swallows all bytes of all connections, as a network that drops packets does, until `restore`.
   * Resolves when the first are lost.
   */
  freeze(): Promise<void>;
  /**
   * Swallows what the server answers, until `restore`: it does what it was asked, and nobody hears of it.
   * Resolves when the first answer is lost.
   */
  deafen(): Promise<void>;
  /** Ends a cut, freeze, deafness or delay. Connections that lost bytes are reset. */
  restore(): void;
  /** Each chunk arrives that many milliseconds later, in both directions and in order. */
  delay(ms: number): void;
  close(): Promise<void>;
};

type State = { mode: "open" | "cut" | "frozen" | "deaf"; delay: number; lost: PromiseWithResolvers<void> };

/** Starts a proxy in front of `host:port`, a url's host and port, or a target. */
export const faultProxy = async (target: ProxyTarget | string): Promise<FaultProxy> => {
  const { host, port } = typeof target === "string" ? parseTarget(target) : target;
  const state: State = { mode: "open", delay: 0, lost: Promise.withResolvers() };
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (state.mode === "cut") return void client.resetAndDestroy();
    const upstream = connect({ host, port, allowHalfOpen: true });
    join(client, upstream, sockets);
    carry(client, upstream, state, () => state.mode === "open" || state.mode === "deaf");
    carry(upstream, client, state, () => state.mode === "open");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const reset = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  const lose = (mode: "frozen" | "deaf"): Promise<void> => {
    state.mode = mode;
    state.lost = Promise.withResolvers();
    return state.lost.promise;
  };
  return {
    port: portOf(server),
    cut: () => {
      state.mode = "cut";
      reset();
    },
    freeze: () => lose("frozen"),
    deafen: () => lose("deaf"),
    restore: () => {
      if (state.mode === "frozen" || state.mode === "deaf") reset();
      state.mode = "open";
      state.delay = 0;
    },
    delay: (ms) => {
      state.delay = ms;
    },
    close: async () => {
      reset();
      server.close();
      await once(server, "close");
    },
  };
};

/** Two ends of one connection: when one breaks, so does the other. */
const join = (a: Socket, b: Socket, sockets: Set<Socket>): void => {
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    sockets.add(one);
    one.setNoDelay(true);
    one.on("error", () => other.resetAndDestroy());
    one.on("close", () => {
      sockets.delete(one);
      other.destroy();
    });
  }
};

/** Passes bytes on. A later chunk never overtakes an earlier one, also when the delay gets shorter between them. */
const carry = (from: Socket, to: Socket, state: State, passes: () => boolean): void => {
  let lastDue = 0;
  const pass = (send: () => void): void => {
    if (!passes()) {
      state.lost.resolve();
      return;
    }
    const now = performance.now();
    lastDue = Math.max(lastDue, now + state.delay);
    if (lastDue <= now) {
      send();
      return;
    }
    setTimeout(() => {
      if (passes() && !to.destroyed) send();
    }, lastDue - now);
  };
  from.on("data", (chunk) => {
    pass(() => {
      if (to.write(chunk)) return;
      from.pause();
      to.once("drain", () => from.resume());
    });
  });
  from.on("end", () => pass(() => to.end()));
};

const parseTarget = (target: string): ProxyTarget => {
  const { hostname, port } = new URL(target.includes("://") ? target : `tcp://${target}`);
  return { host: hostname, port: Number(port) };
};

const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no TCP address");
  return address.port;
};
