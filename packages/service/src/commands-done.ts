import { conflict } from "@headway/kernel/domain-error";
import { oneAtATime } from "@headway/kernel/one-at-a-time";
import { seldom } from "@headway/kernel/seldom";
import type { Tx } from "@headway/kernel/tx";
import { pauses } from "@headway/messaging/pauses";
import type { Database } from "@headway/postgres/database";
import { isTimeout, onViolation } from "@headway/postgres/failure";
import { execute, notWaitingForDisk } from "@headway/postgres/transaction";
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
  /** What an earlier call has done, with its answer where that was kept; null where none has. Waits a moment for an answer that is on its way. */
  readonly find: (command: KeyedCommand) => Promise<CommandDone | null>;
  /** When all answers so far are kept, or lost. */
  readonly settled: () => Promise<void>;
};

type CommandDone = { readonly request: string; readonly answer: Uint8Array | null };

type Answered = { readonly command: KeyedCommand; readonly answer: Uint8Array };

/** The answers of so many milliseconds are written in one statement. */
const togetherMs = 200;
/** Between two looks for an answer that is on its way: the first call has committed, and may have something left to do. */
const answerWaits = [100, 300, 600];
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

/** Refused to who says something else under a key that has been used. */
export const usedBefore = () =>
  conflict("idempotency-key.reused", "This Idempotency-Key was used for another request.");

// The entry waits only where the first call is still at it.
const onLongWait = (error: unknown): never => {
  throw isTimeout(error)
    ? conflict("idempotency-key.under-way", "The first call with this Idempotency-Key is still under way.", {
        retryAfter: 5,
      })
    : error;
};

/** The commands of one service that came with a key, in its own database: each takes effect once. */
export const commandsDone = (db: Database, onFailure: (error: unknown) => void): CommandsDone => {
  const mayForget = seldom(forgetEveryMs);
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
    if (mayForget()) await forget(db).catch(onFailure);
  });
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
      for await (const last of pauses(command.secretAnswer ? [] : answerWaits)) {
        await write();
        const [found] = await db.rows<CommandDone>(
          "select request, answer from command_done where key = $1 and operation = $2",
          [command.key, command.operation],
        );
        if (!found || found.answer || last) return found ?? null;
      }
      return null;
    },
    settled: write,
  };
};

/**
 * The entry goes out with the first statement of the work, so it costs no round trip. Where another call is at it, it waits
 * for the end of that one; where the entry is there, all that was asked behind it fails, whatever the work makes of that.
 */
const entered = async <T>(tx: Tx, command: KeyedCommand, work: (tx: Tx) => Promise<T>): Promise<T> => {
  const entry = execute(tx, "insert into command_done (key, operation, request) values ($1, $2, $3)", [
    command.key,
    command.operation,
    command.request,
  ])
    .catch(onViolation({ command_done_pkey: doneBefore }))
    .catch(onLongWait);
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
     from ${notWaitingForDisk},
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
  while ((await forgetBite(db)) === bite);
};

const forgetBite = async (db: Database): Promise<number> => {
  const forgotten = await db.rows(
    `delete from command_done where (key, operation) in (
       select key, operation from command_done where done_at < now() - $1 * interval '1 hour'
       limit $2 for update skip locked
     ) returning 1`,
    [rememberedHours, bite],
  );
  return forgotten.length;
};
