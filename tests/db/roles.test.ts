import { openDatabase, type Database } from '#db/database.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// architecture §9: koki_app may not rewrite what must never change; koki_read only reads.
const FOR_EVER = [
  'postings',
  'movements',
  'audit_events',
  'audit_seals',
  'engine_records',
  'worksheet_marks',
  'backups',
]

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
  for (const table of FOR_EVER)
    it.each([`delete from ${table}`, `truncate ${table}`, `drop table ${table}`])('may not: %s', async (statement) => {
      await expect(app.run(statement)).rejects.toThrow(/permission denied|must be owner/)
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
