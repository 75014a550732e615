import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startServers } from "@headway/testkit/servers";
import { chanceOf } from "headway/demo/chance";
import type { Fault, FaultLine } from "../frame/fault.ts";
import { inFolder } from "../frame/in-folder.ts";
import { spread } from "../frame/spread.ts";
import { type LedgerSettings, openLedgerRun } from "./event-path/ledger-run.ts";
import { type MortalKafka, mortalKafka } from "./event-path/mortal-kafka.ts";
import { untilHealed } from "./event-path/quiet.ts";

const usualTries = 50;

/** The broker dies under load, and comes back on the same data and port. Recovery is counted from when it serves clients. */
export const brokerKilled: Fault = ({ tries, seed, say }) =>
  inFolder(async (folder) => {
    const servers = await startServers({ postgres: true, folder, durable: false });
    const kafka = await mortalKafka(join(folder, "kafka"));
    try {
      return [await killBroker(servers.postgresUrl, kafka, { tries: tries ?? usualTries, seed, say })];
    } finally {
      await Promise.all([kafka.stop(), servers.discard()]);
    }
  });

/**
 * Kills the broker again and again, in most tries soon after its return: while the group loads, joins, catches up. In each
 * tenth, and the last, it waits until an event of after the return has had its effect.
 */
export const killBroker = async (
  postgresUrl: string,
  kafka: MortalKafka,
  settings: LedgerSettings,
  sessionMs = 10_000,
): Promise<FaultLine> => {
  const { tries, seed, say } = settings;
  const run = await openLedgerRun({ postgresUrl, brokers: kafka.brokers }, settings);
  try {
    const chance = chanceOf("broker", seed);
    const parties = await Promise.all([run.commands(), run.relay(), run.consumer({ sessionMs })]);
    const [commands, ...others] = parties;
    for (const party of parties) party.order({ order: "go" });
    await untilHealed(run.databaseUrl, Date.now());
    const recoveries: number[] = [];
    for (let kill = 1; kill <= tries; kill++) {
      await pause(chance.whole(50, 1500));
      await kafka.kill();
      const back = await kafka.startAgain();
      if (kill % 5 === 0) say(`broker killed: ${kill} of ${tries}`);
      if (kill % 10 !== 0 && kill !== tries) continue;
      const recovery = await untilHealed(run.databaseUrl, back);
      if (recovery === null) run.wrong("Nothing came through for a minute after the broker was back.");
      else recoveries.push(recovery);
    }
    return await run.judge({
      name: "broker-killed",
      tries,
      recoveryMs: recoveries.length > 0 ? spread(recoveries) : null,
      commands,
      others,
    });
  } finally {
    await run.close();
  }
};
