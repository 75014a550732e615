-- Up Migration
-- One period is closed at a time: what a closing pays depends on what others have paid.
-- It has a row at most: nobody waits.
-- squawk-ignore require-concurrent-index-creation
create unique index closing_alone on closing ((true));

-- Down Migration
-- squawk-ignore require-concurrent-index-deletion
drop index closing_alone;
