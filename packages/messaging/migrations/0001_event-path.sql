-- Up Migration
create table event_log (
  position bigint generated always as identity primary key,
  id uuid not null unique,
  slice smallint not null,
  type text not null,
  aggregate_id text not null,
  aggregate_version integer not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  actor text not null,
  session text,
  traceparent text,
  payload bytea not null,
  published_at timestamptz
);
create index event_log_unpublished on event_log (position) where published_at is null;
create index event_log_aggregate on event_log (aggregate_id, position);

create table inbox (
  consumer text not null,
  event_id uuid not null,
  topic text not null,
  type text not null,
  handled_at timestamptz not null default now(),
  primary key (consumer, event_id)
);

create table parked_event (
  place bigint generated always as identity primary key,
  consumer text not null,
  event_id uuid not null,
  topic text not null,
  type text not null,
  aggregate_id text not null,
  headers jsonb not null,
  payload bytea not null,
  reason text not null,
  parked_at timestamptz not null default now(),
  unique (consumer, event_id)
);
create index parked_event_aggregate on parked_event (consumer, aggregate_id, place);

-- The log is the audit trail: nothing but the mark of its publication ever changes.
create function event_log_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'event_log is append-only';
end $$;
create trigger event_log_no_delete before delete on event_log for each statement execute function event_log_is_append_only();
create trigger event_log_no_change before update of id, slice, type, aggregate_id, aggregate_version, occurred_at, recorded_at, actor, session, traceparent, payload
  on event_log for each statement execute function event_log_is_append_only();

-- Down Migration
drop table parked_event, inbox, event_log;
drop function event_log_is_append_only;
