import { create, toBinary } from "@bufbuild/protobuf";
import { DepotOpenedSchema } from "@headway/contracts/gen/headway/hr/v1/events_pb";
import { hrTopic } from "@headway/contracts/topics";
import { systemClock } from "@headway/kernel/clock";
import { newId } from "@headway/kernel/ids";
import type { Tx } from "@headway/kernel/tx";
import { type Database, openDatabase } from "@headway/postgres/database";
import { migrate } from "@headway/postgres/migrate";
import { execute } from "@headway/postgres/transaction";
import { givenServers } from "@headway/testkit/given-servers";
import { templateDatabases } from "@headway/testkit/template-database";
import type { BusMessage } from "../src/bus.ts";
import { consumer, ignored } from "../src/consumer.ts";
import { eventLog } from "../src/event-log.ts";

type GivenDatabase = { readonly db: Database; readonly url: string; readonly drop: () => Promise<void> };

/** A database with the event path's tables, and one for what handling an event does. */
export const givenDatabase = async (): Promise<GivenDatabase> => {
  const template = templateDatabases(givenServers().postgresUrl).template("messaging", (url) =>
    migrate(url, [{ name: "messaging", folder: new URL("../migrations/", import.meta.url) }]),
  );
  const clone = await template.clone();
  const db = openDatabase({ url: clone.url, name: "test", most: 20 });
  await db.rows("create table effect (place bigint generated always as identity, aggregate_id text, code text)");
  return {
    db,
    url: clone.url,
    async drop() {
      await db.close();
      await clone.drop();
    },
  };
};

/** What was done for an aggregate, in order. */
export const effectsOf = async (db: Database, aggregate: string): Promise<readonly string[]> =>
  (await db.rows<{ code: string }>("select code from effect where aggregate_id = $1 order by place", [aggregate])).map(
    ({ code }) => code,
  );

export const effectCount = async (db: Database): Promise<number> =>
  (await db.rows<{ count: number }>("select count(*) from effect"))[0]?.count ?? -1;

/** A consumer that notes each event as an effect. */
export const listener = (act: (tx: Tx, code: string, aggregate: string) => Promise<void> = async () => {}) =>
  consumer({
    name: "test.hr",
    topic: hrTopic,
    on: {
      DepotOpened: async (tx, { event, aggregate }) => {
        await act(tx, event.code, aggregate);
        await execute(tx, "insert into effect (aggregate_id, code) values ($1, $2)", [aggregate, event.code]);
      },
      EmployeeHired: ignored,
      EmployeeMoved: ignored,
      EmployeeTerminated: ignored,
      ContractChanged: ignored,
      QualificationGranted: ignored,
      QualificationExpired: ignored,
      AbsenceRequested: ignored,
      AbsenceApproved: ignored,
      AbsenceDenied: ignored,
      AbsenceCancelled: ignored,
    },
  });

/** An event on its way. */
export const message = (
  aggregate: string,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): BusMessage => ({
  topic: hrTopic.name,
  key: aggregate,
  headers: {
    ce_id: newId(),
    ce_type: "DepotOpened",
    ce_time: "2026-11-21T08:00:00Z",
    ce_aggregateversion: "1",
    ce_actor: "test",
    ...headers,
  },
  value: toBinary(DepotOpenedSchema, create(DepotOpenedSchema, { code })),
});

export const recording = (wake = () => {}) =>
  eventLog({
    topic: hrTopic,
    clock: systemClock,
    wake,
    circumstances: () => ({
      actor: "test",
      session: null,
      traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    }),
  });

export const fact = (aggregate: string, code: string, version = 1) => ({
  type: "DepotOpened" as const,
  aggregate,
  version,
  payload: { code },
});
