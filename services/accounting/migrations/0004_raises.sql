-- Up Migration
-- Its driver has got another contract that holds on the day since it was settled: the next closing asks for the rate anew.
alter table worked_day add column recheck boolean not null default false;
-- It has no rows while the column is new.
-- squawk-ignore require-concurrent-index-creation
create index worked_day_recheck on worked_day (service_date) where recheck;

-- Down Migration
-- squawk-ignore require-concurrent-index-deletion
drop index worked_day_recheck;
-- squawk-ignore ban-drop-column
alter table worked_day drop column recheck;
