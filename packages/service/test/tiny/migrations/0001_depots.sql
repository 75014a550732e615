-- Up Migration
create table depot (id uuid primary key, code text not null);
create table effect (
  place bigint generated always as identity,
  event_id uuid not null,
  aggregate text not null,
  version integer not null
);

-- Down Migration
drop table effect, depot;
