import { setTimeout as pause } from "node:timers/promises";
import { systemClock } from "@headway/kernel/clock";
import { DomainError } from "@headway/kernel/domain-error";
import { eventLog } from "@headway/messaging/event-log";
import { type Database, openDatabase } from "@headway/postgres/database";
import { chanceOf } from "headway/demo/chance";
import { endAfter, givenSettings, obey, tell } from "./as-process.ts";
import { cutWay } from "./cut-way.ts";
import { accounts, addTo, ledgerTopic } from "./ledger.ts";
import type { Outcome } from "./words.ts";

export type CommandsSettings = {
  readonly databaseUrl: string;
  readonly topic: string;
  readonly seed: number;
  readonly commandsPerSecond: number;
};

const { databaseUrl, topic, seed, commandsPerSecond } = givenSettings<CommandsSettings>();
/** The most commands under way: while the database is away no more are given. */
const mostUnderWay = 60;

const way = await cutWay(databaseUrl);
const db: Database = openDatabase({ url: way.url, name: "commands", most: 10 });
const log = eventLog({
  topic: ledgerTopic(topic),
  clock: systemClock,
  circumstances: () => ({ actor: "service:commands", session: null, traceparent: null }),
  wake: () => {},
});
const chance = chanceOf("commands", seed);
const underWay = new Set<Promise<void>>();
let outcomes: Outcome[] = [];
let stopped = false;

const give = async (command: number, account: string): Promise<void> => {
  // The work may be done anew: only the last time counts.
  let asked = false;
  try {
    const version = await db.inTx(async (tx) => {
      asked = false;
      const made = await addTo(tx, log, { command, account });
      asked = true;
      return made;
    });
    outcomes.push({ command, account, how: "acknowledged", version });
  } catch (error) {
    outcomes.push({ command, account, how: asked ? "unknown" : "refused", version: 0 });
    if (!(error instanceof DomainError))
      tell({ word: "wrong", text: `A command failed with no refusal: ${String(error)}` });
  }
};

const report = (): void => {
  tell({ word: "outcomes", outcomes });
  outcomes = [];
};

const giveAll = async (): Promise<void> => {
  const began = performance.now();
  let missed = 0;
  for (let command = 0; !stopped; await pause(5)) {
    const due = ((performance.now() - began) / 1000) * commandsPerSecond - missed;
    for (; command < due; command++) {
      if (underWay.size >= mostUnderWay) {
        missed += due - command;
        break;
      }
      const work = give(command, chance.pick(accounts)).finally(() => underWay.delete(work));
      underWay.add(work);
    }
    if (outcomes.length >= commandsPerSecond) report();
  }
};

obey((order) => {
  if (order.order === "go") void giveAll();
  if (order.order === "cut") void way.cut(order.cut, order.ms).then(() => tell({ word: "mended" }));
  if (order.order === "stop") {
    stopped = true;
    endAfter(async () => {
      await Promise.all(underWay);
      report();
      await db.close();
      // What was told must have left this process.
      await new Promise<void>((resolve) => process.send?.({ word: "over" }, () => resolve()));
    });
  }
});
tell({ word: "ready" });
