import { DepotOpenedSchema } from "@headway/contracts/gen/headway/hr/v1/events_pb";
import { topic } from "@headway/contracts/topic";
import type { Tx } from "@headway/kernel/tx";
import { type BoundConsumer, consumer } from "@headway/messaging/consumer";
import type { EventLog } from "@headway/messaging/event-log";
import { execute, rows } from "@headway/postgres/transaction";

/** A topic of its own for each run, with an event of hr whose code can carry the number of a command. */
export const ledgerTopic = (name: string) => topic(name, { DepotOpened: DepotOpenedSchema });

export type LedgerTopic = ReturnType<typeof ledgerTopic>;

/** Few enough for commands to meet on one account. */
export const accounts: readonly string[] = Array.from({ length: 40 }, (_, index) => `account-${index}`);

/** An effect may be there twice: no constraint hides what went wrong. */
export const ledgerTables = `
  create table account (id text primary key, version integer not null, sum bigint not null);
  create table effect (
    place bigint generated always as identity primary key,
    account text not null,
    version integer not null,
    happened_at timestamptz not null,
    applied_at timestamptz not null default clock_timestamp()
  );
  create index effect_happened_at on effect (happened_at);`;

/** What a command adds; known from its number, so that a sum proves which commands are in it. */
export const amountOf = (command: number): number => 1 + (command % 9);

/** One command: state and event in one transaction. Answers the account's new version. */
export const addTo = async (
  tx: Tx,
  log: EventLog<LedgerTopic>,
  { command, account }: { readonly command: number; readonly account: string },
): Promise<number> => {
  const [added] = await rows<{ version: number }>(
    tx,
    "update account set version = version + 1, sum = sum + $2 where id = $1 returning version",
    [account, amountOf(command)],
  );
  if (!added) throw new Error(`There is no account ${account}.`);
  await log.record(tx, [
    {
      type: "DepotOpened",
      aggregate: account,
      version: added.version,
      payload: { depotId: account, code: String(command) },
    },
  ]);
  return added.version;
};

/** Writes one effect for each event; `act` stands behind it in the same transaction. */
export const ledgerConsumer = (of: LedgerTopic, act: () => Promise<void>): BoundConsumer =>
  consumer({
    name: "ledger.effects",
    topic: of,
    on: {
      async DepotOpened(tx, { aggregate, version, at }) {
        await execute(tx, "insert into effect (account, version, happened_at) values ($1, $2, $3)", [
          aggregate,
          version,
          at.toString(),
        ]);
        await act();
      },
    },
  });
