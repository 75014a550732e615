-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion
-- Up Migration
create index absence_of_employee on absence (employee_id, lower(away), id);

-- Down Migration
drop index absence_of_employee;
