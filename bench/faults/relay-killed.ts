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

/** The relay dies at five points of its way through a batch, and goes in order while another is at work. Tries are for each line. */
export const relayKilled: Fault = ({ tries, seed, say }) =>
  onServers(async (servers) => {
    const settings = { tries: tries ?? triesAtEachPoint, seed, say };
    const lines: FaultLine[] = [];
    for (const point of killPoints) lines.push(await killRelay(servers, [point], settings));
    return [...lines, await relaysSideBySide(servers, settings)];
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

/**
 * Two relays are at work all the time; each try, the elder goes in order and another comes. Each event is published by one of
 * them, and once: where two had the same slice, it would go out by both.
 */
export const relaysSideBySide = async (servers: LedgerServers, settings: LedgerSettings): Promise<FaultLine> => {
  const { tries, seed, say } = settings;
  const run = await openLedgerRun(servers, settings);
  try {
    const chance = chanceOf("relays side by side", seed);
    const [commands, consumer, first, second] = await Promise.all([
      run.commands(),
      run.consumer(),
      run.relay(),
      run.relay(),
    ]);
    for (const party of [commands, consumer, first, second]) party.order({ order: "go" });
    let [elder, younger] = [first, second];
    for (let change = 1; change <= tries; change++) {
      const coming = await run.relay();
      await pause(chance.whole(50, 500));
      await elder.stop();
      coming.order({ order: "go" });
      [elder, younger] = [younger, coming];
      if (change % 10 === 0) say(`relays side by side: ${change} of ${tries}`);
    }
    await pause(chance.whole(500, 1500));
    const others = [consumer, elder, younger];
    return await run.judge({ name: "two at work", tries, recoveryMs: null, sentOnce: true, commands, others });
  } finally {
    await run.close();
  }
};

const diesBy = (relay: Party, ms: number): Promise<boolean> =>
  Promise.race([relay.ended.then(({ how }) => how === "SIGKILL"), pause(ms, false, { ref: false })]);
