import type { Invariant } from "../audit/finding.ts";
import type { Planting } from "./planted.ts";

/** What a planted corruption breaks, and what the finding says of it. */
type Corruption = Planting & { readonly what: string; readonly breaks: Invariant; readonly says: RegExp };

// Each touches one row, so that one row is what must be found.
export const corruptions: readonly Corruption[] = [
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
    what: "a day in a driver's week of other minutes than were told",
    service: "overtime",
    sql: `update worked_week set days = jsonb_set(days, '{0,worked_minutes}', to_jsonb((days -> 0 ->> 'worked_minutes')::integer + 1))
          where (driver_id, first_day) in (select driver_id, first_day from worked_week order by driver_id, first_day limit 1)`,
    breaks: "event-log",
    says: /worked_minutes is \d+, and should be \d+/,
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
