-- Up Migration
alter table duty add column trips jsonb not null default '[]';

-- Down Migration
-- squawk-ignore ban-drop-column
alter table duty drop column trips;
