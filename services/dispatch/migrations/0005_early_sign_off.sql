-- Up Migration
-- Who signs off longer than this before the planned end leaves the rest of the duty open.
alter table depot add column early_minutes integer not null default 30;

-- Down Migration
-- squawk-ignore ban-drop-column
alter table depot drop column early_minutes;
