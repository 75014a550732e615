/** What travels: one event on its way from a service's log to its consumers. */
export type BusMessage = {
  readonly topic: string;
  /** The aggregate's id: messages of one key arrive in their order. */
  readonly key: string;
  /** CloudEvents attributes as `ce_*` (Kafka protocol binding, binary mode), with `traceparent` beside them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Uint8Array;
};

export type Subscription = {
  /** Each group gets every message once more; within a group, one key is handled by one member at a time. */
  readonly group: string;
  readonly topics: readonly string[];
  /** Where a group that was never seen before begins. */
  readonly from: "earliest" | "latest";
  /**
   * Handles the messages in their order, for as long as it takes. What it throws makes the bus deliver them again, after a
   * pause.
   */
  readonly onBatch: (batch: readonly BusMessage[]) => Promise<void>;
};

/** How events get from one service to the others. Two adapters, one contract suite. */
export type Bus = {
  /** Resolves when the messages are safe: acknowledged by all replicas, or handled by every subscriber. */
  readonly publish: (batch: readonly BusMessage[]) => Promise<void>;
  readonly subscribe: (subscription: Subscription) => Promise<void>;
  /** Delivers nothing more to the group until `resume`; a batch in hand is finished. */
  readonly pause: (group: string) => void;
  readonly resume: (group: string) => void;
  /** How many messages the group has not handled yet. */
  readonly lag: (group: string) => Promise<number>;
  /** Whether messages can be published, and every group of this process is served. Answers within about 2 s. */
  readonly isReachable: () => Promise<boolean>;
  /** Finishes the batches in hand, then leaves. What is not handled by then is delivered again after the next start. */
  readonly close: () => Promise<void>;
};
