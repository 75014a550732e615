-- Up Migration
-- Copies of hr's facts. Events of different topics come in any order, so nothing refers to anything.
create table depot (
  id uuid primary key,
  zone text not null
);

create table driver (
  id uuid primary key,
  depot_id uuid,
  version integer not null default 0
);

create table contract (
  driver_id uuid not null,
  valid_from date not null,
  agreement text not null,
  weekly_minutes integer not null,
  primary key (driver_id, valid_from)
);
create index contract_agreement on contract (agreement);

-- What dispatch says was worked, by assignment.
create table worked_time (
  assignment_id uuid primary key,
  driver_id uuid not null,
  first_day date not null,
  service_date date not null,
  duty_id uuid not null,
  depot_id uuid not null,
  work jsonb not null,
  version integer not null
);
create index worked_time_week on worked_time (driver_id, first_day);

-- Pay rules published here, beside those that Headway brings along. The text is kept as it was written: the order of its rules counts.
create table rule_set (
  agreement text not null,
  version integer not null,
  valid_from date not null,
  document text not null,
  primary key (agreement, version)
);

-- Weeks by their Monday; final once a pay period that ends in or after them was finalised.
create table week (
  first_day date primary key,
  final boolean not null default false
);

create table driver_week (
  driver_id uuid not null,
  first_day date not null,
  -- To be calculated anew by the job.
  stale boolean not null default false,
  -- Why nothing could be calculated.
  problem text,
  primary key (driver_id, first_day)
);
create index driver_week_stale on driver_week (first_day, driver_id) where stale;
create index driver_week_problem on driver_week (problem) where problem is not null;
create index driver_week_first_day on driver_week (first_day);

create table worked_day (
  driver_id uuid not null,
  service_date date not null,
  depot_id uuid not null,
  revision integer not null,
  worked_minutes integer not null,
  components jsonb not null,
  primary key (driver_id, service_date)
);
create index worked_day_date on worked_day (service_date);

-- Down Migration
drop table worked_day, driver_week, week, rule_set, worked_time, contract, driver, depot;
