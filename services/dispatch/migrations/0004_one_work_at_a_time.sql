-- Up Migration
create extension if not exists btree_gist;

-- Until when the work counts, or the planned end while the driver is there.
alter table assignment add column counts_until timestamptz;
update assignment set counts_until = greatest(signed_on_at, case when needs_review then duty.ends else coalesce(signed_off_at, duty.ends) end)
from duty where duty.id = duty_id and signed_on_at is not null;
-- Fails where two worked times of a driver overlap: the earlier must end (`signed_off_at`, reviewed) by the later's sign-on.
-- An exclusion constraint cannot be added unvalidated.
-- squawk-ignore constraint-missing-not-valid
alter table assignment add constraint assignment_no_overlap
  exclude using gist (driver_id with =, tstzrange(signed_on_at, counts_until) with &&) where (counts_until is not null);

-- Down Migration
alter table assignment drop constraint assignment_no_overlap;
-- squawk-ignore ban-drop-column
alter table assignment drop column counts_until;
