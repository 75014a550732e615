-- Up Migration

-- Copies of what others own. They come in any order, so none refers to another.
create table depot (
  id uuid primary key,
  time_zone text not null,
  opens_minutes integer not null,
  late_minutes integer not null,
  missed_minutes integer not null,
  call_in_minutes integer not null,
  overrun_minutes integer not null,
  sign_off_by_system_minutes integer not null
);

create table driver (
  id uuid primary key,
  depot_id uuid not null
);

create table planned_duty (
  id uuid primary key,
  depot_id uuid not null,
  service_date date not null,
  run_id text not null,
  line text not null,
  starts timestamptz not null,
  ends timestamptz not null,
  pieces jsonb not null,
  withdrawn boolean not null,
  changed_at timestamptz not null,
  version integer not null
);
create index planned_duty_day on planned_duty (depot_id, service_date);

create table rostered_assignment (
  id uuid primary key,
  duty_id uuid not null,
  driver_id uuid not null,
  -- Null while only the answer to a replacement is known, and its event is still to come.
  roster_version integer,
  assigned_at timestamptz not null,
  released_at timestamptz
);
create index rostered_assignment_duty on rostered_assignment (duty_id);

-- The day itself.
create table day (
  depot_id uuid not null,
  service_date date not null,
  id uuid not null,
  activated_at timestamptz,
  primary key (depot_id, service_date)
);

create table duty (
  id uuid primary key,
  depot_id uuid not null references depot,
  service_date date not null,
  starts timestamptz not null,
  ends timestamptz not null,
  pieces jsonb not null,
  activated_at timestamptz not null,
  state text not null,
  cancelled_by text,
  cancel_cause text,
  version integer not null
);
create index duty_day on duty (depot_id, service_date);

create table assignment (
  id uuid primary key,
  duty_id uuid not null references duty,
  driver_id uuid not null,
  -- Counts the assignments of the duty.
  place integer not null,
  -- The duty's, for the search by driver.
  starts timestamptz not null,
  state text not null,
  assigned_at timestamptz not null,
  signed_on_at timestamptz,
  breaks jsonb not null,
  signed_off_at timestamptz,
  worked_minutes integer,
  needs_review boolean not null,
  -- When the clock alone changes it.
  due_at timestamptz,
  unique (duty_id, place)
);
create unique index assignment_one_holder on assignment (duty_id) where state in ('assigned', 'late', 'signed-on', 'on-break');
create index assignment_due on assignment (due_at) where due_at is not null;
create index assignment_driver on assignment (driver_id, starts);

create table signing (
  id uuid primary key,
  driver_id uuid not null,
  -- As the device said it.
  asked_duty_id uuid,
  kind text not null,
  at timestamptz not null,
  match text not null,
  duty_id uuid,
  assignment_id uuid,
  received_at timestamptz not null
);
create index signing_driver on signing (driver_id, at);

create table replacement (
  id uuid primary key,
  duty_id uuid not null references duty,
  state text not null,
  instead_of_driver_id uuid,
  reason text not null,
  picks uuid[] not null,
  left_out jsonb not null,
  passed_over integer not null,
  assignment_id uuid,
  failure text,
  wanted_at timestamptz not null,
  version integer not null
);
create unique index replacement_under_way on replacement (duty_id) where state = 'wanted';
create index replacement_assignment on replacement (assignment_id);

-- Down Migration
drop table replacement, signing, assignment, duty, day, rostered_assignment, planned_duty, driver, depot;
