-- Up Migration

-- What dispatchers wrote as a cause or a reason becomes a note beside a code.
alter table duty add column cancel_note text;
update duty set cancel_cause = case cancelled_by when 'planning' then 'timetable-change' else 'other' end,
  cancel_note = case cancelled_by when 'planning' then null else cancel_cause end
where cancelled_by is not null;

alter table replacement add column note text;
update replacement set reason = case when reason = 'Chosen by the dispatcher.' then 'named-by-dispatcher' else 'first-in-order' end,
  note = case when reason = 'Chosen by the dispatcher.' or reason like 'First of % who could take it.' then null else reason end;

-- Who has looked at the worked time.
alter table assignment add column verified_by text, add column verified_at timestamptz;

-- Signings that fit no assignment, until a person has settled them.
create table orphaned_signing (
  signing_id uuid primary key references signing,
  depot_id uuid not null,
  service_date date not null,
  state text not null,
  settled_by text,
  settled_at timestamptz,
  dismiss_reason text,
  dismiss_note text,
  version integer not null
);
create index orphaned_signing_day on orphaned_signing (depot_id, service_date);

insert into orphaned_signing (signing_id, depot_id, service_date, state, version)
select signing.id, coalesce(duty.depot_id, driver.depot_id),
  coalesce(duty.service_date, (signing.at at time zone depot.time_zone)::date), 'waiting', 1
from signing left join duty on duty.id = signing.duty_id
join driver on driver.id = signing.driver_id join depot on depot.id = driver.depot_id
where signing.match = 'orphaned';

-- Down Migration
drop table orphaned_signing;
-- squawk-ignore ban-drop-column
alter table assignment drop column verified_by, drop column verified_at;
update replacement set reason = coalesce(note, reason);
-- squawk-ignore ban-drop-column
alter table replacement drop column note;
update duty set cancel_cause = coalesce(cancel_note, cancel_cause) where cancelled_by is not null;
-- squawk-ignore ban-drop-column
alter table duty drop column cancel_note;
