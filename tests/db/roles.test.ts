import { openDatabase, type Database } from '#db/database.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/**
 * architecture §9: what koki_app may not do to a table, over what must never change or never go. A table that is not here may
 * be corrected and emptied by the product; the first test compares with the server, so that a new table is a decision.
 */
const FORBIDDEN: Readonly<Record<string, readonly ('update' | 'delete')[]>> = {
  absences: ['delete'],
  audit_day_heads: ['delete', 'update'],
  audit_event_subjects: ['delete', 'update'],
  audit_events: ['delete', 'update'],
  audit_seals: ['delete', 'update'],
  backups: ['delete', 'update'],
  bank_accounts: ['delete'],
  debit_requests: ['delete', 'update'],
  debit_results: ['delete', 'update'],
  deferrals: ['delete'],
  delivery_addresses: ['delete'],
  deputies: ['delete'],
  engine_epochs: ['delete'],
  engine_records: ['delete', 'update'],
  file_errors: ['delete'],
  files: ['delete'],
  instalment_balances: ['delete'],
  instalments: ['delete'],
  insured: ['delete'],
  insured_periods: ['delete'],
  movements: ['delete', 'update'],
  municipality_settings: ['delete'],
  notice_seals: ['delete', 'update'],
  notifications: ['delete'],
  ordinance_options: ['delete'],
  person_versions: ['delete'],
  persons: ['delete'],
  postings: ['delete', 'update'],
  print_file_notices: ['delete'],
  print_files: ['delete'],
  print_spellings: ['delete'],
  protections: ['delete'],
  resent_letters: ['delete', 'update'],
  returned_letter_steps: ['delete', 'update'],
  returned_letters: ['delete', 'update'],
  runs: ['delete'],
  setting_versions: ['delete'],
  staff: ['delete'],
  step_runs: ['delete'],
  tainosha_files: ['delete'],
  task_attachment_withdrawals: ['delete', 'update'],
  task_attachments: ['delete', 'update'],
  task_comments: ['delete', 'update'],
  tasks: ['delete'],
  tokusoku_history: ['delete'],
  unit_members: ['delete'],
  units: ['delete'],
  unprintable_notices: ['delete'],
  user_roles: ['delete'],
  users: ['delete'],
  worksheet_buckets: ['update'],
  worksheet_marks: ['delete', 'update'],
  worksheet_packs: ['update'],
  worksheet_reviews: ['delete', 'update'],
  worksheet_rows: ['update'],
}

let base: TestDatabase
let app: Database
let reader: Database
beforeAll(async () => {
  base = await cloneDatabase()
  app = openDatabase(base.appUrl)
  reader = openDatabase(base.readUrl)
})
afterAll(async () => {
  await app.close()
  await reader.close()
  await base.drop()
})

describe('koki_app', () => {
  it('is neither owner nor superuser', async () => {
    expect(
      await app.one(`select current_user as name, rolsuper as super, rolcreaterole as creates,
        pg_get_userbyid(datdba) = current_user as owner
        from pg_roles, pg_database where rolname = current_user and datname = current_database()`),
    ).toEqual({ name: 'koki_app', super: false, creates: false, owner: false })
  })
  it('is forbidden just what the table above says', async () => {
    const rows = await app.rows<{ name: string; forbidden: string[] }>(
      `select relname as name, array_remove(array[
         case when not has_table_privilege('koki_app', oid, 'delete') then 'delete' end,
         case when not has_table_privilege('koki_app', oid, 'update') then 'update' end], null) as forbidden
       from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname collate "C"`,
    )
    const found = rows.filter(({ forbidden }) => forbidden.length > 0)
    expect(Object.fromEntries(found.map(({ name, forbidden }) => [name, forbidden]))).toEqual(FORBIDDEN)
  })
  it.each(Object.entries(FORBIDDEN))('may not change or empty %s', async (table, acts) => {
    const column = await app.one<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0
         and attidentity = '' and attgenerated = '' and not attisdropped order by attnum limit 1`,
      [table],
    )
    const statements = {
      update: `update ${table} set ${column.name} = ${column.name}`,
      delete: `delete from ${table}`,
    }
    for (const act of acts) await expect(app.run(statements[act]), act).rejects.toThrow('permission denied')
    await expect(app.run(`truncate ${table}`)).rejects.toThrow('permission denied')
    await expect(app.run(`drop table ${table}`)).rejects.toThrow('must be owner')
    await expect(app.run(`alter table ${table} disable trigger all`)).rejects.toThrow('must be owner')
  })
  it('may not create tables', async () => {
    await expect(app.run('create table mine (id int)')).rejects.toThrow('permission denied for schema public')
  })
})

describe('koki_read', () => {
  it('reads the ledger and writes nothing', async () => {
    expect(await reader.rows('select 1 from postings')).toEqual([])
    await expect(reader.run('delete from runs')).rejects.toThrow('permission denied')
  })
  it('sees no sessions', async () => {
    await expect(reader.rows('select 1 from sessions')).rejects.toThrow('permission denied')
  })
})
