import { setTimeout as pause } from "node:timers/promises";
import { DepotService } from "@headway/contracts/gen/headway/hr/v1/depot_service_pb";
import { topic } from "@headway/contracts/topic";
import { hrTopic } from "@headway/contracts/topics";
import { newId } from "@headway/kernel/ids";
import { consumer, ignored } from "@headway/messaging/consumer";
import { execute } from "@headway/postgres/transaction";
import { defineService, door } from "../../src/service.ts";
import { orElse, setting, whole } from "../../src/setting.ts";

const seconds = setting((said) => {
  if (!(Number(said) >= 0)) throw new Error("must be seconds");
  return Number(said);
});

const config = {
  /** How long the consumer takes over an event. */
  TINY_PAUSE_SECONDS: orElse(seconds, 0),
  /** How long a list takes. */
  TINY_LIST_MS: orElse(whole(0, 60_000), 0),
};

/** The topic of a tiny service. */
export const tinyTopic = (name: string) => topic(name, hrTopic.types);

/** The smallest service with a whole event path: it opens depots, tells of them, and hears itself or another one. `hopeless` is a code that it cannot handle. */
export const tinyService = (name: string, hears = name) => {
  const own = tinyTopic(name);
  return defineService({
    name,
    topic: own,
    usesRedis: true,
    config,
    migrations: new URL("./migrations/", import.meta.url),
    build({ db, eventLog, log: told }, { TINY_PAUSE_SECONDS, TINY_LIST_MS }) {
      const log = eventLog(own);
      return {
        doors: [
          door(DepotService, {
            async openDepot({ code }) {
              const id = newId();
              await db.inTx(async (tx) => {
                await execute(tx, "insert into depot (id, code) values ($1, $2)", [id, code]);
                await log.record(tx, [
                  { type: "DepotOpened", aggregate: id, version: 1, payload: { depotId: id, code } },
                ]);
              });
              return { depot: { id, code } };
            },
            async listDepots() {
              told.info({ event: "tiny.lists" });
              await pause(TINY_LIST_MS);
              return { depots: [] };
            },
          }),
        ],
        consumers: [
          consumer({
            name: `${name}.${hears}`,
            topic: tinyTopic(hears),
            on: {
              async DepotOpened(tx, { event, id, aggregate, version }) {
                if (event.code === "hopeless") throw new Error("hopeless");
                await execute(
                  tx,
                  "insert into effect (event_id, aggregate, version) select $1, $2, $3 from pg_sleep($4)",
                  [id, aggregate, version, TINY_PAUSE_SECONDS],
                );
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
          }),
        ],
        jobs: [],
      };
    },
  });
};
