import { setTimeout as sleep } from "node:timers/promises";
import type { KafkaMessage } from "kafkajs";

export type PartitionNeeds = {
  /** Handles messages in their order, when there is a place for it. */
  readonly handle: (messages: readonly KafkaMessage[]) => Promise<void>;
  /** Told of what `handle` threw. It is tried again, after a pause. */
  readonly onTrouble: (error: unknown) => void;
  /** Nothing more is begun for now. */
  readonly isHeld: () => boolean;
  readonly leaving: AbortSignal;
};

/** What a member has fetched of one partition and not handled yet, and how far it has come. */
export type FetchedPartition = {
  readonly isFull: () => boolean;
  readonly add: (messages: readonly KafkaMessage[]) => void;
  /** Handles what waits, unless it is held. */
  readonly goOn: () => void;
  readonly forget: () => void;
  /** When nothing is in hand. */
  readonly isIdle: () => Promise<void>;
  /** The offset up to which all is handled, where it was not committed yet; else null. */
  readonly due: () => string | null;
  readonly committed: (offset: string) => void;
};

/** The most that is handled together. */
const chunk = 200;
/** So much may wait before no more is taken in. */
const mostWaiting = 1000;
/** Milliseconds before the next try. */
const pauses = { first: 100, most: 2000 };

export const fetchedPartition = ({ handle, onTrouble, isHeld, leaving }: PartitionNeeds): FetchedPartition => {
  let waiting: KafkaMessage[] = [];
  let inHand: Promise<void> | null = null;
  let [handled, kept]: [string | null, string | null] = [null, null];
  /** Another one after each join. */
  let order = 0;

  const mayBegin = (): boolean => waiting.length > 0 && !isHeld() && !leaving.aborted;

  const handleAll = async (): Promise<void> => {
    while (mayBegin()) {
      const begun = order;
      const messages = waiting.splice(0, chunk);
      const done = await untilHandled(messages, () => order === begun && !leaving.aborted);
      if (done) handled = String(BigInt(messages.at(-1)?.offset ?? 0) + 1n);
    }
    inHand = null;
  };

  /** Answers false where this member has nothing to do with them any more. */
  const untilHandled = async (messages: readonly KafkaMessage[], isOurs: () => boolean): Promise<boolean> => {
    for (let pause = pauses.first; isOurs(); pause = Math.min(2 * pause, pauses.most)) {
      try {
        await handle(messages);
        return true;
      } catch (error) {
        onTrouble(error);
      }
      await sleep(pause, undefined, { signal: leaving }).catch(() => {});
    }
    return false;
  };

  return {
    isFull: () => waiting.length >= mostWaiting,
    add: (messages) => void waiting.push(...messages),
    goOn() {
      if (mayBegin()) inHand ??= handleAll();
    },
    forget() {
      order++;
      waiting = [];
      [handled, kept] = [null, null];
    },
    isIdle: async () => void (await inHand),
    due: () => (handled === kept ? null : handled),
    committed(offset) {
      kept = offset;
    },
  };
};
