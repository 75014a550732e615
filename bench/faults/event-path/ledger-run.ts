import { randomBytes } from "node:crypto";
import { type FaultLine, type FaultSettings, judged } from "../../frame/fault.ts";
import type { Spread } from "../../frame/spread.ts";
import type { CommandsSettings } from "./commands-process.ts";
import { compare } from "./compare.ts";
import type { ConsumerSettings } from "./consumer-process.ts";
import { ledgerTopic } from "./ledger.ts";
import { makeLedgerDatabase } from "./ledger-database.ts";
import { look } from "./look.ts";
import { type Party, startParty } from "./party.ts";
import { untilQuiet } from "./quiet.ts";
import type { RelaySettings } from "./relay-process.ts";
import type { Outcome, Word } from "./words.ts";

export type LedgerServers = { readonly postgresUrl: string; readonly brokers: readonly string[] };

/** How a campaign on a ledger is run. */
export type LedgerSettings = FaultSettings & {
  readonly tries: number;
  /** 200 where it is not said. */
  readonly commandsPerSecond?: number;
};

/** A ledger under load: what takes part, what was told, what was found wrong on the way. */
export type LedgerRun = {
  readonly databaseUrl: string;
  readonly wrong: (finding: string) => void;
  /** Each resolves when the process is ready; it begins by the order to go. */
  readonly commands: () => Promise<Party>;
  readonly relay: (dies?: RelaySettings["dies"]) => Promise<Party>;
  readonly consumer: (settings?: Partial<ConsumerSettings>) => Promise<Party>;
  /** Stops the commands, waits until all is through, stops the others, and holds what was told against what is there. */
  readonly judge: (fault: Faulted) => Promise<FaultLine>;
  /** Ends every process that still runs, and drops the database. */
  readonly close: () => Promise<void>;
};

type Faulted = {
  readonly name: string;
  readonly tries: number;
  readonly recoveryMs: Spread | null;
  /** True where nothing has died: then no event may go out more often than once. */
  readonly sentOnce?: boolean;
  readonly commands: Party;
  readonly others: readonly Party[];
};

export const openLedgerRun = async (
  { postgresUrl, brokers }: LedgerServers,
  { seed, say, commandsPerSecond = 200 }: LedgerSettings,
): Promise<LedgerRun> => {
  const database = await makeLedgerDatabase(postgresUrl);
  const topic = `ledger-${randomBytes(6).toString("hex")}`;
  const outside = { databaseUrl: database.url, topic: ledgerTopic(topic).name, brokers };
  const outcomes: Outcome[] = [];
  const findings = new Set<string>();
  const parties = new Set<Party>();
  const base = { databaseUrl: database.url, topic, brokers };

  const hear = (word: Word): void => {
    if (word.word === "outcomes") outcomes.push(...word.outcomes);
    if (word.word === "wrong") findings.add(word.text);
  };
  const start = async (name: string, settings: object): Promise<Party> => {
    const party = await startParty(name, settings, hear);
    parties.add(party);
    void party.ended.then(({ how, lastWords }) => {
      parties.delete(party);
      if (how !== "exit code 0" && how !== "SIGKILL") findings.add(`The ${name} process ended (${how}): ${lastWords}`);
    });
    await party.ready;
    return party;
  };

  return {
    databaseUrl: database.url,
    wrong: (finding) => void findings.add(finding),
    commands: () => start("commands", { ...base, seed, commandsPerSecond } satisfies CommandsSettings),
    relay: (dies = null) => start("relay", { ...base, dies } satisfies RelaySettings),
    consumer: (settings = {}) =>
      start("consumer", { ...base, sessionMs: 10_000, restless: null, ...settings } satisfies ConsumerSettings),
    async judge({ name, tries, recoveryMs, sentOnce = false, commands, others }) {
      await commands.stop();
      for (const finding of await untilQuiet(outside)) findings.add(finding);
      await Promise.all(others.map((party) => party.stop()));
      const [told, seen] = [toTold(outcomes), await look(outside)];
      const compared = compare(told, seen);
      const again = seen.topic.length - seen.log.length;
      if (sentOnce && again > 0) findings.add(`${again} published again, though no relay has died`);
      say(`${name}: ${told.refused.size} refused, ${told.unknown.size} unanswered, ${again} published again`);
      return judged({
        name,
        tries,
        acknowledged: told.acknowledged.size,
        recoveryMs,
        ...compared,
        findings: [...findings, ...compared.findings],
      });
    },
    async close() {
      await Promise.all([...parties].map((party) => party.kill()));
      await database.drop();
    },
  };
};

const toTold = (outcomes: readonly Outcome[]) => {
  const commandsOf = (wanted: Outcome["how"]) => outcomes.filter(({ how }) => how === wanted);
  const numbersOf = (wanted: Outcome["how"]) => new Set(commandsOf(wanted).map(({ command }) => command));
  return {
    acknowledged: new Map(
      commandsOf("acknowledged").map(({ command, account, version }) => [command, { account, version }]),
    ),
    refused: numbersOf("refused"),
    unknown: numbersOf("unknown"),
  };
};
