import { sqlMigration } from './sql-migration.ts'

/** 添付: papers that people lay beside a task. Nothing is deleted; what was added by mistake is withdrawn by a second row. */
export const taskAttachments = sqlMigration(
  'm0037-task-attachments',
  `
-- insured_id: the person it is about; null: the task as a whole. The bytes lie in the file store under their hash.
create table task_attachments (
  id bigint generated always as identity primary key,
  task_id uuid not null references tasks,
  insured_id bigint references insured,
  name text not null check (char_length(name) between 1 and 255),
  type text not null check (type in ('pdf', 'png', 'jpeg', 'xlsx', 'text')),
  byte_size bigint not null check (byte_size > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  user_id bigint not null references users,
  at timestamptz not null
);
create index task_attachments_task on task_attachments (task_id, id);
create trigger task_attachments_fixed before update or delete on task_attachments for each row execute function refuse_change();
revoke update, delete on task_attachments from koki_app;

create table task_attachment_withdrawals (
  attachment_id bigint primary key references task_attachments,
  reason text not null check (char_length(reason) between 5 and 200),
  user_id bigint not null references users,
  at timestamptz not null
);
create trigger task_attachment_withdrawals_fixed before update or delete on task_attachment_withdrawals
  for each row execute function refuse_change();
revoke update, delete on task_attachment_withdrawals from koki_app;
`,
)
