import { conflict } from "@headway/kernel/domain-error";
import { oneAtATime } from "@headway/kernel/one-at-a-time";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { onViolation } from "@headway/postgres/failure";
import { execute } from "@headway/postgres/transaction";
import { current } from "./circumstances.ts";
import type { KeyedCommand } from "./command-key.ts";

export type CommandsDone = {
  /**
   * As the database's own. The first transaction of a command that came with a key notes that it is done, and all of it is
   * rolled back where it was done before: `idempotency-key.done`.
   */
  readonly inTx: Database["inTx"];
  /** Keeps the answer of what this very call has done, soon. Where it is lost, a repetition is only told that it was done. */
  readonly keep: (command: KeyedCommand, answer: Uint8Array) => void;
  /** What an earlier call has done, with its answer where that was kept; null where none has. */
  readonly find: (command: KeyedCommand) => Promise<{ readonly answer: Uint8Array | null } | null>;
  /** When all answers so far are kept, or lost. */
  readonly settled: () => Promise<void>;
};

type Answered = { readonly command: KeyedCommand; readonly answer: Uint8Array };

/** The answers of so many milliseconds are written in one statement. */
const togetherMs = 200;
/** The edge repeats answers for a day. */
const rememberedHours = 25;
/** Milliseconds in which the table is looked through once for what can be forgotten. */
const forgetEveryMs = 60_000;
/** The most that is forgotten at once. */
const bite = 5000;

/** Refused to who repeats a command whose first answer cannot be given again. */
export const doneBefore = () =>
  conflict(
    "idempotency-key.done",
    "This was done when it first came with this Idempotency-Key, and what was answered then is gone. Look how it stands.",
  );

/** The commands of one service that came with a key, in its own database: each takes effect once. */
export const commandsDone = (db: Database, onFailure: (error: unknown) => void): CommandsDone => {
  const own = new WeakSet<KeyedCommand>();
  let waiting: Answered[] = [];
  let timer: NodeJS.Timeout | null = null;
  const write = oneAtATime(async () => {
    if (timer) clearTimeout(timer);
    timer = null;
    const answered = waiting;
    waiting = [];
    if (answered.length === 0) return;
    // Where they cannot be written they are lost: what was done is noted all the same.
    await writeAnswers(db, answered).catch(onFailure);
    await forgetAtTimes().catch(onFailure);
  });
  let forgotten = Number.NEGATIVE_INFINITY;
  const forgetAtTimes = async (): Promise<void> => {
    const now = performance.now();
    if (now - forgotten < forgetEveryMs) return;
    forgotten = now;
    await forget(db);
  };
  return {
    async inTx(work) {
      const command = current()?.command;
      // The later transactions of a call belong to what its first one has begun.
      if (!command || own.has(command)) return db.inTx(work);
      own.add(command);
      try {
        return await db.inTx((tx) => entered(tx, command, work));
      } catch (error) {
        own.delete(command);
        throw error;
      }
    },
    keep(command, answer) {
      if (!own.has(command)) return;
      waiting.push({ command, answer });
      timer ??= setTimeout(write, togetherMs).unref();
    },
    async find(command) {
      if (own.has(command)) return null;
      await write();
      const [found] = await db.rows<{ answer: Uint8Array | null }>(
        "select answer from command_done where key = $1 and operation = $2",
        [command.key, command.operation],
      );
      return found ?? null;
    },
    settled: write,
  };
};

/**
 * The entry goes out with the first statement of the work, so it costs no round trip. Where another call is at it, it waits
 * for the end of that one; where the entry is there, all that was asked behind it fails, whatever the work makes of that.
 */
const entered = async <T>(tx: Tx, command: KeyedCommand, work: (tx: Tx) => Promise<T>): Promise<T> => {
  const entry = execute(tx, "insert into command_done (key, operation) values ($1, $2)", [
    command.key,
    command.operation,
  ]).catch(onViolation({ command_done_pkey: doneBefore }));
  const working = async (): Promise<T> => work(tx);
  const [first, outcome] = await Promise.allSettled([entry, working()]);
  if (first.status === "rejected") throw first.reason;
  if (outcome.status === "rejected") throw outcome.reason;
  return outcome.value;
};

// It does not wait for the disk: an answer may be lost, the entry is not.
const writeAnswers = async (db: Database, answered: readonly Answered[]): Promise<void> => {
  await db.rows(
    `update command_done set answer = kept.answer
     from (select set_config('synchronous_commit', 'off', true)) as eased,
       unnest($1::text[], $2::text[], $3::bytea[]) as kept (key, operation, answer)
     where command_done.key = kept.key and command_done.operation = kept.operation`,
    [
      answered.map(({ command }) => command.key),
      answered.map(({ command }) => command.operation),
      answered.map(({ answer }) => answer),
    ],
  );
};

/** Forgets what the edge repeats no more. What another process is just forgetting is left to it. */
const forget = async (db: Database): Promise<void> => {
  await db.rows(
    `delete from command_done where (key, operation) in (
       select key, operation from command_done where done_at < now() - $1 * interval '1 hour'
       limit $2 for update skip locked
     )`,
    [rememberedHours, bite],
  );
};
