-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion
-- Up Migration
create index rostered_assignment_driver on rostered_assignment (driver_id);

-- Down Migration
drop index rostered_assignment_driver;
