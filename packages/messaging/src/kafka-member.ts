import { setTimeout as sleep } from "node:timers/promises";
import { oneAtATime } from "@headway/kernel/one-at-a-time";
import { within } from "@headway/kernel/within";
import type { Consumer, Kafka } from "kafkajs";
import type { Subscription } from "./bus.ts";
import { type Fetched, fetchedAhead } from "./kafka-fetched.ts";
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

// The most that is handled again after a crash is what was handled in between.
const commitEveryMs = 1_000;
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
  const fetched = fetchedAhead({
    handle: (topic, messages) => subscription.onBatch(messages.map((message) => toBusMessage(topic, message))),
    onTrouble: (error) => onTrouble(asError(error)),
    isHeld: () => paused,
    leaving: leaving.signal,
  });
  const offsets = committing(fetched, () => served);

  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    served = true;
    fetched.assign(payload.memberAssignment);
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
    if (isUnreachable(error)) return comeBack(start, error, settings, leaving.signal);
    joined.reject(error);
    onDead(error);
  });

  const start = (): Promise<void> => run(consumer, subscription, fetched);
  start().catch(joined.reject);

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
      fetched.goOn();
      if (served) consumer.resume(everywhere);
    },
    async leave() {
      leaving.abort();
      // What it is handed and does not take, kafkajs would fetch again and again.
      if (served) consumer.pause(everywhere);
      // kafkajs cannot be stopped while it is just joining: it would join all the same, and stay.
      await within(goodbyeMs, joined.promise).catch(joined.reject);
      await fetched.isIdle();
      await within(goodbyeMs, offsets.stop()).catch(() => {});
      await within(goodbyeMs, consumer.disconnect()).catch(() => {});
    },
  };
};

/** Starts again and again, until it has begun. */
const comeBack = async (
  start: () => Promise<void>,
  cause: Error,
  { onTrouble }: Settings,
  leaving: AbortSignal,
): Promise<void> => {
  for (let trouble = cause; !leaving.aborted; ) {
    onTrouble(trouble);
    await sleep(comeBackMs, undefined, { signal: leaving }).catch(() => {});
    try {
      return await start();
    } catch (error) {
      trouble = asError(error);
    }
  }
};

/** Commits now and then up to where all is handled. Where it fails, the next one says it again. */
const committing = (fetched: Fetched, isServed: () => boolean) => {
  const commit = oneAtATime(async () => {
    if (isServed()) await fetched.commit().catch(() => {});
  });
  const timer = setInterval(commit, commitEveryMs);
  return {
    stop(): Promise<void> {
      clearInterval(timer);
      return commit();
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

const run = async (consumer: Consumer, subscription: Subscription, fetched: Fetched): Promise<void> => {
  await consumer.connect();
  await consumer.subscribe({ topics: [...subscription.topics], fromBeginning: subscription.from === "earliest" });
  await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: fetched.take });
};

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** kafkajs gives up for good where no broker answers while it looks for the group's own, and it is only that they are away. */
const isUnreachable = ({ name }: Error): boolean => name === "KafkaJSGroupCoordinatorNotFound";
