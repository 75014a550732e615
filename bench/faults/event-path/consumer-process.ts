import { setTimeout as pause } from "node:timers/promises";
import type { Bus } from "@headway/messaging/bus";
import { handleOnce } from "@headway/messaging/inbox";
import { kafkaBus } from "@headway/messaging/kafka-bus";
import { openDatabase } from "@headway/postgres/database";
import { chanceOf } from "headway/demo/chance";
import { endAfter, givenSettings, obey, tell } from "./as-process.ts";
import { cutWay } from "./cut-way.ts";
import { ledgerConsumer, ledgerTopic } from "./ledger.ts";
import { mishaps } from "./mishaps.ts";

export type ConsumerSettings = {
  readonly databaseUrl: string;
  readonly topic: string;
  readonly brokers: readonly string[];
  readonly sessionMs: number;
  /** Joins, leaves and joins again, at moments chosen by this seed. Null for one that stays. */
  readonly restless: number | null;
};

const { databaseUrl, topic, brokers, sessionMs, restless } = givenSettings<ConsumerSettings>();
const way = await cutWay(databaseUrl);
const db = openDatabase({ url: way.url, name: "consumer", most: 8 });
const misfortune = mishaps(() => end());
const own = ledgerTopic(topic);
const effects = ledgerConsumer(own, misfortune.behindEach);
const handle = handleOnce({
  db,
  onParked: (_, { key }, error) =>
    tell({ word: "wrong", text: `An event of ${key} was parked: ${error instanceof Error ? error.message : error}` }),
});
let stopped = false;

const openBus = (): Promise<Bus> =>
  kafkaBus({
    brokers,
    clientId: "consumer",
    sessionMs,
    onDead(error) {
      tell({ word: "wrong", text: `A member left its group for good: ${error.message}` });
    },
  });

const join = (bus: Bus): Promise<void> =>
  bus.subscribe({
    group: own.name,
    topics: [own.name],
    from: "earliest",
    onBatch: (batch) => misfortune.during(batch.length, () => handle(effects, batch)),
  });

/** Each stay is a try; the campaign counts them. */
const comeAndGo = async (seed: number): Promise<void> => {
  const chance = chanceOf("restless", seed);
  while (!stopped) {
    const bus = await openBus();
    await join(bus);
    await pause(chance.whole(100, 1500));
    await bus.close();
    tell({ word: "over" });
    await pause(chance.whole(0, 300));
  }
};

const staying = restless === null ? await openBus() : null;
let work: Promise<void> = Promise.resolve();

const end = (): void =>
  endAfter(async () => {
    stopped = true;
    await staying?.close();
    await work;
    await db.close();
  });

obey((order) => {
  if (order.order === "go") work = staying ? join(staying) : comeAndGo(restless ?? 0);
  if (order.order === "cut") void way.cut(order.cut, order.ms).then(() => tell({ word: "mended" }));
  if (order.order === "mishap") misfortune.arm(order.mishap, order.share);
  if (order.order === "stop") end();
});
tell({ word: "ready" });
