-- Up Migration
-- No statement looks for an aggregate's events, and each event paid for it.
-- squawk-ignore require-concurrent-index-deletion
drop index event_log_aggregate;

-- Down Migration
-- squawk-ignore require-concurrent-index-creation
create index event_log_aggregate on event_log (aggregate_id, position);
