-- Up Migration
create table feed (
  id uuid primary key,
  name text not null,
  time_zone text not null,
  first_day date not null,
  last_day date not null,
  has_blocks boolean not null
);

create table line (
  feed_id uuid not null references feed,
  code text not null,
  name text not null,
  colour text,
  trips integer not null,
  depot_id uuid,
  primary key (feed_id, code)
);

-- place: its number in the lists of stops that trips hold.
create table stop (
  feed_id uuid not null references feed,
  place integer not null,
  stop_id text not null,
  name text not null,
  primary key (feed_id, place),
  unique (feed_id, stop_id)
);

-- week: seven of 0 and 1, Monday first, counting from first_day to last_day.
create table service (
  feed_id uuid not null references feed,
  service_id text not null,
  week text,
  first_day date,
  last_day date,
  added date[] not null,
  removed date[] not null,
  primary key (feed_id, service_id)
);

-- Times are seconds of the service day; stops, arrivals and departures run in step.
create table trip (
  feed_id uuid not null references feed,
  trip_id text not null,
  service_id text not null,
  line text not null,
  block_id text not null,
  headsign text,
  from_terminal text not null,
  to_terminal text not null,
  starts integer not null,
  ends integer not null,
  stops integer[] not null,
  arrivals integer[] not null,
  departures integer[] not null,
  primary key (feed_id, trip_id)
);
create index trip_by_service on trip (feed_id, service_id);

create table block (
  feed_id uuid not null references feed,
  service_id text not null,
  block_id text not null,
  line text not null,
  starts integer not null,
  ends integer not null,
  trips integer not null,
  primary key (feed_id, service_id, block_id)
);

-- Minutes of the service day. pieces: [{block, starts, ends, from, to, trips}], in order of time.
create table run (
  feed_id uuid not null references feed,
  service_id text not null,
  run_id text not null,
  line text not null,
  starts integer not null,
  ends integer not null,
  work_minutes integer not null,
  pieces jsonb not null,
  primary key (feed_id, service_id, run_id)
);

create table duty (
  id uuid primary key,
  feed_id uuid not null references feed,
  depot_id uuid not null,
  service_date date not null,
  service_id text not null,
  run_id text not null,
  line text not null,
  starts timestamptz not null,
  ends timestamptz not null,
  work_minutes integer not null,
  pieces jsonb not null,
  state text not null,
  version integer not null
);
create unique index duty_once on duty (service_date, depot_id, service_id, run_id) where state = 'planned';
create index duty_by_start on duty (starts, run_id, service_id, id) where state = 'planned';

create table feed_import (
  id uuid primary key,
  file_name text not null,
  state text not null,
  content bytea not null,
  bytes integer not null,
  attempts integer not null default 0,
  file text not null default '',
  rows_done integer not null default 0,
  bytes_done integer not null default 0,
  findings jsonb not null default '[]',
  feed_id uuid references feed,
  started_at timestamptz not null
);
create index feed_import_running on feed_import (started_at) where state = 'running';

-- Down Migration
drop table feed_import, duty, run, block, trip, service, stop, line, feed;
