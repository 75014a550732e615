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
  /** How many partitions are handled side by side. */
  readonly turns: AtOnce;
};

/** What a member has fetched of one partition and not handled yet, and how far it has come. */
export type FetchedPartition = {
  /**
   * Takes a batch in; answers whether it did, else it must be fetched again. `pauseFetching` is called where much is waiting,
   * and what it answers when there is room again. Neither while it is held: kafkajs takes the pause of one partition for the
   * end of a pause of all.
   */
  readonly take: (batch: FetchedBatch, pauseFetching: () => () => void) => boolean;
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

export type FetchedBatch = Pick<Batch, "topic" | "partition" | "messages" | "lastOffset">;

/** The most that is handled together. */
const chunk = 200;
/** Where so much waits, no more is fetched. */
const much = 1000;
/** Milliseconds before the next try. */
const pause = { first: 100, most: 2000 };

/** Offsets of the partition that this member goes by; null while one is not known. */
type Offsets = {
  /** Behind all that was taken in. */
  next: bigint | null;
  /** Where the last batch began, if it was not taken in, since it may have been asked for before a join. */
  refused: bigint | null;
  /** Where Kafka began after the last join, or after it last went back. */
  began: bigint | null;
  /** Behind all that is handled, of what came since Kafka last went back. */
  handled: bigint | null;
  /** The last that was committed since the last join. */
  kept: bigint | null;
};

/** What is handled together, and how often Kafka had gone back when it was begun. */
type Chunk = { readonly messages: readonly KafkaMessage[]; readonly begun: number };

/** From when it is assigned to this member until another one has it. */
export const fetchedPartition = ({ handle, onTrouble, isHeld, leaving, turns }: PartitionNeeds): FetchedPartition => {
  let waiting: KafkaMessage[] = [];
  let inHand: Promise<void> | null = null;
  let isLost = false;
  const at: Offsets = { next: null, refused: null, began: null, handled: null, kept: null };
  /** How often Kafka went back behind what was taken in. */
  let returns = 0;
  let fetchAgain: (() => void) | null = null;

  const isOurs = (): boolean => !isLost && !leaving.aborted;
  const mayBegin = (): boolean => waiting.length > 0 && !isHeld() && isOurs();

  const handleAll = async (): Promise<void> => {
    while (mayBegin()) await handleNext();
    inHand = null;
  };

  const handleNext = async (): Promise<void> => {
    let next: Chunk | null = null;
    const tryIt = async (): Promise<void> => {
      // It has waited for its turn.
      next ??= mayBegin() ? { messages: waiting.splice(0, chunk), begun: returns } : null;
      const last = next?.messages.at(-1);
      if (!next || !last || !isOurs()) return;
      await handle(next.messages);
      if (returns === next.begun) at.handled = BigInt(last.offset) + 1n;
    };
    // A turn for each try: others are handled while this one waits for its next.
    await untilDone(() => turns.run(tryIt), isOurs, { onTrouble, leaving });
    if (waiting.length >= much || isHeld() || !isOurs()) return;
    fetchAgain?.();
    fetchAgain = null;
  };

  return {
    take(batch, pauseFetching) {
      const first = BigInt(batch.messages[0]?.offset ?? batch.lastOffset());
      at.refused = isDoubtful(at, first) ? first : null;
      if (at.refused !== null) return false;
      if (at.next !== null && first < at.next) {
        returns++;
        waiting = waiting.filter(({ offset }) => BigInt(offset) < first);
        at.handled = null;
        at.began = null;
      }
      waiting.push(...batch.messages);
      at.next = BigInt(batch.lastOffset()) + 1n;
      at.began ??= first;
      if (waiting.length >= much && !isHeld()) fetchAgain = pauseFetching();
      return true;
    },
    goOn() {
      if (mayBegin()) inHand ??= handleAll();
    },
    rejoined() {
      at.kept = null;
      at.began = null;
    },
    lose() {
      isLost = true;
      waiting = [];
      // kafkajs would not fetch it either when it comes back. A pause of all is made anew after each join (kafka-member.ts).
      fetchAgain?.();
    },
    isIdle: async () => void (await inHand),
    due: () => dueOf(at),
    committed(offset) {
      at.kept = BigInt(offset);
    },
  };
};

/** Where it leaves a gap, or is the first after a join, Kafka may have been asked for it before that join: then it does not begin there again. */
const isDoubtful = ({ next, began, refused }: Offsets, first: bigint): boolean =>
  next !== null && (first > next || (first === next && began === null)) && first !== refused;

const dueOf = ({ began, handled, kept }: Offsets): string | null => {
  // Behind where Kafka began, others have come further.
  const isDue = began !== null && handled !== null && handled > began && handled !== kept;
  return isDue ? String(handled) : null;
};

/** Tries until it is done, or this member has nothing to do with it any more. */
const untilDone = async (
  work: () => Promise<void>,
  isOurs: () => boolean,
  { onTrouble, leaving }: Pick<PartitionNeeds, "onTrouble" | "leaving">,
): Promise<void> => {
  for (let ms = pause.first; isOurs(); ms = Math.min(2 * ms, pause.most)) {
    try {
      return await work();
    } catch (error) {
      onTrouble(error);
    }
    await sleep(ms, undefined, { signal: leaving }).catch(() => {});
  }
};
