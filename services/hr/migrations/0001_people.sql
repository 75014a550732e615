-- Up Migration
create table depot (
  id uuid primary key,
  code text not null constraint depot_code_taken unique,
  name text not null,
  time_zone text not null,
  version integer not null
);

create table employee (
  id uuid primary key,
  number text not null constraint employee_number_taken unique,
  given_name text not null,
  family_name text not null,
  depot_id uuid not null references depot,
  hired_on date not null,
  last_day date,
  version integer not null
);
create index employee_depot on employee (depot_id, number);

create table contract (
  id uuid primary key,
  employee_id uuid not null references employee,
  agreement text not null,
  weekly_minutes integer not null,
  hourly_rate_minor bigint not null,
  currency text not null,
  valid_from date not null,
  unique (employee_id, valid_from)
);

create table qualification (
  employee_id uuid not null references employee,
  code text not null,
  valid_from date not null,
  valid_until date,
  expiry_told boolean not null default false,
  primary key (employee_id, code, valid_from)
);
create index qualification_expiry on qualification (valid_until) where not expiry_told and valid_until is not null;

create extension if not exists btree_gist;
create table absence (
  id uuid primary key,
  employee_id uuid not null references employee,
  kind text not null,
  state text not null,
  first_day date not null,
  last_day date not null,
  part text not null,
  away tstzrange not null,
  version integer not null,
  constraint absence_no_overlap exclude using gist (employee_id with =, away with &&) where (state in ('requested', 'approved') and kind <> 'no-show')
);
create index absence_by_start on absence (lower(away), id);

create table staff_import (
  id uuid primary key,
  state text not null,
  content bytea not null,
  rows integer not null default 0,
  rows_done integer not null default 0,
  hired integer not null default 0,
  changed integer not null default 0,
  unchanged integer not null default 0,
  bad integer not null default 0,
  reason text not null default '',
  started_at timestamptz not null
);
create index staff_import_running on staff_import (started_at) where state = 'running';

create table staff_import_finding (
  import_id uuid not null references staff_import,
  row integer not null,
  field text not null,
  slug text not null,
  message text not null,
  primary key (import_id, row, field, slug)
);

-- Down Migration
drop table staff_import_finding, staff_import, absence, qualification, contract, employee, depot;
