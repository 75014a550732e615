import { setTimeout as pause } from "node:timers/promises";
import { chanceOf } from "headway/demo/chance";
import { type HeadwayChild, startChild } from "headway/host/child";
import { connect } from "headway/rehearse/headway";
import { quiet } from "headway/rehearse/quiet";
import { examine } from "../audit/audit.ts";
import { openDatabases } from "../audit/databases.ts";
import { toldFindings } from "../audit/finding.ts";
import { isOfVersions } from "../audit/versions.ts";
import { type Fault, type FaultLine, type FaultSettings, judged } from "../frame/fault.ts";
import { inFolder } from "../frame/in-folder.ts";
import { postgresOf } from "../frame/postgres-of.ts";
import { spread } from "../frame/spread.ts";
import { accounts, type Client, closing, personnel, reassignment } from "./single-process/clients.ts";
import { type Balance, balance, countAll } from "./single-process/counts.ts";
import { dayOfOperations, replacement } from "./single-process/day.ts";
import { type Ledger, newLedger } from "./single-process/ledger.ts";
import { type Line, newLine } from "./single-process/line.ts";
import { postmastersOf, untilGone } from "./single-process/postmasters.ts";
import { makeWorld, type World } from "./single-process/world.ts";

const usualTries = 50;
const asked = ["start", "--empty", "--rehearsal"];

/** Milliseconds for which it may work before it is killed. */
const livesFor = { least: 300, most: 2500 };
/** Milliseconds within which somebody must get an answer. */
const answersWithin = 60_000;
/** Milliseconds after which a PostgreSQL without its Headway is an orphan. */
const orphanedAfter = 20_000;

/** The single process is killed with SIGKILL again and again, under load and on one data folder. */
export const singleProcess: Fault = async (settings) => [await inFolder((folder) => onFolder(folder, settings))];

const onFolder = async (folder: string, { tries, seed, say }: FaultSettings): Promise<FaultLine> => {
  const [line, ledger, chance] = [newLine(), newLedger(), chanceOf(seed)];
  const first = await startChild({ folder, asked });
  let child: HeadwayChild = first;
  try {
    const world = await makeWorld(connect(first.url, first.key), first.url, folder);
    line.open(first.url, first.key);
    const load = underLoad(clientsOf({ line, ledger, world }));
    const recovery: number[] = [];
    const orphans: string[] = [];
    for (let made = 1; made <= (tries ?? usualTries); made++) {
      await untilAnswered(ledger);
      await pause(chance.whole(livesFor.least, livesFor.most));
      line.cut();
      await child.end("SIGKILL");
      const began = performance.now();
      child = await startChild({ folder, asked });
      recovery.push(performance.now() - began);
      line.open(child.url, first.key);
      const there = await postmastersOf(folder);
      if (there.length !== 1) orphans.push(`After kill ${made}, ${there.length} PostgreSQL servers run on the folder.`);
      if (made % 5 === 0) say(`${made} times killed, ${ledger.acknowledged()} calls acknowledged`);
    }
    await untilAnswered(ledger);
    await load.end();
    const { lost, doubled, told, disordered, findings } = await settle(folder, child, first.key, ledger);
    await child.end("SIGTERM");
    const left = await untilGone(folder, orphanedAfter);
    if (left.length > 0) orphans.push(`${left.length} PostgreSQL servers were left behind.`);
    return judged({
      name: "single-process",
      tries: recovery.length,
      acknowledged: ledger.acknowledged(),
      lost,
      doubled,
      disordered,
      findings: [...told, ...ledger.findings, ...findings, ...orphans],
      recoveryMs: spread(recovery),
    });
  } finally {
    await child.end("SIGTERM");
  }
};

const clientsOf = (needs: {
  readonly line: Line;
  readonly ledger: Ledger;
  readonly world: World;
}): readonly Client[] => [
  ...[0, 1].map((place) => personnel(needs, place)),
  ...Array.from({ length: needs.world.reassigning }, (_, place) => reassignment(needs, place)),
  dayOfOperations(needs),
  replacement(needs),
  closing(needs),
  accounts(needs),
];

/** All clients at once, until they are told to end; each ends with an answer to what it asked last. */
const underLoad = (clients: readonly Client[]) => {
  const stopping = new AbortController();
  const work = Promise.all(clients.map((client) => client(stopping.signal)));
  // A client that fails ends the campaign at its end, not the process at once.
  work.catch(() => {});
  return {
    end: async (): Promise<void> => {
      stopping.abort();
      await work;
    },
  };
};

/** A kill before anything was answered would prove nothing. Throws where nothing is answered any more. */
const untilAnswered = async (ledger: Ledger): Promise<void> => {
  const before = ledger.acknowledged();
  for (const until = performance.now() + answersWithin; ledger.acknowledged() < before + 5; await pause(20))
    if (performance.now() > until) throw new Error(["Nothing is answered any more.", ...ledger.findings].join(" "));
};

type Settled = Balance & { readonly disordered: number; readonly findings: readonly string[] };

/** Waits until all is quiet, and counts and looks from the outside. */
const settle = async (folder: string, child: HeadwayChild, key: string, { expected }: Ledger): Promise<Settled> => {
  const headway = connect(child.url, key);
  await quiet(headway);
  // Setting the clock runs every job: what waits for its minute is not stuck.
  const { data: clock } = await headway.GET("/clock");
  if (clock) await headway.PUT("/clock", { body: { at: clock.at } });
  await quiet(headway);
  const postgresUrl = await postgresOf(folder);
  const checked = await examine({ postgresUrl, brokers: null });
  const db = openDatabases(postgresUrl);
  try {
    const disordered = checked.filter(isOfVersions).flatMap(({ wrong }) => wrong).length;
    return { ...balance(expected, await countAll(db)), disordered, findings: toldFindings(checked) };
  } finally {
    await db.close();
  }
};
