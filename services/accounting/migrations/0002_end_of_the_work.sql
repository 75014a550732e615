-- Up Migration
-- A depot's service day ends by its own clock. Of depots that are there already the clock was not kept: UTC is at most 14 hours off.
alter table depot add column zone text not null default 'UTC';
alter table depot alter column zone drop default;

-- A copy of planning's duties: until when a service day's work goes on.
create table planned_duty (
  id uuid primary key,
  service_date date not null,
  ends timestamptz not null,
  withdrawn boolean not null,
  version integer not null
);
create index planned_duty_end on planned_duty (service_date, ends) where not withdrawn;

-- Down Migration
drop table planned_duty;
-- squawk-ignore ban-drop-column
alter table depot drop column zone;
