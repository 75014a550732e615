import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EmbeddedPostgres } from "@headway/testkit/embedded-postgres";
import { givenServers } from "@headway/testkit/given-servers";
import type { Message } from "kafkajs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examine } from "../audit/audit.ts";
import { openDatabases, services } from "../audit/databases.ts";
import type { Invariant } from "../audit/finding.ts";
import { findingsOf } from "../audit/finding.ts";
import { checkOutbox } from "../audit/outbox.ts";
import { livedThrough } from "./lived-through.ts";
import { type Planting, planted } from "./planted.ts";
import { ownTopics, sendLogs, type TopicName } from "./sent.ts";

let folder = "";
let postgres: EmbeddedPostgres | null = null;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "headway-audit-test-"));
  postgres = await livedThrough(folder);
});
afterAll(async () => {
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

const url = (): string => postgres?.url ?? "";

const found = async () => findingsOf(await examine({ postgresUrl: url(), brokers: null }));

/** What a planted corruption breaks, and what the finding says of it. */
type Corruption = Planting & { readonly what: string; readonly breaks: Invariant; readonly says: RegExp };

// Each touches one row, so that one row is what must be found.
const corruptions: readonly Corruption[] = [
  {
    what: "an assignment of another driver than was told",
    service: "scheduling",
    sql: `alter table assignment drop constraint assignment_no_overlap;
          update assignment set driver_id = (select id from driver where id <> assignment.driver_id order by id limit 1)
          where id = (select id from assignment where to_version is null order by id limit 1)`,
    breaks: "event-log",
    says: /driver is/,
  },
  {
    what: "an event that is gone from the log",
    service: "dispatch",
    sql: "delete from event_log where position = (select min(position) from event_log where type = 'DriverSignedOn')",
    breaks: "event-log",
    says: /signed_on_at/,
  },
  {
    what: "an event with another payload",
    service: "planning",
    sql: `update event_log set payload = (select payload from event_log where type = 'DutyPlanned' order by position desc limit 1)
          where position = (select min(position) from event_log where type = 'DutyPlanned')`,
    breaks: "event-log",
    says: /id is/,
  },
  {
    what: "an event that went out twice under one version",
    service: "hr",
    sql: `insert into event_log (id, slice, type, aggregate_id, aggregate_version, occurred_at, actor, payload, published_at)
          select gen_random_uuid(), slice, type, aggregate_id, aggregate_version, occurred_at, actor, payload, published_at
          from event_log where type = 'AbsenceApproved' order by position limit 1`,
    breaks: "event-log",
    says: /event 2 has version 1/,
  },
  {
    what: "worked minutes that nobody worked",
    service: "dispatch",
    sql: "update assignment set worked_minutes = worked_minutes + 1 where id = (select id from assignment where worked_minutes is not null order by id limit 1)",
    breaks: "event-log",
    says: /worked_minutes is \d+, and should be \d+/,
  },
  {
    what: "an event that a consumer has not handled",
    service: "reporting",
    sql: "delete from inbox where event_id = (select event_id from inbox where type = 'DriverSignedOff' limit 1)",
    breaks: "inbox",
    says: /DriverSignedOff .* is neither handled nor parked/,
  },
  {
    what: "an event that was handled, and is parked too",
    service: "overtime",
    sql: `insert into parked_event (consumer, event_id, topic, type, aggregate_id, headers, payload, reason)
          select consumer, event_id, topic, type, 'x', '{}', '', 'planted' from inbox where type = 'WorkedTimeRecorded' limit 1`,
    breaks: "inbox",
    says: /was handled 1 times and is parked 1 times/,
  },
  {
    what: "an event that was handled twice",
    service: "accounting",
    sql: "alter table inbox drop constraint inbox_pkey; insert into inbox select * from inbox where type = 'WorkedDayCalculated' limit 1",
    breaks: "inbox",
    says: /was handled 2 times/,
  },
  {
    what: "an event that was handled, and that nobody told",
    service: "scheduling",
    sql: "insert into inbox (consumer, event_id, topic, type) values ('scheduling.hr', gen_random_uuid(), 'headway.hr.v1', 'EmployeeHired')",
    breaks: "inbox",
    says: /hr has not told it/,
  },
  {
    what: "a driver's copy at another depot",
    service: "dispatch",
    sql: "update driver set depot_id = gen_random_uuid() where id = (select id from driver order by id limit 1)",
    breaks: "inbox",
    says: /depot is/,
  },
  {
    what: "a report of another holder",
    service: "reporting",
    sql: "update holding set driver_id = gen_random_uuid() where (duty_id, place) in (select duty_id, place from holding limit 1)",
    breaks: "reporting",
    says: /driver is/,
  },
  {
    what: "a report of other minutes",
    service: "reporting",
    sql: "update worked_day set worked_minutes = worked_minutes - 1 where (driver_id, service_date) in (select driver_id, service_date from worked_day limit 1)",
    breaks: "reporting",
    says: /worked_minutes is/,
  },
  {
    what: "a pay line of other minutes",
    service: "accounting",
    sql: "update pay_line set minutes = minutes + 60 where id = (select id from pay_line where code = 'BASE' order by id limit 1)",
    breaks: "payroll",
    says: /minutes is \d+, and should be \d+/,
  },
  {
    what: "a payroll file of other bytes",
    service: "accounting",
    sql: "update payroll_file set content = content || convert_to('x', 'UTF8')",
    breaks: "payroll",
    says: /another SHA-256/,
  },
  {
    what: "a driver with two duties at once",
    service: "scheduling",
    sql: `alter table assignment drop constraint assignment_no_overlap;
          insert into assignment (id, roster_id, duty_id, driver_id, worked, work_minutes, state, from_version, version)
          select gen_random_uuid(), roster_id, (select id from duty where id not in (select duty_id from assignment where to_version is null) limit 1),
            driver_id, worked, work_minutes, state, from_version, version from assignment where to_version is null order by id limit 1`,
    breaks: "double-booking",
    says: /starts at .*, and another lasts until/,
  },
  {
    what: "an assignment that is there twice",
    service: "scheduling",
    sql: `alter table assignment drop constraint assignment_no_overlap, drop constraint assignment_pkey cascade;
          drop index assignment_one_driver;
          insert into assignment select * from assignment where to_version is null order by id limit 1`,
    breaks: "event-log",
    says: /again .* should not be there/,
  },
  {
    what: "a duty with two holders",
    service: "dispatch",
    sql: `alter table assignment drop constraint assignment_no_overlap;
          insert into assignment (id, duty_id, driver_id, place, starts, state, assigned_at, breaks, needs_review)
          select gen_random_uuid(), duty_id, driver_id, 99, starts, state, assigned_at, breaks, needs_review
          from assignment where state = 'signed-off' order by id limit 1`,
    breaks: "double-booking",
    says: /has 2 drivers/,
  },
  {
    what: "a closing that goes no further",
    service: "accounting",
    sql: "insert into closing (pay_period_id, step) select id, 'export' from pay_period",
    breaks: "at-rest",
    says: /closing at export/,
  },
  {
    what: "an event that was never published",
    service: "notification",
    sql: "update event_log set published_at = null where position = (select min(position) from event_log)",
    breaks: "at-rest",
    says: /1 events wait/,
  },
  {
    what: "sessions that were to end and did not",
    service: "iam",
    sql: "insert into sessions_to_end (user_id, before_version) select id, 2 from app_user limit 1",
    breaks: "at-rest",
    says: /Sessions of .* from before its version 2/,
  },
];

/** The checks that two such days may leave nothing for: nobody leaves, nothing is paid anew, all duties have ended. */
const mayBeIdle: readonly string[] = [
  "versions of iam's SessionRevoked and so on (each)",
  "versions of dispatch's SigningOrphaned and so on (each)",
  "dispatch's orphaned signings as told",
  "what notification heard of planning",
  "iam's leavers against hr's",
  "reversals against the lines that they name",
  "corrections against the lines that they replace",
  "duties that a driver is awaited for in dispatch",
  "drivers of a duty in dispatch",
  "parked events of planning",
  "unpublished events of reporting",
  "leavers whose last day is over",
];

describe("the audit", () => {
  it("finds nothing in a Headway that has lived through two days", async () => {
    const checked = await examine({ postgresUrl: url(), brokers: null });
    expect(findingsOf(checked)).toEqual([]);
    // A check of nothing finds nothing.
    const idle = checked.filter(({ where, looked }) => looked === 0 && !mayBeIdle.includes(where));
    expect(idle.map(({ where }) => where)).toEqual([]);
  });

  it.for(corruptions)("finds $what", async ({ breaks, says, ...planting }) => {
    const findings = await planted(url(), planting, found);
    expect(findings.map(({ invariant }) => invariant)).toContain(breaks);
    expect(
      findings
        .filter(({ invariant }) => invariant === breaks)
        .map(({ detail }) => detail)
        .join("\n"),
    ).toMatch(says);
  });

  it("finds nothing once everything is as it was", async () => {
    expect(await found()).toEqual([]);
  });
});

/** What is wrong with a topic of dispatch's events, each by what it makes of the first events of one duty. */
const spoilt: readonly {
  readonly what: string;
  readonly spoil: (messages: readonly Message[]) => readonly Message[];
  readonly says: RegExp;
}[] = [
  {
    what: "a message that is missing",
    spoil: ([_, ...others]) => others,
    says: /is marked as published, and is not in the topic/,
  },
  {
    what: "a message that came again with other bytes",
    spoil: ([first, ...others]) => (first ? [first, ...others, { ...first, value: Buffer.from("other") }] : []),
    says: /went out with another payload/,
  },
  {
    what: "two messages of one key in the wrong order",
    spoil: ([first, second, ...others]) => (first && second ? [second, first, ...others] : []),
    says: /\(position \d+\) comes after position \d+/,
  },
  {
    what: "a message that no log has",
    spoil: ([first, ...others]) =>
      first ? [first, ...others, { ...first, headers: { ...first.headers, ce_id: crypto.randomUUID() } }] : [],
    says: /is in the topic, and in no log/,
  },
];

describe("the audit of the topics", () => {
  const whole = ownTopics();
  beforeAll(() => sendLogs({ postgresUrl: url(), brokers: givenServers().brokers, nameOf: whole, of: services }));

  const against = async (nameOf: TopicName) => {
    const db = openDatabases(url());
    try {
      return await checkOutbox(db, givenServers().brokers, nameOf);
    } finally {
      await db.close();
    }
  };

  /** All topics, and in the place of dispatch's one with what `spoil` makes of it. */
  const spoiltBy = async (spoil: (messages: readonly Message[]) => readonly Message[]) => {
    const own = ownTopics();
    const servers = { postgresUrl: url(), brokers: givenServers().brokers, nameOf: own, of: ["dispatch" as const] };
    await sendLogs(servers, (messages) => spoil(ofOneDuty(messages)));
    return against((service) => (service === "dispatch" ? own : whole)(service));
  };

  it("finds nothing where each log is in its topic", async () => {
    const checks = await against(whole);
    expect(checks.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(checks.find(({ where }) => where.includes("dispatch"))?.looked).toBeGreaterThan(100);
  });

  it("finds nothing where a log is in its topic twice", async () => {
    const checks = await spoiltBy((messages) => [...messages, ...messages]);
    expect(checks.flatMap(({ wrong }) => wrong)).toEqual([]);
  });

  it.for(spoilt)("finds $what", async ({ spoil, says }) => {
    const wrong = (await spoiltBy(spoil)).flatMap((check) => check.wrong);
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).toMatch(says);
  });
});

/** The messages with those of one key first: the order of different keys says nothing. */
const ofOneDuty = (messages: readonly Message[]): readonly Message[] => {
  const key = messages.find(({ headers }) => headers?.ce_type === "DriverSignedOn")?.key;
  return [...messages.filter((one) => one.key === key), ...messages.filter((one) => one.key !== key)];
};
