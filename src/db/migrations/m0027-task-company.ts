import { sqlMigration } from './sql-migration.ts'

/** What people tell each other about tasks: comments, views of the list, who has a task open, お知らせ. */
export const taskCompany = sqlMigration(
  'm0027-task-company',
  `
create table task_comments (
  id bigint generated always as identity primary key,
  task_id uuid not null references tasks,
  user_id bigint not null references users,
  text text not null check (char_length(text) between 1 and 1000),
  at timestamptz not null
);
create index task_comments_task on task_comments (task_id, id);
create trigger task_comments_fixed before update or delete on task_comments for each row execute function refuse_change();
revoke update, delete on task_comments from koki_app;

-- 表示: conditions, order and columns of the 作業一覧 with a name. Of a person, or of a 係 (then unit_id is set).
create table task_views (
  id bigint generated always as identity primary key,
  user_id bigint references users,
  unit_id bigint,
  name text not null,
  filter jsonb not null,
  columns text[] not null,
  saved_by bigint not null references users,
  saved_at timestamptz not null,
  removed_at timestamptz,
  check (num_nonnulls(user_id, unit_id) = 1)
);
create unique index task_views_mine on task_views (user_id, name) where removed_at is null and user_id is not null;
create unique index task_views_unit on task_views (unit_id, name) where removed_at is null and unit_id is not null;

-- Who has a task open, page by page; a page that has not spoken for a while is gone. No history: rows are deleted.
create table task_presence (
  task_id uuid not null references tasks on delete cascade,
  page text not null,
  user_id bigint not null references users,
  terminal text not null,
  opened_at timestamptz not null,
  seen_at timestamptz not null,
  primary key (task_id, page)
);

create table notifications (
  id bigint generated always as identity primary key,
  user_id bigint not null references users,
  kind text not null,
  task_id uuid references tasks,
  run_id uuid references runs,
  by_user_id bigint references users,
  payload jsonb not null,
  dedupe_key text,
  at timestamptz not null,
  read_at timestamptz,
  unique (user_id, dedupe_key)
);
create index notifications_user on notifications (user_id, id desc);
create index notifications_unread on notifications (user_id) where read_at is null;
revoke delete on notifications from koki_app;
`,
)
