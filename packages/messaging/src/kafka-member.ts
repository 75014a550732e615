import { setTimeout as sleep } from "node:timers/promises";
import { within } from "@headway/kernel/within";
import type { Consumer, EachBatchPayload, Kafka } from "kafkajs";
import type { BusMessage, Subscription } from "./bus.ts";
import { toBusMessage } from "./kafka-messages.ts";

export type KafkaMember = {
  readonly topics: readonly string[];
  /** Resolves at the first join. Rejected when the group can never be joined. */
  readonly joined: Promise<void>;
  readonly isServed: () => boolean;
  readonly pause: () => void;
  readonly resume: () => void;
  /** Finishes the chunk in hand, then leaves the group. */
  readonly leave: () => Promise<void>;
};

type Settings = {
  readonly sessionMs: number;
  readonly onDead: (error: Error) => void;
  readonly onTrouble: (error: Error) => void;
};

// Handled between two commits of the offset, and the most that is handled again after a crash.
const chunk = 200;
const heartbeatMs = 2_000;
// Who leaves tells the group; where no broker hears it, the group finds out by itself.
const goodbyeMs = 3_000;
const comeBackMs = 1_000;

/** One member of a group, from now until it leaves. */
export const joinGroup = (kafka: Kafka, subscription: Subscription, settings: Settings): KafkaMember => {
  const { group, topics } = subscription;
  const { onDead, onTrouble } = settings;
  const leaving = new AbortController();
  const consumer = consumerOf(kafka, group, settings.sessionMs, leaving.signal);
  const joined = Promise.withResolvers<void>();
  joined.promise.catch(() => {});
  let served = false;
  let paused = false;
  const everywhere = topics.map((topic) => ({ topic }));
  const inHand = new Set<Promise<void>>();
  const hand = async (payload: EachBatchPayload): Promise<void> => {
    const work = handOver(subscription, payload, leaving.signal, onTrouble);
    inHand.add(work);
    await work.finally(() => inHand.delete(work));
  };

  consumer.on(consumer.events.GROUP_JOIN, () => {
    served = true;
    // kafkajs forgets a pause when it starts a member anew.
    if (paused) consumer.pause(everywhere);
    joined.resolve();
  });
  consumer.on(consumer.events.STOP, () => {
    served = false;
  });
  consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
    if (leaving.signal.aborted) return;
    if (restart) return onTrouble(error);
    if (isUnreachable(error)) return comeBack(error);
    joined.reject(error);
    onDead(error);
  });

  const comeBack = async (cause: Error): Promise<void> => {
    for (let trouble = cause; !leaving.signal.aborted; ) {
      onTrouble(trouble);
      await sleep(comeBackMs, undefined, { signal: leaving.signal }).catch(() => {});
      try {
        return await run(consumer, subscription, hand);
      } catch (error) {
        trouble = asError(error);
      }
    }
  };

  run(consumer, subscription, hand).catch(joined.reject);

  return {
    topics,
    joined: joined.promise,
    isServed: () => served,
    pause() {
      paused = true;
      if (served) consumer.pause(everywhere);
    },
    resume() {
      paused = false;
      if (served) consumer.resume(everywhere);
    },
    async leave() {
      leaving.abort();
      // kafkajs cannot be stopped while it is just joining: it would join all the same, and stay.
      await within(goodbyeMs, joined.promise).catch(joined.reject);
      await Promise.allSettled(inHand);
      await within(goodbyeMs, consumer.disconnect()).catch(() => {});
    },
  };
};

const consumerOf = (kafka: Kafka, group: string, sessionMs: number, leaving: AbortSignal): Consumer =>
  kafka.consumer({
    groupId: group,
    allowAutoTopicCreation: false,
    // Without it a member joins and leaves seconds late, since a fetch in the air is waited for.
    maxWaitTimeInMs: 250,
    sessionTimeout: sessionMs,
    heartbeatInterval: heartbeatMs,
    retry: {
      retries: 10,
      initialRetryTime: 100,
      maxRetryTime: 2000,
      restartOnFailure: async () => !leaving.aborted,
    },
  });

const run = async (
  consumer: Consumer,
  subscription: Subscription,
  hand: (payload: EachBatchPayload) => Promise<void>,
): Promise<void> => {
  await consumer.connect();
  await consumer.subscribe({ topics: [...subscription.topics], fromBeginning: subscription.from === "earliest" });
  await consumer.run({
    autoCommit: true,
    autoCommitInterval: 1000,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: 3,
    eachBatch: hand,
  });
};

const handOver = async (
  subscription: Subscription,
  payload: EachBatchPayload,
  leaving: AbortSignal,
  onTrouble: (error: Error) => void,
): Promise<void> => {
  const { batch, heartbeat, resolveOffset, commitOffsetsIfNecessary, isRunning, isStale } = payload;
  // A handler may take long over one chunk. A heartbeat that fails is told by the one behind the chunk.
  const alive = setInterval(() => void heartbeat().catch(() => {}), heartbeatMs);
  try {
    for (let start = 0; start < batch.messages.length; start += chunk) {
      // A partition taken from this member is not always noticed here; what is handled twice, the inbox knows.
      if (!isRunning() || isStale() || leaving.aborted) return;
      const messages = batch.messages.slice(start, start + chunk);
      const handled = await untilHandled(
        messages.map((message) => toBusMessage(batch.topic, message)),
        subscription,
        payload,
        leaving,
        onTrouble,
      );
      if (!handled) return;
      const last = messages.at(-1);
      if (last) resolveOffset(last.offset);
      await heartbeat();
      await commitOffsetsIfNecessary();
    }
  } finally {
    clearInterval(alive);
  }
};

/** Tries again here, with heartbeats, as kafkajs would let the session end while it pauses. Answers false where the member leaves meanwhile. */
const untilHandled = async (
  messages: readonly BusMessage[],
  { onBatch }: Subscription,
  { heartbeat, isRunning, isStale }: EachBatchPayload,
  leaving: AbortSignal,
  onTrouble: (error: Error) => void,
): Promise<boolean> => {
  for (let pause = 100; isRunning() && !isStale() && !leaving.aborted; pause = Math.min(2 * pause, 2000)) {
    try {
      await onBatch(messages, heartbeat);
      return true;
    } catch (error) {
      // The group's own affairs, as a rebalance.
      if (error instanceof Error && error.name.startsWith("KafkaJS")) throw error;
      onTrouble(asError(error));
    }
    await sleep(pause, undefined, { signal: leaving }).catch(() => {});
    await heartbeat();
  }
  return false;
};

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** kafkajs gives up for good where no broker answers while it looks for the group's own, and it is only that they are away. */
const isUnreachable = ({ name }: Error): boolean => name === "KafkaJSGroupCoordinatorNotFound";
