import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type Answered, type Edge, textOf } from "./edge.ts";

/** What was done at the edge, and what came of it. */
export type Done = {
  /** By the code of the depot. */
  readonly writes: Map<string, Answered>;
  readonly logins: Answered[];
  /** Of the sessions that were there from the beginning, and of lists. */
  readonly reads: (Answered & { readonly by: "person" | "machine" })[];
};

export type Load = Done & {
  /** Resolves when what is under way has been answered. */
  readonly stop: () => Promise<void>;
};

const user = { userName: "redis.gone", password: "gone for a minute" } as const;
const ownPage = { "X-Headway-CSRF": "1" } as const;

/** Milliseconds between two of the same kind; a login costs a password's hash. */
const everyMs = { write: 150, login: 1000, read: 200 } as const;

/** Writes, logins and reads side by side, none waiting for another, until stopped. */
export const startLoad = (edge: Edge, key: string, cookies: readonly string[]): Load => {
  const machine = { Authorization: `Headway-Key ${key}` };
  const done: Done = { writes: new Map(), logins: [], reads: [] };
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();

  const keepOn = async (every: number, act: (turn: number) => Promise<void>): Promise<void> => {
    for (let turn = 0; !stopping.signal.aborted; turn++) {
      const work = act(turn).finally(() => underWay.delete(work));
      underWay.add(work);
      await pause(every, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };

  const loops = [
    keepOn(everyMs.write, async (turn) => {
      const code = `R${turn}`;
      const headers = { ...machine, "Idempotency-Key": randomUUID() };
      const body = { code, name: `Depot ${turn}`, timeZone: "Europe/Berlin" };
      done.writes.set(code, await edge({ method: "POST", path: "/integration/v1/depots", headers, body }));
    }),
    keepOn(everyMs.login, async () => {
      done.logins.push(await logIn(edge));
    }),
    keepOn(everyMs.read, async (turn) => {
      const headers = { cookie: cookies[turn % cookies.length] ?? "" };
      done.reads.push({ ...(await edge({ method: "GET", path: "/dispatcher/v1/session", headers })), by: "person" });
    }),
    keepOn(everyMs.read, async () => {
      const read = await edge({ method: "GET", path: "/integration/v1/depots", headers: machine });
      done.reads.push({ ...read, by: "machine" });
    }),
  ];
  return {
    ...done,
    async stop() {
      stopping.abort();
      await Promise.all(loops);
      await Promise.all(underWay);
    },
  };
};

/** A session of the console. */
export const logIn = (edge: Edge): Promise<Answered> =>
  edge({ method: "POST", path: "/dispatcher/v1/session", headers: ownPage, body: user });

/** The user that logs in. Throws where it cannot be made. */
export const makeUser = async (edge: Edge, key: string): Promise<void> => {
  const { status, slug } = await edge({
    method: "POST",
    path: "/integration/v1/users",
    headers: { Authorization: `Headway-Key ${key}`, "Idempotency-Key": randomUUID() },
    body: { ...user, grants: [{ role: "admin", depotIds: [] }] },
  });
  if (status !== 201) throw new Error(`The user could not be made: ${status} ${slug}`);
};

/** The codes of all depots that are there. */
export const codesOf = (items: readonly unknown[]): readonly string[] => items.map((item) => textOf(item, "code"));
