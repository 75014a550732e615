import type { BusMessage } from "@headway/messaging/bus";
import { handleOnce } from "@headway/messaging/inbox";
import { type Database, openDatabase } from "@headway/postgres/database";
import { migrate } from "@headway/postgres/migrate";
import { migrationsOf } from "@headway/service/host-service";
import { startPostgres } from "@headway/testkit/embedded-postgres";
import type { Figure, Measurement } from "../frame/figure.ts";
import { inFolder } from "../frame/in-folder.ts";
import { copy, copying, type DutyCopy, makeCopies } from "./relay/duty-copy.ts";
import { dutyMessage } from "./relay/duty-events.ts";

const seconds = 4;

/** Events through inbox and effect, one by one and in batches, on a durable PostgreSQL; Kafka is left out. */
export const consumer: Figure = ({ repeats, say }) =>
  inFolder(async (folder) => {
    const server = await startPostgres({ folder });
    const url = await server.ensureDatabase("consumer");
    await migrate(url, migrationsOf({ name: "consumer", migrations: null }));
    const db = openDatabase({ url, name: "figures", most: 4 });
    try {
      await makeCopies(db);
      const measured: Measurement[] = [];
      for (const size of [1, 200]) measured.push(await consumed(db, size, repeats, say));
      return measured;
    } finally {
      await db.close();
      await server.stop();
    }
  });

const consumed = async (
  db: Database,
  size: number,
  repeats: number,
  say: (line: string) => void,
): Promise<Measurement> => {
  const [handle, hearer] = [handleOnce({ db, onParked: () => {} }), copying()];
  const through = (batch: readonly BusMessage[]) => handle(hearer, batch);
  const bare = (batch: readonly BusMessage[]) =>
    db.inTx(async (tx) => {
      for (const message of batch) await copy(tx, toCopy(message));
    });
  for (const work of [through, bare]) await perSecond(size, seconds / 4, work);
  const [ours, floor]: [number[], number[]] = [[], []];
  for (let repeat = 0; repeat < repeats; repeat++) {
    ours.push(await perSecond(size, seconds, through));
    floor.push(await perSecond(size, seconds, bare));
    say(`batches of ${size}: ${ours.at(-1)?.toFixed(0)}, floor ${floor.at(-1)?.toFixed(0)}`);
  }
  return {
    name: `batches of ${size}`,
    unit: "events/s",
    goal: null,
    ours,
    peer: { name: "bare effect", values: floor },
    note: "One batch after the other, each in one transaction with one statement for an event. The floor has neither message nor inbox.",
  };
};

let next = 0;

const perSecond = async (
  size: number,
  duration: number,
  work: (batch: readonly BusMessage[]) => Promise<void>,
): Promise<number> => {
  let [handled, working] = [0, 0];
  while (working < 1000 * duration) {
    const batch = Array.from({ length: size }, () => dutyMessage(next++));
    // What makes the messages is not measured.
    const began = performance.now();
    await work(batch);
    working += performance.now() - began;
    handled += size;
  }
  return (1000 * handled) / working;
};

const someone = "01930000-0000-7000-8000-000000000000";

const toCopy = ({ key, headers }: BusMessage): DutyCopy => ({
  assignment: key,
  duty: someone,
  driver: someone,
  date: "2026-11-21",
  version: Number(headers.ce_aggregateversion),
});
