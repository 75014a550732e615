-- Up Migration
-- At which version of its user a session began. Those that are there already began before every change to come.
alter table session add column user_version integer not null default 0;

-- Sessions that a change of their user ends: noted with the change, gone once they are ended and told of.
create table sessions_to_end (
  user_id uuid primary key references app_user,
  -- Those that began before this version of the user.
  before_version integer not null,
  -- But for this one.
  spared text,
  -- Those that were found, and are to be told of.
  named uuid[] not null default '{}'
);

-- Down Migration
drop table sessions_to_end;
-- squawk-ignore ban-drop-column
alter table session drop column user_version;
