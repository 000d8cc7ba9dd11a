import { migrate } from '#db/migrate.ts'
import { findPostgres, startPostgres, type Postgres } from '#tools/postgres.ts'
import { waitForEnd } from '#tools/process-look.ts'
import { temporaryFolder } from '#tests/support/temporary.ts'
import pg from 'pg'
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const folder = temporaryFolder()
const dataDir = join(folder, 'postgres')
let server: Postgres
beforeAll(async () => {
  server = await startPostgres({ dataDir })
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}
const postmaster = (): number => Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0])

describe('the embedded PostgreSQL', () => {
  it('lets nobody in without a password', async () => {
    const open = `postgresql://koki_app@127.0.0.1:${server.port}/koki`
    await expect(query(open, 'select 1')).rejects.toThrow(/password/)
    const wrong = `postgresql://koki_app:wrong@127.0.0.1:${server.port}/koki`
    await expect(query(wrong, 'select 1')).rejects.toThrow('password authentication failed')
    expect(await query(server.adminUrl(), `select distinct auth_method from pg_hba_file_rules`)).toEqual([
      { auth_method: 'scram-sha-256' },
    ])
  })

  it('keeps its passwords in a file for its owner alone', () => {
    expect(statSync(`${dataDir}.secrets.json`).mode & 0o777).toBe(0o600)
  })

  it('listens on loopback only, and runs in UTC whatever the machine’s zone', async () => {
    expect(await query(server.appUrl(), 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
    expect(await query(server.appUrl(), 'show timezone')).toEqual([{ TimeZone: 'UTC' }])
    expect(await query(server.appUrl(), 'show log_timezone')).toEqual([{ log_timezone: 'UTC' }])
  })

  it('finds parts of Japanese words with pg_trgm', async () => {
    await query(server.adminUrl(), 'create extension if not exists pg_trgm')
    expect(
      await query(
        server.adminUrl(),
        `select '髙﨑一郎' like '%﨑一%' as hit, cardinality(show_trgm('督促状')) as pieces`,
      ),
    ).toEqual([{ hit: true, pieces: 4 }])
  })

  it('logs no row contents and no statements', async () => {
    const owner = server.ownerUrl()
    await query(owner, `create table secret_names (name text primary key)`)
    await query(owner, `insert into secret_names values ('山田ひそか')`)
    await expect(query(owner, `insert into secret_names values ('山田ひそか')`)).rejects.toThrow('duplicate key')
    await expect(query(owner, `select '山田ひそか'::int`)).rejects.toThrow('invalid input syntax')
    await expect(query(owner, `do $$ begin raise warning '山田ひそか'; raise '山田ひそか'; end $$`)).rejects.toThrow(
      '山田ひそか',
    )
    const log = readFileSync(`${dataDir}.log`, 'utf8')
    expect(log).toContain('database system is ready to accept connections')
    expect(log).not.toMatch(/山田|secret_names|select|insert/)
  })

  it('gives migrations to koki_owner alone', async () => {
    expect((await migrate(server.ownerUrl())).length).toBeGreaterThan(5)
    await expect(query(server.appUrl(), 'create table mine (id int)')).rejects.toThrow('permission denied')
    await expect(query(server.readUrl(), 'delete from runs')).rejects.toThrow('permission denied')
  })

  it('is adopted by the next start while it still runs', async () => {
    const before = postmaster()
    const again = await startPostgres({ dataDir })
    expect(again.port).toBe(server.port)
    expect(postmaster()).toBe(before)
    expect((await findPostgres(dataDir))?.port).toBe(server.port)
  })

  it('recovers what was committed when it is killed', async () => {
    await query(server.ownerUrl(), `create table kept (n int); insert into kept values (42)`)
    const pid = postmaster()
    process.kill(pid, 'SIGKILL')
    await waitForEnd(pid, 5000)
    expect(await server.isRunning()).toBe(false)
    expect(await findPostgres(dataDir)).toBe(null)
    server = await startPostgres({ dataDir, port: server.port })
    expect(await query(server.ownerUrl(), 'select n from kept')).toEqual([{ n: 42 }])
  })

  it('starts over a pid file whose number another process has inherited', async () => {
    await server.stop()
    writeFileSync(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n0\n1\n`)
    server = await startPostgres({ dataDir })
    expect(await query(server.ownerUrl(), 'select n from kept')).toEqual([{ n: 42 }])
  })

  it('is not made anew over its data when the passwords are lost', async () => {
    await server.stop()
    renameSync(`${dataDir}.secrets.json`, `${dataDir}.away`)
    await expect(startPostgres({ dataDir })).rejects.toMatchObject({ code: 'SYS-005' })
    renameSync(`${dataDir}.away`, `${dataDir}.secrets.json`)
    server = await startPostgres({ dataDir })
    expect(await query(server.ownerUrl(), 'select n from kept')).toEqual([{ n: 42 }])
  })
})
