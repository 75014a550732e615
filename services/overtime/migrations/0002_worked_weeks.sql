-- Up Migration
-- Nobody may write a day that is copied already.
lock table worked_day in access exclusive mode;

create table worked_week (
  driver_id uuid not null,
  first_day date not null,
  -- By date: service_date, depot_id, revision, worked_minutes, components.
  days jsonb not null,
  primary key (driver_id, first_day)
);

insert into worked_week (driver_id, first_day, days)
select
  driver_id,
  service_date - (extract(isodow from service_date)::integer - 1),
  jsonb_agg(
    jsonb_build_object(
      'service_date', service_date,
      'depot_id', depot_id,
      'revision', revision,
      'worked_minutes', worked_minutes,
      'components', components
    )
    order by service_date
  )
from worked_day
group by 1, 2;

create index worked_week_first_day on worked_week (first_day);

drop table worked_day;

-- Down Migration
lock table worked_week in access exclusive mode;

create table worked_day (
  driver_id uuid not null,
  service_date date not null,
  depot_id uuid not null,
  revision integer not null,
  worked_minutes integer not null,
  components jsonb not null,
  primary key (driver_id, service_date)
);

insert into worked_day (driver_id, service_date, depot_id, revision, worked_minutes, components)
select driver_id, service_date, depot_id, revision, worked_minutes, components
from worked_week, jsonb_to_recordset(days)
  as day (service_date date, depot_id uuid, revision integer, worked_minutes integer, components jsonb);

create index worked_day_date on worked_day (service_date);

drop table worked_week;
