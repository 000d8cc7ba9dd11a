import { sqlMigration } from './sql-migration.ts'

/**
 * 一通に並ぶ期割 (`noticeUnit` = person): a row of `notices` stays one 期割 with its natural key. The first row of a letter holds
 * the view; each further one names it. Letters about one 期割 are as they were.
 */
export const linesOfALetter = sqlMigration(
  'm0040-lines-of-a-letter',
  `
alter table notices add column letter_id uuid references notices;
alter table notices alter column view drop not null, alter column view_sha256 drop not null;
alter table notices add constraint notices_view check (
  (letter_id is null) = (view is not null) and (view is null) = (view_sha256 is null) and letter_id is distinct from id);
create index notices_letter on notices (letter_id) where letter_id is not null;
`,
)
