import { kafkaBus } from "@headway/messaging/kafka-bus";
import { relay } from "@headway/messaging/relay";
import { openDatabase } from "@headway/postgres/database";
import { endAfter, givenSettings, obey, tell } from "./as-process.ts";
import { cutWay } from "./cut-way.ts";
import { atPoint, type KillPoint } from "./kill-points.ts";
import { ledgerTopic } from "./ledger.ts";

export type RelaySettings = {
  readonly databaseUrl: string;
  readonly topic: string;
  readonly brokers: readonly string[];
  /** Where it dies by SIGKILL, at which pass. */
  readonly dies: { readonly at: KillPoint; readonly pass: number } | null;
};

const { databaseUrl, topic, brokers, dies } = givenSettings<RelaySettings>();
const way = await cutWay(databaseUrl);
const bus = await kafkaBus({ brokers, clientId: "relay", onDead: () => {} });
let passes = 0;
const die = (): void => {
  passes++;
  if (passes === dies?.pass) process.kill(process.pid, "SIGKILL");
};
const db = openDatabase({ url: way.url, name: "relay", most: 4 });
const worker = relay({
  db,
  bus: dies ? atPoint(dies.at, bus, die) : bus,
  topic: ledgerTopic(topic),
  // It tries again by itself.
  onFailure: () => {},
  // In a service each commit wakes it; here the commits are in another process.
  everyMs: 20,
});

obey((order) => {
  if (order.order === "go") worker.start();
  if (order.order === "cut") void way.cut(order.cut, order.ms).then(() => tell({ word: "mended" }));
  if (order.order === "stop")
    endAfter(async () => {
      await worker.stop();
      await bus.close();
      await db.close();
    });
});
tell({ word: "ready" });
