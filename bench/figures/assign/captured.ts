import { Socket } from "node:net";
import pg from "pg";

/** A statement as it went to the database, and what came back. */
export type Captured = {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
};

export type Capture = {
  readonly statements: readonly Captured[];
  /** How often something was sent to the database after an answer had been read. */
  readonly roundTrips: number;
};

/** Runs `work` and answers all that went to the database of this process meanwhile: nothing else may be under way. */
export const captured = async (databaseUrl: string, work: () => Promise<unknown>): Promise<Capture> => {
  const statements: Captured[] = [];
  const trips = countTrips(Number(new URL(databaseUrl).port));
  const original = pg.Client.prototype.query;
  const noting = async function (this: pg.Client, ...args: unknown[]): Promise<unknown> {
    const result: unknown = await Reflect.apply(original, this, args);
    statements.push({ ...asked(args[0], args[1]), rows: rowsOf(result) });
    return result;
  };
  Reflect.set(pg.Client.prototype, "query", noting);
  try {
    await work();
  } finally {
    Reflect.set(pg.Client.prototype, "query", original);
    trips.stop();
  }
  return { statements, roundTrips: trips.count() };
};

const asked = (query: unknown, given: unknown): Pick<Captured, "text" | "values"> => {
  if (typeof query === "string") return { text: query, values: Array.isArray(given) ? given : [] };
  const { text, values }: { text?: unknown; values?: unknown } = Object(query);
  if (typeof text !== "string") throw new Error("A statement of an unknown form was sent.");
  return { text, values: Array.isArray(values) ? values : [] };
};

const rowsOf = (result: unknown): Captured["rows"] => {
  const { rows }: { rows?: unknown } = Object(result);
  return Array.isArray(rows) ? rows : [];
};

/** Counts at the sockets, so that statements sent at once are one trip however the driver is asked. */
const countTrips = (port: number) => {
  const original = Socket.prototype.write;
  const answered = new Map<Socket, { is: boolean; readonly forget: () => void }>();
  let trips = 0;
  const watch = (socket: Socket) => {
    const state = { is: true, forget: () => void socket.off("data", onData) };
    const onData = (): void => {
      state.is = true;
    };
    socket.on("data", onData);
    answered.set(socket, state);
    return state;
  };
  const noting = function (this: Socket, ...args: unknown[]): unknown {
    if (this.remotePort === port) {
      const state = answered.get(this) ?? watch(this);
      if (state.is) trips++;
      state.is = false;
    }
    return Reflect.apply(original, this, args);
  };
  Reflect.set(Socket.prototype, "write", noting);
  return {
    count: () => trips,
    stop(): void {
      Reflect.set(Socket.prototype, "write", original);
      for (const { forget } of answered.values()) forget();
    },
  };
};
