-- Up Migration
create table command_done (
  -- Key and request are digests: who may read them learns nothing of what was said.
  key text not null,
  operation text not null,
  request text not null,
  done_at timestamptz not null default now(),
  answer bytea,
  primary key (key, operation)
);
-- Written in order of time and read for what is old: a few pages for the whole table.
create index command_done_at on command_done using brin (done_at);

-- Down Migration
drop table command_done;
