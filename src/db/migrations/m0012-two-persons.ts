import { sqlMigration } from './sql-migration.ts'

/** 二人の確認 in the books themselves: whatever road a decision came by, its two acts are of two persons, not only two logins. */
export const twoPersons = sqlMigration(
  'm0012-two-persons',
  `
create function refuse_one_person() returns trigger language plpgsql as $$
begin
  if (select count(distinct staff_id) from users where id in (new.proposed_by, new.decided_by)) < 2 then
    raise exception 'proposed and decided by one person' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger worksheet_reviews_two_persons before insert on worksheet_reviews for each row
  when (new.proposed_by is not null) execute function refuse_one_person();
`,
)
