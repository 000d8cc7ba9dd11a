import { sqlMigration } from './sql-migration.ts'

/**
 * 設定の変更: ordinance options, texts of the municipality and file layouts are proposed by one person and put in force by
 * another. A proposal that was refused stays to be read; one waits for an option at a time.
 */
export const settings = sqlMigration(
  'm0029-settings',
  `
alter table ordinance_options
  add column legal_source text not null default '',
  add column reason text not null default '',
  add column put_in_force_at timestamptz,
  add column refused_by bigint references users,
  add column refused_at timestamptz,
  add column refused_why text,
  add foreign key (decided_by) references users,
  add foreign key (put_in_force_by) references users,
  add check (put_in_force_by is null or refused_by is null),
  add check ((refused_by is null) = (refused_at is null));
create unique index ordinance_options_waiting on ordinance_options (flow, name)
  where decided_by is not null and put_in_force_by is null and refused_by is null;

create table setting_versions (
  id bigint generated always as identity primary key,
  area text not null check (area in ('municipality', 'profile')),
  name text not null,
  value jsonb not null,
  reason text not null,
  decided_by bigint not null references users,
  recorded_at timestamptz not null,
  put_in_force_by bigint references users,
  put_in_force_at timestamptz,
  refused_by bigint references users,
  refused_at timestamptz,
  refused_why text,
  check (put_in_force_by is null or refused_by is null),
  check ((refused_by is null) = (refused_at is null)),
  check ((put_in_force_by is null) = (put_in_force_at is null))
);
create unique index setting_versions_waiting on setting_versions (area, name)
  where put_in_force_by is null and refused_by is null;
create index setting_versions_in_force on setting_versions (area, name, put_in_force_at) where put_in_force_by is not null;
-- What a setting of the municipality is now; the version it came from, null for what came with the installation.
alter table municipality_settings add column version_id bigint references setting_versions;
alter table local_closures add column recorded_by bigint references users;
-- By which layout of the municipality's own a file is read; null = the shipped one.
alter table files add column profile_version_id bigint references setting_versions;

create function refuse_one_decider() returns trigger language plpgsql as $$
begin
  if is_one_person(new.decided_by, japan_day(new.recorded_at), new.put_in_force_by, japan_day(new.put_in_force_at)) then
    raise exception 'decided and put in force by one person' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger ordinance_options_two_persons before insert or update of put_in_force_by on ordinance_options for each row
  when (new.decided_by is not null and new.put_in_force_by is not null) execute function refuse_one_decider();
create trigger setting_versions_two_persons before insert or update of put_in_force_by on setting_versions for each row
  when (new.put_in_force_by is not null) execute function refuse_one_decider();
create trigger ordinance_options_fixed before update on ordinance_options for each row execute function refuse_rewrite();
create trigger setting_versions_fixed before update on setting_versions for each row execute function refuse_rewrite();
revoke delete on ordinance_options, setting_versions, municipality_settings from koki_app;
`,
)
