-- Up Migration
create table app_user (
  id uuid primary key,
  user_name text not null,
  employee_id uuid constraint app_user_employee_taken unique,
  password_hash text,
  disabled boolean not null,
  version integer not null
);
create unique index app_user_name_taken on app_user (lower(user_name));

create table user_grant (
  user_id uuid not null references app_user,
  role text not null,
  -- Null: all depots.
  depot_ids uuid[],
  primary key (user_id, role)
);

create table service_account (
  id uuid primary key,
  name text not null constraint service_account_name_taken unique,
  -- SHA-256 of the key, which has 256 random bits itself.
  key_hash bytea not null unique,
  grants jsonb not null,
  revoked boolean not null default false
);

-- Where Headway runs in a single process; the stack keeps sessions in Redis.
create table session (
  secret_hash bytea primary key,
  id uuid not null unique,
  user_id uuid not null,
  started_at timestamptz not null,
  last_seen_at timestamptz not null,
  ends_at timestamptz not null
);
create index session_of_user on session (user_id);
create index session_end on session (ends_at);

create table leaver (
  employee_id uuid primary key,
  last_day date not null
);

-- Down Migration
drop table leaver, session, service_account, user_grant, app_user;
