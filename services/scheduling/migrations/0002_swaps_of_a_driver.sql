-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion
-- Up Migration
create index swap_requested_by on swap (requested_by);
create index swap_requested_of on swap (requested_of);

-- Down Migration
drop index swap_requested_by, swap_requested_of;
