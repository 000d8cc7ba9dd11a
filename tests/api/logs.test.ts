import { errorText } from '#engine/log.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { startApiProcess, type ApiProcess } from '#tests/support/api-process.ts'
import { CHECKOUT } from '#tests/support/fixture-tree.ts'
import { until } from '#tests/support/until.ts'
import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// ux §17, architecture §9: a log is read by who keeps the system running; it names no person.
const PERSONAL = ['髙﨑一郎', 'タカサキイチロウ', '0311112222', '0000000123']
const [NAME = '', KANA = '', PHONE = '', NUMBER = ''] = PERSONAL

interface Line {
  readonly at: string
  readonly level: string
  readonly process: string
  readonly message: string
  readonly requestId?: string
  readonly error?: string
}

let base: TestDatabase
let owner: Database
let api: ApiProcess
beforeAll(async () => {
  base = await cloneDatabase()
  owner = openDatabase(base.ownerUrl)
  api = await startApiProcess(base.appUrl)
}, 90_000)
afterAll(async () => {
  await api.stop()
  await owner.close()
  await base.drop()
})

const lines = (): Line[] =>
  api
    .output()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)

const upload = (name: string, kind: string, text: string): Promise<Response> => {
  const form = new FormData()
  form.append('kind', kind)
  form.append('file', new Blob([text]), name)
  return api.send('tantou', '/api/files', form)
}

describe('the log of the server', () => {
  it('has no person in it, whatever is asked, refused or broken', async () => {
    // requests that carry persons: found, refused, not understood
    await api.call('tantou', 'POST', '/api/insured/search', { q: NAME })
    await api.call('kanri', 'POST', '/api/insured/search', { q: KANA })
    await api.call('tantou', 'POST', '/api/insured/search', { q: { name: NAME } })
    await api.call('tantou', 'GET', `/api/insured/${encodeURIComponent(NAME)}?phone=${PHONE}`)
    // a file with persons in its name and in wrong lines
    const refused = await upload(`${NAME}.csv`, 'atena', `${NAME},${PHONE}\r\n${NUMBER},${KANA}\r\n`)
    expect(refused.status).toBe(202)
    // the database itself fails, and quotes the row
    await owner.run(`create function quote_row() returns trigger language plpgsql as $$
      begin raise exception 'bad row %', new using detail = new.name, hint = '${NUMBER}'; end $$`)
    await owner.run(`create trigger files_quote before insert on files for each row execute function quote_row()`)
    const broken = await upload(`${NAME} ${PHONE}.csv`, 'atena', `${KANA}\r\n`)
    expect(broken.status).toBe(500)
    const { detail } = (await broken.json()) as { detail: string }
    // then: the failure is there, with the number that the person was given
    const failure = await until('the failure is logged', () => lines().find(({ level }) => level === 'error'))
    expect(failure).toMatchObject({ process: 'api', message: 'request failed', error: 'error P0001' })
    expect(detail).toContain(failure.requestId)
    for (const text of PERSONAL) expect(api.output()).not.toContain(text)
  })

  it('is JSON lines of level, process and time', () => {
    expect(lines().length).toBeGreaterThan(1)
    for (const { at, level, process, message } of lines())
      expect([
        Number.isNaN(Date.parse(at)),
        ['info', 'warn', 'error'].includes(level),
        process,
        message !== '',
      ]).toEqual([false, true, 'api', true])
  })

  it('names the code of an error of the database, and nothing of its words', async () => {
    const failed = await owner.run(`select '${NAME}'::date`).catch((error: unknown) => error)
    expect(String(failed)).toContain(NAME)
    expect(errorText(failed)).toBe('SQL 22007')
    const twice = await owner
      .run(`insert into files select * from files union all select * from files`)
      .catch((error: unknown) => error)
    expect(errorText(twice)).not.toContain(NAME)
    expect(errorText(new Error('plain'))).toBe('plain')
  })

  it('ends with one line of ours when an error of the database is caught by nobody', () => {
    const program = `
      import { endOnUncaught, processLog } from '#runtime/process-log.ts'
      endOnUncaught(processLog('workers'))
      throw Object.assign(new Error('Key (name)=(${NAME}) exists'),
        { severity: 'ERROR', code: '23505', detail: '${PHONE}', table: 'persons', constraint: 'persons_key' })`
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program],
      { cwd: CHECKOUT, encoding: 'utf8' },
    )
    expect([status, stderr]).toEqual([1, ''])
    expect(JSON.parse(stdout)).toMatchObject({
      level: 'error',
      process: 'workers',
      error: 'SQL 23505 persons persons_key',
    })
    expect(stdout).not.toMatch(new RegExp(`${NAME}|${PHONE}`))
  })
})
