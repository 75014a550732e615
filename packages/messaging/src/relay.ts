import type { Topic } from "@headway/contracts/topic";
import { oneAtATime } from "@headway/kernel/one-at-a-time";
import type { Database } from "@headway/postgres/database";
import type { Bus } from "./bus.ts";
import { slices } from "./event-log.ts";
import { pauses } from "./pauses.ts";
import { type Batch, hold, mark, readBatch, toMessages } from "./relay-batch.ts";

export type Relay = {
  /** There may be something to publish. Never waits. */
  readonly wake: () => void;
  /** Looks for what others left behind, every `everyMs`, and publishes when woken. */
  readonly start: () => void;
  /** Finishes the batch in hand. */
  readonly stop: () => Promise<void>;
};

export type RelayNeeds = {
  readonly db: Database;
  readonly bus: Bus;
  readonly topic: Topic;
  readonly onFailure: (error: unknown) => void;
  readonly everyMs?: number;
  /** The most events in one batch. */
  readonly most?: number;
};

/** Milliseconds after which the slices are let go, so that relays of other processes get their share. */
const turnMs = 500;

const allSlices = Array.from({ length: slices }, (_, slice) => slice);

/**
 * Publishes a service's log in order of position, batch by batch. Each slice is published by one relay at a time; those of
 * several processes share them. While a batch is on its way to the bus, the one before is marked and the next one is read.
 * An event is marked as published only after the bus has it; a crash in between publishes it again, and the inbox knows it.
 */
export const relay = ({ db, bus, topic, onFailure, everyMs = 500, most = 1000 }: RelayNeeds): Relay => {
  let timer: NodeJS.Timeout | null = null;
  let stopped = true;
  /** Something was recorded since the last look. */
  let woken = false;

  /** One transaction that holds the slices, for as long as there is something and it is this relay's turn. Answers whether there was anything. */
  const takeTurn = (): Promise<boolean> =>
    db.inTx(async (tx) => {
      const ends = performance.now() + turnMs;
      const read = async (wanted: readonly number[], inHand: Batch): Promise<Batch> => {
        if (stopped || performance.now() > ends) return [];
        woken = false;
        return readBatch(tx, wanted, inHand, most);
      };
      // Asked at once, and carried out one behind the other: nearly always all slices are free.
      const [held, ofAll] = await Promise.all([hold(tx, topic), read(allSlices, [])]);
      let sent: Batch = [];
      let next = held.length === slices ? ofAll : await read(held, []);
      const found = next.length > 0;
      while (next.length > 0 || sent.length > 0) {
        const sending = next;
        const mayBeMore = woken || sending.length === most;
        const [, , ahead] = await allOf([
          sending.length > 0 ? bus.publish(toMessages(topic, sending)) : null,
          mark(db, sent),
          mayBeMore ? read(held, [...sent, ...sending]) : [],
        ]);
        [sent, next] = [sending, ahead];
      }
      return found;
    });

  /** Behind a turn it looks again: what another process recorded meanwhile has found its slice held here. */
  const publishAll = async (): Promise<void> => {
    while (!stopped) {
      const called = woken;
      if (!called && !(await isBehind(db))) return;
      // What is left then is in the slices of others.
      if (!(await takeTurn()) && !called) return;
    }
  };

  const publish = oneAtATime(async () => {
    for await (const last of pauses([100, 400, 1600])) {
      try {
        return await publishAll();
      } catch (error) {
        if (stopped) return;
        if (last) onFailure(error);
      }
    }
  });

  const look = (): void => {
    if (!stopped) void publish();
  };

  return {
    wake() {
      woken = true;
      look();
    },
    start() {
      stopped = false;
      timer = setInterval(look, everyMs);
      look();
    },
    async stop() {
      stopped = true;
      if (timer) clearInterval(timer);
      await publish();
    },
  };
};

const isBehind = async (db: Database): Promise<boolean> =>
  (await db.rows("select 1 from event_log where published_at is null limit 1")).length > 0;

/** All have ended when it answers or throws: the next batch must not be sent while this one may still be in the air. */
const allOf = async <A, B, C>(
  work: readonly [A | Promise<A>, B | Promise<B>, C | Promise<C>],
): Promise<readonly [A, B, C]> => {
  await Promise.allSettled(work);
  return Promise.all(work);
};
