import { setTimeout as sleep } from "node:timers/promises";
import type { AtOnce } from "@headway/kernel/at-once";
import type { Batch, KafkaMessage } from "kafkajs";

export type PartitionNeeds = {
  /** Handles messages in their order. */
  readonly handle: (messages: readonly KafkaMessage[]) => Promise<void>;
  /** Told of what `handle` threw. It is tried again, after a pause. */
  readonly onTrouble: (error: unknown) => void;
  /** Nothing more is begun for now. */
  readonly isHeld: () => boolean;
  readonly leaving: AbortSignal;
  /** Partitions that are handled side by side. */
  readonly turns: AtOnce;
};

/** What a member has fetched of one partition and not handled yet, and how far it has come. */
export type FetchedPartition = {
  /**
   * Takes in what is new of a batch; answers the last offset that is taken in. `pauseFetching` is called where much is
   * waiting, and what it answers when there is room again.
   */
  readonly take: (batch: FetchedBatch, pauseFetching: () => () => void) => string;
  /** Handles what waits, unless it is held. */
  readonly goOn: () => void;
  /** The group has joined anew, and Kafka delivers from what is committed. */
  readonly rejoined: () => void;
  /** Another member has it now. */
  readonly lose: () => void;
  /** When nothing is in hand. */
  readonly isIdle: () => Promise<void>;
  /** The offset up to which all is handled, where it was not committed yet; else null. */
  readonly due: () => string | null;
  readonly committed: (offset: string) => void;
};

export type FetchedBatch = Pick<Batch, "topic" | "partition" | "messages" | "highWatermark" | "lastOffset">;

/** The most that is handled together. */
const chunk = 200;
/** Where so much waits, no more is fetched. */
const much = 1000;
/** Milliseconds before the next try. */
const pause = { first: 100, most: 2000 };

/** From when it is assigned to this member until another one has it. */
export const fetchedPartition = (needs: PartitionNeeds): FetchedPartition => {
  const { handle, isHeld, leaving, turns } = needs;
  let waiting: KafkaMessage[] = [];
  let inHand: Promise<void> | null = null;
  let isLost = false;
  /** The offset behind all that was taken in. */
  let next: bigint | null = null;
  let handled: bigint | null = null;
  let kept: bigint | null = null;
  /** Nothing came since the last join: others may have handled more, and committed it. */
  let unheard = true;
  let fetchAgain: (() => void) | null = null;

  const isOurs = (): boolean => !isLost && !leaving.aborted;
  const mayBegin = (): boolean => waiting.length > 0 && !isHeld() && isOurs();

  const handleAll = async (): Promise<void> => {
    while (mayBegin()) await turns.run(handleNext);
    inHand = null;
  };

  const handleNext = async (): Promise<void> => {
    // It has waited for its turn.
    const messages = mayBegin() ? waiting.splice(0, chunk) : [];
    const last = messages.at(-1);
    if (last && (await untilDone(() => handle(messages), isOurs, needs))) handled = BigInt(last.offset) + 1n;
    if (waiting.length >= much) return;
    fetchAgain?.();
    fetchAgain = null;
  };

  return {
    take(batch, pauseFetching) {
      const { messages, highWatermark } = batch;
      // It ends before what was taken in: the topic was made anew.
      if (next !== null && BigInt(highWatermark) < next) [next, handled] = [null, null];
      const from = next;
      waiting.push(...(from === null ? messages : messages.filter(({ offset }) => BigInt(offset) >= from)));
      const last = BigInt(batch.lastOffset());
      next = from === null || from <= last ? last + 1n : from;
      unheard = false;
      if (waiting.length >= much) fetchAgain = pauseFetching();
      return String(next - 1n);
    },
    goOn() {
      if (mayBegin()) inHand ??= handleAll();
    },
    rejoined() {
      kept = null;
      unheard = true;
    },
    lose() {
      isLost = true;
      waiting = [];
    },
    isIdle: async () => void (await inHand),
    due: () => (unheard || handled === null || handled === kept ? null : String(handled)),
    committed(offset) {
      kept = BigInt(offset);
    },
  };
};

/** Answers false where this member has nothing to do with it any more. */
const untilDone = async (
  work: () => Promise<void>,
  isOurs: () => boolean,
  { onTrouble, leaving }: Pick<PartitionNeeds, "onTrouble" | "leaving">,
): Promise<boolean> => {
  for (let ms = pause.first; isOurs(); ms = Math.min(2 * ms, pause.most)) {
    try {
      await work();
      return true;
    } catch (error) {
      onTrouble(error);
    }
    await sleep(ms, undefined, { signal: leaving }).catch(() => {});
  }
  return false;
};
