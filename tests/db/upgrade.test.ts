import { verifyJournal } from '#audit/verify.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { migrate } from '#db/migrate.ts'
import { MIGRATIONS } from '#db/migrations/index.ts'
import { checkLedger } from '#ledger/check.ts'
import { compilePdf } from '#notices/compile-pdf.ts'
import { readNoticeSettings } from '#notices/read-settings.ts'
import { readStoredView } from '#notices/stored-view.ts'
import { readPdf } from '#tests/notices/read-pdf.ts'
import { createDatabase } from '#tools/roles.ts'
import { startApiProcess } from '#tests/support/api-process.ts'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

// What the first program left, by table: the fixture is a whole 督促 of six people that it ran.
const OLD = MIGRATIONS.slice(0, 12)
const SEAL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'
interface Part {
  readonly table: string
  readonly columns: string
  readonly lines: readonly string[]
}
function readParts(): Part[] {
  const [, ...lines] = readFileSync(new URL('../fixtures/upgrade/m0012.copy', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
  const parts: { table: string; columns: string; lines: string[] }[] = []
  for (const line of lines) {
    const head = /^-- (\w+) \((.*)\)$/.exec(line)
    if (head) parts.push({ table: head[1] ?? '', columns: head[2] ?? '', lines: [] })
    else parts.at(-1)?.lines.push(line)
  }
  return parts
}
const parts = readParts()
const sum = (part: string, pattern: RegExp): number =>
  parts.find(({ table }) => table === part)?.lines.filter((line) => pattern.test(line)).length ?? 0

let admin: pg.Client
let db: Database
const server = inject('postgres')
const name = `t_${randomUUID().replaceAll('-', '')}`
const url = (pattern: string): string => pattern.replace('%', name)

beforeAll(async () => {
  // given: the shape of m0001 to m0012, and the data in it
  admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
  await createDatabase(admin, name, 'template1')
  await migrate(url(server.ownerUrl), OLD)
  const address = new URL(server.adminUrl)
  address.pathname = `/${name}`
  const loader = new pg.Client({ connectionString: address.href })
  await loader.connect()
  await loader.query(`set session_replication_role = replica`) // as a restore: no trigger, no order of tables
  for (const { table, columns, lines } of parts) {
    await loader.query(`delete from ${table}`) // rows that migrations put there are in the fixture too
    await pipeline(
      Readable.from(lines.map((line) => `${line}\n`)),
      loader.query(copyFrom(`copy ${table} (${columns}) from stdin`)),
    )
  }
  // the first program kept the 公印 as a text of the settings
  await loader.query(`update municipality_settings set value = jsonb_set(value, '{sealSvg}', to_jsonb($1::text))`, [
    SEAL,
  ])
  const { rows } = await loader.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns
      where table_schema = 'public' and is_identity = 'YES'`,
  )
  for (const { table, column } of rows)
    await loader.query(
      `select setval(pg_get_serial_sequence('${table}', '${column}'), (select coalesce(max(${column}), 1) from ${table}))`,
    )
  await loader.end()
  db = openDatabase(url(server.appUrl))
})
afterAll(async () => {
  await db.close()
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.end()
})

describe('an office of the first program', () => {
  it('was left in the shape of twelve migrations', async () => {
    expect(OLD.at(-1)?.name).toBe('m0012-two-persons')
    expect(await db.one(`select count(*) as n from mikro_orm_migrations`)).toEqual({ n: 12n })
    expect(parts.reduce((all, { lines }) => all + lines.length, 0)).toBeGreaterThan(200)
  })

  it('is brought up to date, twice the same', async () => {
    const ran = await migrate(url(server.ownerUrl))
    expect(ran).toEqual(MIGRATIONS.slice(12).map((migration) => migration.name))
    expect(await migrate(url(server.ownerUrl))).toEqual([])
  })

  it('has every row it had', async () => {
    const counts: Record<string, number> = {}
    for (const { table } of parts)
      counts[table] = Number((await db.one<{ n: bigint }>(`select count(*) as n from ${table}`)).n)
    expect(counts).toEqual(Object.fromEntries(parts.map(({ table, lines }) => [table, lines.length])))
  })

  it('keeps its 公印 under its hash, and prints the letters it made', async () => {
    const material = await readNoticeSettings(db)
    const sha256 = createHash('sha256').update(SEAL).digest('hex')
    expect(material.seal).toEqual({ sha256, type: 'svg' })
    expect(material.seals.map((seal) => [seal.sha256, seal.bytes.toString()])).toEqual([[sha256, SEAL]])
    const letters = await db.rows<{ view: string }>(`select view from notices order by print_no`)
    expect(letters.length).toBeGreaterThan(0)
    const { pages } = await readPdf(
      compilePdf({ kind: 'tokusoku', views: letters.map(({ view }) => readStoredView(view)), assets: [] }),
    )
    expect(pages).toHaveLength(letters.length)
  })

  it('has sound books and a sound journal', async () => {
    expect((await checkLedger(db)).filter(({ count }) => count > 0n)).toEqual([])
    expect(await verifyJournal(db)).toEqual({
      checked: BigInt(sum('audit_seals', /./)),
      unsealed: 0n,
      firstBad: null,
    })
  })

  it('has no 添付 yet, and takes one', async () => {
    const { id } = await db.one<{ id: bigint }>(
      `insert into task_attachments (task_id, insured_id, name, type, byte_size, sha256, user_id, at)
       select t.id, null, 'a.pdf', 'pdf', 1, repeat('0', 64), (select min(id) from users), now() from tasks t limit 1 returning id`,
    )
    expect(id).toBe(1n)
  })

  it('starts: the finished 督促, its people and its notices are on the screens', { timeout: 90_000 }, async () => {
    const api = await startApiProcess(url(server.appUrl))
    try {
      const runs = (await (await api.call('tantou2', 'GET', '/api/runs')).json()) as {
        items: { runId: string; number: string; state: string }[]
      }
      expect(runs.items.map(({ number, state }) => [number, state])).toEqual([['R8-52-0001', 'running']])
      const runId = runs.items[0]?.runId ?? ''
      const notices = (await (await api.call('tantou2', 'GET', `/api/runs/${runId}/notices`)).json()) as {
        total: number
      }
      expect(notices.total).toBe(sum('notices', /./))
      const found = await api.call('tantou2', 'POST', '/api/insured/search', { q: '00000001' })
      expect(((await found.json()) as { items: unknown[] }).items).toHaveLength(1)
      expect((await api.call('kansa', 'GET', `/api/runs/${runId}`)).status).toBe(200)
    } finally {
      await api.stop()
    }
  })
})
