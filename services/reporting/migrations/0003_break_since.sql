-- Up Migration
alter table duty_day add column break_since timestamptz;

-- Down Migration
-- squawk-ignore ban-drop-column
alter table duty_day drop column break_since;
