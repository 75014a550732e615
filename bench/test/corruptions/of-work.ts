import type { Corruption } from "./corruption.ts";

export const ofWork: readonly Corruption[] = [
  {
    what: "an assignment of another driver than was told",
    service: "scheduling",
    sql: `alter table assignment drop constraint assignment_no_overlap;
          update assignment set driver_id = gen_random_uuid()
          where id = (select id from assignment where to_version is null order by id limit 1)`,
    foundBy: ["scheduling's assignments of published rosters: assigned minus released"],
    says: /driver is/,
  },
  {
    what: "an event that is gone from the log",
    service: "dispatch",
    sql: "delete from event_log where position = (select min(position) from event_log where type = 'DriverSignedOn')",
    foundBy: [
      "dispatch's assignments and worked minutes as told",
      "dispatch's signings against the events that they led to",
      "what scheduling heard of dispatch",
      "what reporting heard of dispatch",
    ],
    says: /signed_on_at/,
  },
  {
    what: "an event with another payload",
    service: "planning",
    sql: `update event_log set payload = (select payload from event_log where type = 'DutyPlanned' order by position desc limit 1)
          where position = (select min(position) from event_log where type = 'DutyPlanned')`,
    foundBy: [
      "planning's duties as told",
      "scheduling's assignments as they were given",
      "the times of dispatch's duties against what planning told",
    ],
    says: /id is/,
  },
  {
    what: "worked minutes that nobody worked",
    service: "dispatch",
    sql: "update assignment set worked_minutes = worked_minutes + 1 where id = (select id from assignment where worked_minutes is not null order by id limit 1)",
    foundBy: ["dispatch's assignments and worked minutes as told"],
    says: /worked_minutes is \d+, and should be \d+/,
  },
  {
    what: "an event that was handled, and that nobody told",
    service: "scheduling",
    sql: "insert into inbox (consumer, event_id, topic, type) values ('scheduling.hr', gen_random_uuid(), 'headway.hr.v1', 'EmployeeHired')",
    foundBy: ["what scheduling heard of hr"],
    says: /hr has not told it/,
  },
  {
    what: "a driver's copy at another depot",
    service: "dispatch",
    sql: "update driver set depot_id = gen_random_uuid() where id = (select id from driver order by id limit 1)",
    foundBy: ["dispatch's drivers against hr's employees"],
    says: /depot is/,
  },
  {
    what: "a driver with two duties at once",
    service: "scheduling",
    sql: `alter table assignment drop constraint assignment_no_overlap;
          insert into assignment (id, roster_id, duty_id, driver_id, worked, work_minutes, state, from_version, version)
          select gen_random_uuid(), roster_id, (select id from duty where id not in (select duty_id from assignment where to_version is null) limit 1),
            driver_id, worked, work_minutes, state, from_version, version from assignment where to_version is null order by id limit 1`,
    foundBy: [
      "scheduling's assignments of published rosters: assigned minus released",
      "the day in scheduling's assignments against what dispatch told",
      "assignments of a driver in scheduling",
    ],
    says: /starts at .*, and another lasts until/,
  },
  {
    what: "an assignment that is there twice",
    service: "scheduling",
    sql: `alter table assignment drop constraint assignment_no_overlap, drop constraint assignment_pkey cascade;
          drop index assignment_one_driver;
          insert into assignment select * from assignment where to_version is null order by id limit 1`,
    foundBy: [
      "scheduling's assignments of published rosters: assigned minus released",
      "the day in scheduling's assignments against what dispatch told",
      "assignments of a driver in scheduling",
      "drivers of a duty in scheduling",
    ],
    says: /again .* should not be there/,
  },
  {
    what: "a duty with two holders",
    service: "dispatch",
    sql: `alter table assignment drop constraint assignment_no_overlap;
          insert into assignment (id, duty_id, driver_id, place, starts, state, assigned_at, breaks, needs_review)
          select gen_random_uuid(), duty_id, driver_id, 99, starts, state, assigned_at, breaks, needs_review
          from assignment where state = 'signed-off' order by id limit 1`,
    foundBy: [
      "dispatch's assignments and worked minutes as told",
      "assignments of dispatch's activated days against the roster it heard",
      "reported attendance against dispatch's assignments",
      "drivers who have finished a duty in dispatch",
    ],
    says: /has 2 drivers/,
  },
  {
    what: "a signing that is gone",
    service: "dispatch",
    sql: "delete from signing where id = (select id from signing where kind = 'start-break' order by id limit 1)",
    foundBy: ["dispatch's signings against the events that they led to"],
    says: /start-break .* is missing/,
  },
  {
    what: "a signing of another time",
    service: "dispatch",
    sql: "update signing set at = at - interval '1 hour' where id = (select id from signing where kind = 'sign-on' order by id limit 1)",
    foundBy: ["dispatch's signings against the events that they led to"],
    says: /sign-on .* should not be there/,
  },
  {
    what: "a duty that is over and had another end",
    service: "dispatch",
    sql: "update duty set ends = ends + interval '2 hours' where id = (select id from duty where state = 'completed' order by id limit 1)",
    foundBy: ["the times of dispatch's duties against what planning told"],
    says: /times is/,
  },
  {
    what: "a duty that is over and had no pieces",
    service: "dispatch",
    sql: "update duty set pieces = '[]' where id = (select id from duty where state = 'completed' order by id limit 1)",
    foundBy: ["the times of dispatch's duties against what planning told"],
    says: /times is/,
  },
  {
    what: "an assignment that starts at another time than its duty",
    service: "dispatch",
    sql: "update assignment set starts = starts + interval '3 hours' where id = (select id from assignment order by id limit 1)",
    foundBy: ["dispatch's assignments against the start of their duty"],
    says: /starts is/,
  },
  {
    what: "an assignment of another length",
    service: "scheduling",
    sql: "update assignment set work_minutes = work_minutes + 60 where id = (select id from assignment where to_version is null order by id limit 1)",
    foundBy: ["scheduling's assignments as they were given"],
    says: /work_minutes is/,
  },
  {
    what: "an assignment of another version of the roster",
    service: "scheduling",
    sql: "update assignment set from_version = from_version + 1 where id = (select id from assignment where to_version is null order by id limit 1)",
    foundBy: ["scheduling's assignments as they were given"],
    says: /from_version is/,
  },
  {
    what: "an event in a slice that nobody publishes",
    service: "dispatch",
    sql: "update event_log set slice = 99 where position = (select min(position) from event_log)",
    foundBy: ["slices of dispatch's events"],
    says: /in the slices .*99/,
  },
];
