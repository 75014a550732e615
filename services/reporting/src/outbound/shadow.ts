import { conflict } from "@headway/kernel/domain-error";
import type { Tx } from "@headway/kernel/tx";
import type { BusMessage } from "@headway/messaging/bus";
import type { BoundConsumer } from "@headway/messaging/consumer";
import { handleOnce } from "@headway/messaging/inbox";
import type { Database } from "@headway/postgres/database";
import { execute, rows } from "@headway/postgres/transaction";
import type { Progress, Rebuild } from "../model/rebuild.ts";

/** The read models: all that hearing events writes, but for the inbox. */
const readModels = ["duty_plan", "holding", "duty_day", "activated_day", "worked_day", "driver"];

export type ShadowNeeds = {
  readonly db: Database;
  /** By the service whose log they hear. */
  readonly consumers: ReadonlyMap<string, BoundConsumer>;
  /** A stretch of a service's log behind a position. */
  readonly readLog: (source: string, after: bigint) => Promise<LogStretch>;
  readonly onParked: (consumer: string, message: BusMessage, error: unknown) => void;
};

export type LogStretch = { readonly messages: readonly BusMessage[]; readonly last: bigint; readonly isEnd: boolean };

/**
 * The read models a second time, in a schema of their own, with an inbox of their own: the same consumers hear the same
 * events on them, once and in order, by the same mechanism.
 */
export const shadowOf = ({ db, consumers, readLog, onParked }: ShadowNeeds) => {
  const inShadow =
    ({ number }: Rebuild): Database["inTx"] =>
    (work) =>
      db.inTx(async (tx) => {
        await mustBeNewest(tx, number);
        await execute(tx, "set local search_path = rebuilding");
        return work(tx);
      });

  return {
    async begin(): Promise<Rebuild> {
      return db.inTx(async (tx) => {
        const [rebuild] = await rows<Rebuild>(
          tx,
          "update rebuild set number = number + 1, started_at = clock_timestamp() returning number",
        );
        if (!rebuild) throw new Error("The table rebuild has lost its row.");
        await execute(tx, "drop schema if exists rebuilding cascade");
        await execute(tx, "create schema rebuilding");
        for (const table of [...readModels, "inbox", "parked_event"])
          await execute(tx, `create table rebuilding.${table} (like public.${table} including all)`);
        return rebuild;
      });
    },

    async follow(rebuild: Rebuild, source: string, from: bigint): Promise<Progress> {
      const consumer = consumers.get(source);
      if (!consumer) throw new Error(`Nothing hears ${source}.`);
      // What cannot be handled was tried often enough when it was heard first.
      const handle = handleOnce({ db: { ...db, inTx: inShadow(rebuild) }, onParked, retries: [] });
      for (let position = from, events = 0; ; ) {
        const { messages, last, isEnd } = await readLog(source, position);
        await handle(consumer, messages);
        position = last;
        events += messages.length;
        if (isEnd) return { position, events };
      }
    },

    async takeOver({ number }: Rebuild): Promise<boolean> {
      return db.inTx(async (tx) => {
        const names = [...consumers.values()].map(({ name }) => name).sort();
        // The lock that a replay of parked events takes: no consumer handles anything until the commit.
        for (const name of names)
          await execute(tx, "select pg_advisory_xact_lock(hashtext('replay'), hashtext($1))", [name]);
        await mustBeNewest(tx, number);
        if (await hasMissed(tx)) return false;
        for (const table of [...readModels, "inbox"]) {
          await execute(tx, `delete from public.${table}`);
          await execute(tx, `insert into public.${table} table rebuilding.${table}`);
        }
        await takeOverParked(tx);
        await execute(tx, "drop schema rebuilding cascade");
        return true;
      });
    },
  };
};

/** Refused with `reports.rebuild-overtaken` once another rebuild has begun. */
const mustBeNewest = async (tx: Tx, number: number): Promise<void> => {
  const found = await rows(tx, "select from public.rebuild where number = $1 for share", [number]);
  if (found.length === 0)
    throw conflict("reports.rebuild-overtaken", "Another rebuild has begun meanwhile, and will make the same.");
};

/** Whether something was heard that the shadow has not read. What was heard before it began is in the logs that it read. */
const hasMissed = async (tx: Tx): Promise<boolean> => {
  const missed = await rows(
    tx,
    `select from (
       select consumer, event_id from public.inbox where handled_at >= (select started_at from public.rebuild)
       union all
       select consumer, event_id from public.parked_event where parked_at >= (select started_at from public.rebuild)
     ) as heard
     where not exists (select from rebuilding.inbox as known where known.consumer = heard.consumer and known.event_id = heard.event_id)
       and not exists (select from rebuilding.parked_event as known where known.consumer = heard.consumer and known.event_id = heard.event_id)
     limit 1`,
  );
  return missed.length > 0;
};

const takeOverParked = async (tx: Tx): Promise<void> => {
  await execute(tx, "delete from public.parked_event");
  await execute(
    tx,
    `insert into public.parked_event (consumer, event_id, topic, type, aggregate_id, headers, payload, reason, parked_at)
     select consumer, event_id, topic, type, aggregate_id, headers, payload, reason, parked_at from rebuilding.parked_event order by place`,
  );
};
