-- Up Migration
create table rehearsal_clock (
  only_row boolean primary key default true check (only_row),
  stands_at timestamptz not null
);

-- Down Migration
drop table rehearsal_clock;
