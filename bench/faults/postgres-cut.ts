import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startServers } from "@headway/testkit/servers";
import { byLot, type Chance, chanceOf } from "headway/demo/chance";
import type { Fault, FaultLine } from "../frame/fault.ts";
import { inFolder } from "../frame/in-folder.ts";
import { spread } from "../frame/spread.ts";
import { asking } from "./event-path/ledger-database.ts";
import { type LedgerSettings, openLedgerRun } from "./event-path/ledger-run.ts";
import { endings, type MortalPostgres, mortalPostgres } from "./event-path/mortal-postgres.ts";
import type { Party } from "./event-path/party.ts";
import { untilHealed } from "./event-path/quiet.ts";
import { type Cut, cuts } from "./event-path/words.ts";

/** Each blow three times, and the long outage. */
const usualTries = 67;
/** Milliseconds for which PostgreSQL is away, once in a run: longer than anybody keeps trying who gives up. */
const longOutage = 35_000;

/** PostgreSQL is restarted, its connections are ended or cut, the next commit of one of the three goes unanswered; once it is away for long. */
export const postgresCut: Fault = ({ tries, seed, say }) =>
  inFolder(async (folder) => {
    const servers = await startServers({ kafka: true, folder, durable: false });
    const postgres = await mortalPostgres(join(folder, "postgres"));
    try {
      return [await cutPostgres(postgres, servers.brokers, { tries: tries ?? usualTries, seed, say }, longOutage)];
    } finally {
      await Promise.all([postgres.stop(), servers.discard()]);
    }
  });

type Blow =
  | { readonly blow: "restart"; readonly ending: (typeof endings)[number] }
  | { readonly blow: "outage"; readonly ms: number }
  | { readonly blow: "terminate" }
  /** On the way of the commands, the relay or the consumer. */
  | { readonly blow: "cut"; readonly cut: Cut; readonly way: 0 | 1 | 2 };

const blows: readonly Blow[] = [
  ...endings.map((ending) => ({ blow: "restart", ending }) as const),
  { blow: "terminate" },
  ...([0, 1, 2] as const).flatMap((way) => cuts.map((cut) => ({ blow: "cut", cut, way }) as const)),
];

/** So many blows in an order by lot, each as often as the others; the outage, of so many milliseconds, is one in the middle. */
const blowsOf = (tries: number, seed: number, outageMs: number | null): readonly Blow[] => {
  const rounds = Math.ceil(tries / blows.length);
  const usual = Array.from({ length: rounds }, (_, round) =>
    byLot(blows, (blow) => JSON.stringify([blow, seed, round])),
  )
    .flat()
    .slice(0, outageMs === null ? tries : tries - 1);
  const outages = outageMs === null ? [] : [{ blow: "outage", ms: outageMs } as const];
  return usual.toSpliced(Math.floor(usual.length / 2), 0, ...outages);
};

/** Makes the faults, each when an event of after the one before has had its effect; one of them a long outage, if it is to be. */
export const cutPostgres = async (
  postgres: MortalPostgres,
  brokers: readonly string[],
  settings: LedgerSettings,
  outageMs: number | null = null,
): Promise<FaultLine> => {
  const { tries, seed, say } = settings;
  const run = await openLedgerRun({ postgresUrl: postgres.url, brokers }, settings);
  try {
    const chance = chanceOf("postgres", seed);
    const parties = await Promise.all([run.commands(), run.relay(), run.consumer()]);
    const [commands, ...others] = parties;
    for (const party of parties) party.order({ order: "go" });
    await untilHealed(run.databaseUrl, Date.now());
    const recoveries: number[] = [];
    for (const [index, blow] of blowsOf(tries, seed, outageMs).entries()) {
      await pause(chance.whole(20, 200));
      await strike(blow, { postgres, databaseUrl: run.databaseUrl, parties, chance });
      const recovery = await untilHealed(run.databaseUrl, Date.now());
      if (recovery === null) run.wrong(`No event came through for a minute after ${JSON.stringify(blow)}.`);
      else recoveries.push(recovery);
      if ((index + 1) % 10 === 0) say(`PostgreSQL cut: ${index + 1} of ${tries}`);
    }
    const recoveryMs = recoveries.length > 0 ? spread(recoveries) : null;
    return await run.judge({ name: "postgres-cut", tries, recoveryMs, commands, others });
  } finally {
    await run.close();
  }
};

type Struck = {
  readonly postgres: MortalPostgres;
  readonly databaseUrl: string;
  readonly parties: readonly [Party, Party, Party];
  readonly chance: Chance;
};

const strike = async (blow: Blow, { postgres, databaseUrl, parties, chance }: Struck): Promise<void> => {
  if (blow.blow === "restart") return postgres.restart(blow.ending);
  if (blow.blow === "outage") return postgres.restart("SIGINT", blow.ms);
  if (blow.blow === "terminate") return terminateAll(databaseUrl);
  const party = parties[blow.way];
  const mended = party.next("mended");
  party.order({ order: "cut", cut: blow.cut, ms: chance.whole(20, 400) });
  await mended;
};

const terminateAll = (url: string): Promise<void> =>
  asking(url, async (client) => {
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
  });
