import { schedulingTopic } from "@headway/contracts/topics";
import type { Tx } from "@headway/kernel/tx";
import { type BoundConsumer, consumer, ignored } from "@headway/messaging/consumer";
import type { Database } from "@headway/postgres/database";
import { execute } from "@headway/postgres/transaction";

export const makeCopies = async (db: Database): Promise<void> => {
  await db.rows(
    `create table duty_copy (
       assignment_id text primary key, duty_id uuid not null, driver_id uuid not null, service_date date not null, version integer not null
     )`,
  );
};

export type DutyCopy = {
  readonly assignment: string;
  readonly duty: string;
  readonly driver: string;
  readonly date: string;
  readonly version: number;
};

/** What a service keeps of another's assignments: one statement, which passes over what is older. */
export const copy = async (tx: Tx, { assignment, duty, driver, date, version }: DutyCopy): Promise<void> => {
  await execute(
    tx,
    `insert into duty_copy (assignment_id, duty_id, driver_id, service_date, version) values ($1, $2, $3, $4, $5)
     on conflict (assignment_id) do update
     set duty_id = excluded.duty_id, driver_id = excluded.driver_id, service_date = excluded.service_date, version = excluded.version
     where duty_copy.version < excluded.version`,
    [assignment, duty, driver, date, version],
  );
};

/** Keeps copies of the assignments that are told of in the topic of this name. */
export const copying = (topic: string = schedulingTopic.name): BoundConsumer =>
  consumer({
    name: "figures.scheduling",
    topic: { ...schedulingTopic, name: topic },
    on: {
      DutyAssigned: (tx, { event, aggregate, version }) =>
        copy(tx, {
          assignment: aggregate,
          duty: event.dutyId,
          driver: event.driverId,
          date: event.serviceDate,
          version,
        }),
      DutyReleased: ignored,
      RosterPublished: ignored,
      SwapRequested: ignored,
      SwapAccepted: ignored,
      SwapDeclined: ignored,
      SwapCancelled: ignored,
      SwapExpired: ignored,
      SwapApproved: ignored,
    },
  });
