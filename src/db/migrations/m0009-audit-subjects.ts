import { sqlMigration } from './sql-migration.ts'

/** Whom or what an event is about: a list read has many subjects. An index of what the sealed text says. */
export const auditSubjects = sqlMigration(
  'm0009-audit-subjects',
  `
create table audit_event_subjects (
  event_id bigint not null references audit_events,
  kind text not null,
  subject_id text not null,
  primary key (event_id, kind, subject_id)
);
create index audit_event_subjects_subject on audit_event_subjects (kind, subject_id, event_id);
create trigger audit_event_subjects_fixed before update or delete on audit_event_subjects
  for each row execute function refuse_change();
revoke update, delete on audit_event_subjects from koki_app;

-- Events that wait for their seal: written with the event, taken away with the seal. Nothing is lost when ids commit out of order.
create table audit_unsealed (
  event_id bigint primary key references audit_events
);
`,
)
