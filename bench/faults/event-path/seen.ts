/** What the commands were told. */
export type Told = {
  /** Of each acknowledged command: the account, and the version that it was told. */
  readonly acknowledged: ReadonlyMap<number, { readonly account: string; readonly version: number }>;
  readonly refused: ReadonlySet<number>;
  /** Asked to commit, and never answered. */
  readonly unknown: ReadonlySet<number>;
};

/** An event of the log. */
export type Logged = {
  readonly id: string;
  readonly account: string;
  readonly version: number;
  readonly command: number;
  readonly published: boolean;
};

/** A message of the topic. */
export type Sent = {
  readonly id: string;
  readonly account: string;
  readonly version: number;
  readonly command: number;
  readonly partition: number;
};

export type Applied = { readonly account: string; readonly version: number };

/** All that can be seen from outside when all is quiet. */
export type Seen = {
  readonly accounts: readonly { readonly account: string; readonly version: number; readonly sum: number }[];
  /** In order of position. */
  readonly log: readonly Logged[];
  /** Each partition in its order. */
  readonly topic: readonly Sent[];
  /** In order of place. */
  readonly effects: readonly Applied[];
  readonly parked: number;
};
