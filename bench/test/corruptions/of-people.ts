import type { Corruption } from "./corruption.ts";

export const ofPeople: readonly Corruption[] = [
  {
    what: "an event that went out twice under one version",
    service: "hr",
    sql: `insert into event_log (id, slice, type, aggregate_id, aggregate_version, occurred_at, actor, payload, published_at)
          select gen_random_uuid(), slice, type, aggregate_id, aggregate_version, occurred_at, actor, payload, published_at
          from event_log where type = 'AbsenceApproved' order by position limit 1`,
    foundBy: ["versions of hr's AbsenceRequested and so on (each)", "what scheduling heard of hr"],
    says: /event 2 has version 1/,
  },
  {
    what: "an event that a consumer has not handled",
    service: "reporting",
    sql: "delete from inbox where event_id = (select event_id from inbox where type = 'DriverSignedOff' limit 1)",
    foundBy: ["what reporting heard of dispatch"],
    says: /DriverSignedOff .* is neither handled nor parked/,
  },
  {
    what: "a report of another holder",
    service: "reporting",
    sql: "update holding set driver_id = gen_random_uuid() where (duty_id, place) in (select duty_id, place from holding limit 1)",
    foundBy: ["reported holdings against scheduling's log"],
    says: /driver is/,
  },
  {
    what: "a report of other minutes",
    service: "reporting",
    sql: "update worked_day set worked_minutes = worked_minutes - 1 where (driver_id, service_date) in (select driver_id, service_date from worked_day limit 1)",
    foundBy: ["reported worked days against overtime's"],
    says: /worked_minutes is/,
  },
  {
    what: "an event that was never published",
    service: "notification",
    sql: "update event_log set published_at = null where position = (select min(position) from event_log)",
    foundBy: ["unpublished events of notification"],
    says: /1 events wait/,
  },
  {
    what: "sessions that were to end and did not",
    service: "iam",
    sql: "insert into sessions_to_end (user_id, before_version) select id, 2 from app_user limit 1",
    foundBy: ["sessions that a change of their user ends"],
    says: /Sessions of .* from before its version 2/,
  },
  {
    what: "a notice that is gone",
    service: "notification",
    sql: "delete from notice where id = (select id from notice where kind = 'roster-published' order by id limit 1)",
    foundBy: ["notices against what scheduling told"],
    says: /roster-published .* is missing/,
  },
  {
    what: "a notice of another swap",
    service: "notification",
    sql: "update notice set subject_id = gen_random_uuid() where id = (select id from notice where kind = 'swap-accepted' limit 1)",
    foundBy: ["notices against what scheduling told"],
    says: /swap-accepted .* is missing/,
  },
  {
    what: "an absence of other days",
    service: "hr",
    sql: "update absence set first_day = first_day - 5 where id = (select id from absence order by id limit 1)",
    foundBy: ["days of hr's absences against their times"],
    says: /and has the days/,
  },
  {
    what: "a report of another no-show",
    service: "reporting",
    sql: "update duty_day set missed_by = gen_random_uuid() where duty_id = (select duty_id from duty_day where missed_by is not null limit 1)",
    foundBy: ["reported no-shows against dispatch's log"],
    says: /driver is/,
  },
  {
    what: "a reported day of a duty that is gone",
    service: "reporting",
    sql: "delete from duty_day where duty_id = (select duty_id from duty_day where assignment_id is null limit 1)",
    foundBy: ["reported cancellations against dispatch's log", "reported duties of the day against dispatch's log"],
    says: /is missing/,
  },
  {
    what: "a report that waits for a version that will never come",
    service: "reporting",
    sql: "update duty_day set version = version + 100 where duty_id = (select min(duty_id::text)::uuid from duty_day)",
    foundBy: ["reported duties of the day against dispatch's log"],
    says: /version is/,
  },
];
