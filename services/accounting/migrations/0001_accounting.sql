-- Up Migration
create extension if not exists btree_gist;

create table pay_period (
  id uuid primary key,
  first_day date not null,
  last_day date not null,
  state text not null,
  -- What its closing waits for or stumbled over.
  waiting_for text not null default '',
  batch_id uuid,
  version integer not null,
  constraint pay_period_no_overlap exclude using gist (daterange(first_day, last_day, '[]') with &&)
);
create index pay_period_first_day on pay_period (first_day);

-- The closings that are under way: the saga from frozen to exported. A row goes when its closing is done or undone.
create table closing (
  pay_period_id uuid primary key references pay_period,
  step text not null
);

-- A copy of hr's depots.
create table depot (
  id uuid primary key,
  code text not null
);

-- A copy of what overtime says a driver's day is worth, in all its revisions.
create table worked_day (
  driver_id uuid not null,
  service_date date not null,
  revision integer not null,
  depot_id uuid not null,
  components jsonb not null,
  -- The period in which this revision, or a newer one in its place, was turned into lines.
  settled_in uuid references pay_period,
  primary key (driver_id, service_date, revision)
);
create index worked_day_unsettled on worked_day (service_date) where settled_in is null;
create index worked_day_settled on worked_day (settled_in) where settled_in is not null;

create table pay_line (
  id uuid primary key,
  pay_period_id uuid not null references pay_period,
  driver_id uuid not null,
  employee_no text not null,
  work_date date not null,
  depot_id uuid not null,
  cost_centre text not null,
  component text not null,
  revision integer not null,
  kind text not null,
  code text not null,
  minutes integer not null,
  factor integer not null,
  rate_minor bigint not null,
  amount_minor bigint not null,
  currency text not null,
  duty_id uuid,
  rule text not null,
  rule_version integer not null,
  sentence text not null,
  intervals jsonb not null,
  corrects uuid references pay_line
);
create index pay_line_period on pay_line (pay_period_id, employee_no, work_date, code, id);
create index pay_line_person on pay_line (driver_id, work_date);
create index pay_line_list on pay_line (employee_no, work_date, code, id);
create index pay_line_corrects on pay_line (corrects) where corrects is not null;

-- The files as they were handed over.
create table payroll_file (
  pay_period_id uuid primary key references pay_period,
  content bytea not null,
  sha256 text not null
);

-- Down Migration
drop table payroll_file, pay_line, worked_day, depot, closing, pay_period;
