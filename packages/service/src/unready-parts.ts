import { within } from "@headway/kernel/within";
import type { Bus } from "@headway/messaging/bus";
import type { Database } from "@headway/postgres/database";
import type { Redis } from "ioredis";

type Parts = { readonly db: Database; readonly bus: Bus; readonly redis: Redis | null };

const patienceMs = 2000;

/** The names of a service's parts that do not answer. */
export const unreadyParts =
  (service: string, { db, bus, redis }: Parts) =>
  async (): Promise<readonly string[]> => {
    const asked: readonly [string, Promise<boolean>][] = [
      [`${service} database`, answers(db.rows("select 1"))],
      ["bus", bus.isReachable()],
      ["redis", redis === null ? Promise.resolve(true) : answers(redis.ping())],
    ];
    const ready = await Promise.all(asked.map(([, answer]) => answer));
    return asked.flatMap(([name], index) => (ready[index] ? [] : [name]));
  };

const answers = (question: Promise<unknown>): Promise<boolean> =>
  within(patienceMs, question).then(
    () => true,
    () => false,
  );
