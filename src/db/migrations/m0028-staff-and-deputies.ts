import { sqlMigration } from './sql-migration.ts'

/**
 * 係, 兼務, 不在と代理, and roles that a second person grants. Rows are added and ended, never rewritten: what once has a value
 * keeps it, except the columns that a trigger names.
 */
export const staffAndDeputies = sqlMigration(
  'm0028-staff-and-deputies',
  `
create function refuse_rewrite() returns trigger language plpgsql as $$
begin
  if exists (
    select from jsonb_each(to_jsonb(old)) o join jsonb_each(to_jsonb(new)) n using (key)
    where o.value <> 'null' and o.value is distinct from n.value and o.key <> all (coalesce(tg_argv, '{}'))
  ) then
    raise exception 'a value of % that is set never changes', tg_table_name using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

alter table staff add column kana text not null default '';
alter table users add column disabled_by bigint references users;

create table units (
  id bigint generated always as identity primary key,
  code text not null unique,
  name text not null,
  kana text not null,
  valid_from date not null,
  valid_to date,
  recorded_by bigint references users,
  recorded_at timestamptz not null,
  check (valid_from <= valid_to)
);
create table unit_members (
  id bigint generated always as identity primary key,
  user_id bigint not null references users,
  unit_id bigint not null references units,
  valid_from date not null,
  valid_to date,
  granted_by bigint references users,
  recorded_at timestamptz not null,
  unique (user_id, unit_id, valid_from)
);
create index unit_members_unit on unit_members (unit_id, valid_from);

create table absences (
  id bigint generated always as identity primary key,
  user_id bigint not null references users,
  from_on date not null,
  to_on date not null,
  reason text not null,
  recorded_by bigint not null references users,
  recorded_at timestamptz not null,
  withdrawn_by bigint references users,
  withdrawn_on date,
  check (from_on <= to_on),
  check ((withdrawn_by is null) = (withdrawn_on is null))
);
create index absences_user on absences (user_id, from_on);

-- A deputy is in force from from_on to to_on once another person has approved it; withdrawn_on is its last day then.
create table deputies (
  id bigint generated always as identity primary key,
  absent_user_id bigint not null references users,
  deputy_user_id bigint not null references users,
  from_on date not null,
  to_on date not null,
  reason text not null,
  recorded_by bigint not null references users,
  recorded_at timestamptz not null,
  approved_by bigint references users,
  approved_at timestamptz,
  withdrawn_by bigint references users,
  withdrawn_on date,
  check (from_on <= to_on),
  check (absent_user_id <> deputy_user_id),
  check ((approved_by is null) = (approved_at is null)),
  check ((withdrawn_by is null) = (withdrawn_on is null)),
  check (approved_by is null or approved_by not in (absent_user_id, deputy_user_id))
);
create index deputies_deputy on deputies (deputy_user_id, from_on);
create index deputies_absent on deputies (absent_user_id, from_on);

-- 係長, 管理者 and 監査 hold only when a second person has approved; rows without granted_by came with the system.
alter table user_roles
  add column reason text not null default '',
  add column approved_by bigint references users,
  add column approved_at timestamptz,
  add column ended_by bigint references users,
  add column ended_at timestamptz,
  add column ended_why text,
  add column in_force boolean generated always as (
    ended_at is null and (granted_by is null or role in ('tantou', 'gyomu') or approved_by is not null)
  ) stored;
alter table user_roles add foreign key (granted_by) references users;
alter table user_roles drop constraint user_roles_pkey;
alter table user_roles add column id bigint generated always as identity primary key;
create index user_roles_user on user_roles (user_id, role, valid_from);

create function refuse_own_grant() returns trigger language plpgsql as $$
begin
  if exists (select from users g join users u on u.staff_id = g.staff_id
             where u.id = new.user_id and g.id in (new.granted_by, new.approved_by)) then
    raise exception 'nobody grants themselves' using errcode = 'restrict_violation';
  end if;
  if new.granted_by is not null and new.approved_by is not null
     and (select count(distinct staff_id) from users where id in (new.granted_by, new.approved_by)) < 2 then
    raise exception 'granted and approved by one person' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger user_roles_two_persons before insert or update of granted_by, approved_by on user_roles
  for each row execute function refuse_own_grant();

create function refuse_own_deputy() returns trigger language plpgsql as $$
begin
  if (select count(distinct staff_id) from users where id in (new.absent_user_id, new.deputy_user_id)) < 2
     or exists (select from users a join users p on p.staff_id = a.staff_id
                where a.id = new.approved_by and p.id in (new.absent_user_id, new.deputy_user_id)) then
    raise exception 'a deputy is another person and approved by a third' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger deputies_three_persons before insert or update of approved_by on deputies
  for each row execute function refuse_own_deputy();

create trigger units_fixed before update on units for each row execute function refuse_rewrite('name', 'kana', 'valid_to');
create trigger unit_members_fixed before update on unit_members for each row execute function refuse_rewrite('valid_to');
create trigger absences_fixed before update on absences for each row execute function refuse_rewrite();
create trigger deputies_fixed before update on deputies for each row execute function refuse_rewrite();
create trigger user_roles_fixed before update on user_roles for each row execute function refuse_rewrite('valid_to', 'in_force');
revoke delete on units, unit_members, absences, deputies, user_roles, users, staff from koki_app;

-- 代理: whose tasks a login may hold on a day beside its own.
create function absent_users_of(login_id bigint, day date) returns setof bigint language sql stable as $$
  select absent_user_id from deputies
  where deputy_user_id = login_id and approved_by is not null and from_on <= day and day <= to_on
    and (withdrawn_on is null or day <= withdrawn_on)
$$;
-- 二人の確認: the persons a login counts as on a day. A deputy counts as both.
create function persons_of(login_id bigint, day date) returns setof bigint language sql stable as $$
  select staff_id from users where id = login_id
  union
  select staff_id from users where id in (select absent_users_of(mine.id, day) from users mine
    where mine.staff_id = (select staff_id from users where id = login_id))
$$;
create function is_one_person(login_a bigint, day_a date, login_b bigint, day_b date) returns boolean language sql stable as $$
  select exists (select persons_of(login_a, day_a) intersect select persons_of(login_b, day_b))
$$;
create function japan_day(instant timestamptz) returns date language sql stable as $$
  select (instant at time zone 'Asia/Tokyo')::date
$$;

create or replace function refuse_one_person() returns trigger language plpgsql as $$
declare proposed timestamptz := (select proposed_at from tasks where id = new.task_id);
begin
  if is_one_person(new.proposed_by, japan_day(coalesce(proposed, new.decided_at)), new.decided_by, japan_day(new.decided_at)) then
    raise exception 'proposed and decided by one person' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
`,
)
