-- Up Migration
create extension if not exists btree_gist;

-- Copies of what others own. Their events come in any order, so no copy refers to another.
create table depot (
  id uuid primary key
);

create table driver (
  id uuid primary key,
  number text not null,
  depot_id uuid not null,
  employed_from date not null,
  employed_to date
);
create index driver_depot on driver (depot_id);

create table contract (
  driver_id uuid not null,
  valid_from date not null,
  agreement text not null,
  weekly_minutes integer not null,
  primary key (driver_id, valid_from)
);

create table qualification (
  driver_id uuid not null,
  code text not null,
  valid_from date not null,
  valid_until date,
  primary key (driver_id, code, valid_from)
);

create table absence (
  id uuid primary key,
  driver_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null
);
create index absence_driver on absence (driver_id, ends_at);

create table duty (
  id uuid primary key,
  depot_id uuid not null,
  service_date date not null,
  service_id text not null,
  run_id text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  work_minutes integer not null,
  qualification text,
  withdrawn boolean not null default false,
  planned_version integer not null,
  told integer not null default 0
);
create index duty_day on duty (depot_id, service_date);

-- What dispatch says, which may be heard before planning is.
create table cancelled_duty (
  duty_id uuid primary key
);

-- What this service owns.
create table roster (
  id uuid primary key,
  depot_id uuid not null,
  period daterange not null,
  current_version integer not null default 0,
  published_at timestamptz,
  version integer not null,
  constraint roster_no_overlap exclude using gist (depot_id with =, period with &&)
);

create table assignment (
  id uuid primary key,
  roster_id uuid not null references roster (id),
  duty_id uuid not null references duty (id),
  driver_id uuid not null references driver (id),
  worked tstzrange not null,
  work_minutes integer not null,
  state text not null check (state in ('assigned', 'under-way', 'worked', 'released')),
  from_version integer not null,
  to_version integer,
  version integer not null,
  check ((state = 'released') = (to_version is not null)),
  constraint assignment_no_overlap exclude using gist (driver_id with =, worked with &&) where (to_version is null)
);
create unique index assignment_one_driver on assignment (duty_id) where to_version is null;
create index assignment_roster on assignment (roster_id);
create index assignment_duty on assignment (duty_id);
create index assignment_driver on assignment (driver_id) where to_version is null;

create table swap (
  id uuid primary key,
  depot_id uuid not null,
  requested_by uuid not null references driver (id),
  requested_of uuid not null references driver (id),
  offered_assignment_id uuid not null references assignment (id),
  wanted_assignment_id uuid not null references assignment (id),
  state text not null check (state in ('pending', 'accepted', 'completed', 'declined', 'cancelled', 'expired')),
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  version integer not null
);
create unique index swap_once on swap (offered_assignment_id, wanted_assignment_id) where state in ('pending', 'accepted');
create index swap_depot on swap (depot_id, requested_at, id);
create index swap_waiting on swap (expires_at) where state in ('pending', 'accepted');

-- Down Migration
drop table swap, assignment, roster, cancelled_duty, duty, absence, qualification, contract, driver, depot;
