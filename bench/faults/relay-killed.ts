import { setTimeout as pause } from "node:timers/promises";
import { chanceOf } from "headway/demo/chance";
import type { Fault, FaultLine } from "../frame/fault.ts";
import { type KillPoint, killPoints } from "./event-path/kill-points.ts";
import { type LedgerServers, type LedgerSettings, openLedgerRun } from "./event-path/ledger-run.ts";
import { onServers } from "./event-path/on-servers.ts";
import type { Party } from "./event-path/party.ts";

const triesAtEachPoint = 40;
/** Milliseconds for a relay to come to its point under load. */
const patience = 20_000;

/** The relay dies at five points of its way through a batch. Tries are for each point. */
export const relayKilled: Fault = ({ tries, seed, say }) =>
  onServers(async (servers) => {
    const lines: FaultLine[] = [];
    for (const point of killPoints)
      lines.push(await killRelay(servers, [point], { tries: tries ?? triesAtEachPoint, seed, say }));
    return lines;
  });

/** Kills one relay after the other, at these points in turn. The next one stands ready, so that the load does not pile up. */
export const killRelay = async (
  servers: LedgerServers,
  points: readonly KillPoint[],
  settings: LedgerSettings,
): Promise<FaultLine> => {
  const { tries, seed, say } = settings;
  const name = points.join(", ");
  const run = await openLedgerRun(servers, settings);
  try {
    const chance = chanceOf("relay", ...points, seed);
    const doomed = (turn: number) =>
      run.relay({ at: points[turn % points.length] ?? "after sending", pass: chance.whole(1, 12) });
    const [commands, consumer] = await Promise.all([run.commands(), run.consumer()]);
    for (const party of [commands, consumer]) party.order({ order: "go" });
    let coming = doomed(0);
    for (let kill = 1; kill <= tries; kill++) {
      const relay = await coming;
      coming = kill < tries ? doomed(kill) : run.relay();
      relay.order({ order: "go" });
      if (!(await diesBy(relay, patience))) {
        run.wrong(`A relay did not come to where it was to die, of: ${points.join(", ")}.`);
        await relay.kill();
      }
      if (kill % 10 === 0) say(`killed ${name}: ${kill} of ${tries}`);
    }
    const relay = await coming;
    relay.order({ order: "go" });
    return await run.judge({
      name,
      tries,
      recoveryMs: null,
      commands,
      others: [consumer, relay],
    });
  } finally {
    await run.close();
  }
};

const diesBy = (relay: Party, ms: number): Promise<boolean> =>
  Promise.race([relay.ended.then(({ how }) => how === "SIGKILL"), pause(ms, false, { ref: false })]);
