import { fromBinary } from "@bufbuild/protobuf";
import { PickReason } from "@headway/contracts/gen/headway/dispatch/v1/events_pb";
import { dispatchTopic } from "@headway/contracts/topics";
import type { Database } from "@headway/postgres/database";
import { bySubject } from "@headway/service/model-run";
import { clockOf, type Day } from "./day.ts";
import type { Minute } from "./roster.ts";

/** What can be seen of a day from outside: of the model's, and of what dispatch has written. */
export type Picture = {
  readonly duties: readonly unknown[];
  readonly wishes: readonly string[];
  /** By what each line is about, and then as it was told. */
  readonly told: readonly string[];
};

export const pictureOf = ({ duties, wishes, told }: Day): Picture => ({
  duties: [...duties.values()].map(({ name, state, version, turns }) => ({
    name,
    state,
    version,
    turns: turns.map(({ name, driver, state, on, off, worked, review }) => ({
      name,
      driver,
      state,
      on,
      off,
      worked,
      review,
    })),
  })),
  wishes: wishes.map(({ duty, state }) => `${duty} ${state}`).toSorted(),
  told: bySubject(told),
});

/** Whose ids the names of the model are, and when its minutes are. */
export type Names = {
  readonly id: (name: string) => string;
  readonly name: (id: string) => string;
  readonly known: () => readonly string[];
  readonly minute: (at: string) => Minute;
};

/** What dispatch has written of the duties, from its own tables. */
export const readPicture = async (
  { rows }: Pick<Database, "rows">,
  duties: readonly string[],
  { id, name, known, minute }: Names,
): Promise<Picture> => {
  const ids = duties.map(id);
  const [records, wishes, events] = await Promise.all([
    rows<DutyRecord>(
      `select id, state, version, (select coalesce(json_agg(assignment order by place), '[]') from assignment where duty_id = duty.id) as turns
       from duty where id = any($1::uuid[])`,
      [ids],
    ),
    rows<{ duty: string; state: string }>(
      "select duty_id as duty, state from replacement where duty_id = any($1::uuid[])",
      [ids],
    ),
    rows<EventRecord>(
      `select aggregate_id as about, aggregate_version as version, type, occurred_at as at, payload from event_log
       where aggregate_id = any($1) order by position`,
      [known()],
    ),
  ]);
  const minuteOrNull = (at: string | null) => (at === null ? null : minute(at));
  const shown = records.map(({ id, state, version, turns }) => ({
    name: name(id),
    state,
    version,
    turns: turns.map((turn) => ({
      name: name(turn.id),
      driver: name(turn.driver_id),
      state: turn.state,
      on: minuteOrNull(turn.signed_on_at),
      off: minuteOrNull(turn.signed_off_at),
      worked: turn.worked_minutes,
      review: turn.needs_review,
    })),
  }));
  const told = events.map(({ about, version, type, at, payload }) =>
    [name(about), `v${version}`, type, clockOf(minute(at)), ...detailsOf(type, payload, name)].join(" "),
  );
  return {
    duties: shown.toSorted((a, b) => a.name.localeCompare(b.name)),
    wishes: wishes.map(({ duty, state }) => `${name(duty)} ${state}`).toSorted(),
    told: bySubject(told),
  };
};

type EventRecord = { about: string; version: number; type: string; at: string; payload: Uint8Array };

type DutyRecord = {
  id: string;
  state: string;
  version: number;
  turns: {
    id: string;
    driver_id: string;
    state: string;
    signed_on_at: string | null;
    signed_off_at: string | null;
    worked_minutes: number | null;
    needs_review: boolean;
  }[];
};

/** What a line says after its type and time. */
const detailsOf = (type: string, payload: Uint8Array, name: (id: string) => string): (string | number)[] => {
  const { types } = dispatchTopic;
  switch (type) {
    case "DriverSignedOn": {
      const { assignmentId, minutesLate } = fromBinary(types.DriverSignedOn, payload);
      return [name(assignmentId), minutesLate];
    }
    case "DriverSignedOff": {
      const { assignmentId, bySystem, relieved } = fromBinary(types.DriverSignedOff, payload);
      return [name(assignmentId), bySystem ? "system" : relieved ? "relief" : "driver"];
    }
    case "WorkedTimeRecorded": {
      const { assignmentId, workedMinutes, needsReview } = fromBinary(types.WorkedTimeRecorded, payload);
      return [name(assignmentId), workedMinutes, needsReview ? "?" : "counts"];
    }
    case "ReplacementPicked": {
      const { assignmentId, reason, passedOver } = fromBinary(types.ReplacementPicked, payload);
      return [name(assignmentId), PickReason[reason], passedOver];
    }
    case "DriverLate":
    case "DriverMissed":
    case "BreakStarted":
    case "BreakEnded":
      return [name(fromBinary(types[type], payload).assignmentId)];
    default:
      return [];
  }
};
