-- Up Migration
create table notice (
  id uuid primary key,
  employee_id uuid not null,
  kind text not null,
  subject_id uuid not null,
  occasion text not null,
  service_date date,
  at timestamptz not null,
  acknowledged_at timestamptz,
  version integer not null,
  constraint notice_told_once unique (employee_id, kind, subject_id, occasion)
);
create index notice_newest on notice (employee_id, at desc, id desc);
create index notice_waiting on notice (employee_id, at desc, id desc) where acknowledged_at is null;
create index notice_subject on notice (subject_id, kind);
-- Of the changes of a duty, one waits: the newest.
create unique index notice_change_waiting on notice (employee_id, subject_id) where kind = 'duty-changed' and acknowledged_at is null;

create table duty_watch (
  duty_id uuid primary key,
  holder_id uuid,
  held_since timestamptz,
  released_id uuid,
  released_assignment_id uuid,
  release_cause text,
  released_in integer,
  change_version integer,
  change_service_date date,
  changed_at timestamptz
);

-- Down Migration
drop table duty_watch, notice;
