import { AsyncLocalStorage } from "node:async_hooks";
import type { Bus, BusMessage, Subscription } from "./bus.ts";
import { pauses } from "./pauses.ts";

/**
 * The bus of the single process: `publish` returns when every subscriber has handled the batch.
 * A subscriber that cannot (its database is away) makes `publish` fail after `retries` (milliseconds between its tries),
 * so that the relay tries again later; what others have handled meanwhile is known to their inbox.
 */
export const inProcessBus = (retries: readonly number[] = [50, 200, 800, 2000]): Bus => {
  const members: Member[] = [];
  const running = new Set<Promise<void>>();
  const life = { closed: false };
  const membersOf = (group: string): Member[] => members.filter((member) => member.group === group);

  return {
    async publish(batch) {
      demandOpen(life);
      const work = deliverToAll(members, batch, (member, wanted) => handOver(member, wanted, retries, life));
      running.add(work);
      await work.finally(() => running.delete(work));
    },
    async subscribe(subscription) {
      members.push({ ...subscription, paused: null, waiting: 0, tail: Promise.resolve() });
    },
    pause(group) {
      for (const member of membersOf(group)) member.paused ??= Promise.withResolvers<void>();
    },
    resume(group) {
      membersOf(group).forEach(resume);
    },
    lag: async (group) => membersOf(group).reduce((sum, { waiting }) => sum + waiting, 0),
    isReachable: async () => !life.closed,
    async close() {
      life.closed = true;
      // Who is paused would wait for ever: its batch is given back instead.
      members.forEach(resume);
      await Promise.allSettled(running);
    },
  };
};

type Member = Subscription & { paused: PromiseWithResolvers<void> | null; waiting: number; tail: Promise<void> };
type Life = { closed: boolean };

// What is handled belongs neither to who published it nor to their transaction.
const outside = AsyncLocalStorage.snapshot();

const demandOpen = ({ closed }: Life): void => {
  if (closed) throw new Error("The bus is closed.");
};

const resume = (member: Member): void => {
  member.paused?.resolve();
  member.paused = null;
};

// All are waited for, also when one has failed: else the batch would come again while others still have it in hand.
const deliverToAll = async (
  members: readonly Member[],
  batch: readonly BusMessage[],
  hand: (member: Member, wanted: readonly BusMessage[]) => Promise<void>,
): Promise<void> => {
  const outcomes = await Promise.allSettled(
    members.map(async (member) => {
      const wanted = batch.filter(({ topic }) => member.topics.includes(topic));
      if (wanted.length > 0) await inTurn(member, wanted.length, () => hand(member, wanted));
    }),
  );
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
};

/** One batch after the other, as a partition would hand them out. */
const inTurn = async (member: Member, size: number, work: () => Promise<void>): Promise<void> => {
  member.waiting += size;
  const mine = outside(() => member.tail.then(work));
  member.tail = mine.catch(() => {});
  try {
    await mine;
  } finally {
    member.waiting -= size;
  }
};

const handOver = async (
  member: Member,
  batch: readonly BusMessage[],
  retries: readonly number[],
  life: Life,
): Promise<void> => {
  for await (const last of pauses(retries)) {
    while (member.paused) await member.paused.promise;
    demandOpen(life);
    try {
      return await member.onBatch(batch);
    } catch (error) {
      if (last || life.closed) throw error;
    }
  }
};
