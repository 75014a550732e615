-- Up Migration
create table duty_plan (
  duty_id uuid primary key,
  version integer not null,
  depot_id uuid not null,
  service_date date not null,
  run_id text not null,
  line text not null,
  starts timestamptz not null,
  ends timestamptz not null,
  pieces jsonb not null,
  withdrawn boolean not null,
  changed_at timestamptz not null
);
create index duty_plan_day on duty_plan (depot_id, service_date);

create table holding (
  duty_id uuid not null,
  place integer not null,
  newest boolean not null,
  assignment_id uuid not null,
  driver_id uuid not null,
  depot_id uuid not null,
  service_date date not null,
  starts timestamptz not null,
  ends timestamptz not null,
  roster_version integer not null,
  known_from timestamptz not null,
  known_to timestamptz,
  primary key (duty_id, place)
);
create unique index holding_newest on holding (duty_id) where newest;
create index holding_matrix on holding (depot_id, service_date);

create table duty_day (
  duty_id uuid primary key,
  version integer not null,
  assignment_id uuid,
  driver_id uuid,
  phase text,
  signed_on_at timestamptz,
  signed_off_at timestamptz,
  missed_by uuid,
  cancel_cause text,
  changed_at timestamptz not null
);

create table activated_day (
  depot_id uuid not null,
  service_date date not null,
  primary key (depot_id, service_date)
);

create table worked_day (
  driver_id uuid not null,
  service_date date not null,
  depot_id uuid not null,
  revision integer not null,
  worked_minutes integer not null,
  minutes jsonb not null,
  primary key (driver_id, service_date)
);
create index worked_day_date on worked_day (service_date, depot_id);

create table driver (
  id uuid primary key,
  number text collate "C" not null
);

-- Which rebuild is the newest: an older one that still runs gives way to it.
create table rebuild (
  only_row boolean primary key default true check (only_row),
  number integer not null,
  started_at timestamptz
);
insert into rebuild (number) values (0);

-- Down Migration
drop table rebuild, driver, worked_day, activated_day, duty_day, holding, duty_plan;
