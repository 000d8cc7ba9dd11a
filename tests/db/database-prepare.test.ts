import { MIGRATIONS } from '#db/migrations/index.ts'
import { openDatabase } from '#db/database.ts'
import { runKoki } from '#tools/verbs/run-koki.ts'
import { openContext } from '#tools/verbs/context.ts'
import pg from 'pg'
import { afterAll, beforeEach, describe, expect, inject, it, vi } from 'vitest'

// 外の PostgreSQL を用意する (README 「Docker Compose」, ADR 0016): roles, database `koki`, schema, first epoch
const server = inject('postgres')
const at = (url: string): string => url.replace('%', 'koki')

async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: server.adminUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
async function prepare(): Promise<{ readonly code: number; readonly printed: readonly string[] }> {
  const printed: string[] = []
  const { context, close } = openContext(process.env, (line) => printed.push(line))
  try {
    return { code: await runKoki(['database', 'prepare'], context), printed }
  } finally {
    await close()
  }
}

describe('koki database prepare', () => {
  beforeEach(() => {
    vi.stubEnv('DATABASE_URL', at(server.appUrl))
    vi.stubEnv('DATABASE_OWNER_URL', at(server.ownerUrl))
    vi.stubEnv('DATABASE_ADMIN_URL', server.adminUrl)
    vi.stubEnv('KOKI_READ_PASSWORD', new URL(at(server.readUrl)).password)
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await asAdmin((client) => client.query(`drop database if exists koki with (force)`))
  })

  it('given a bare server, then roles, database, schema and the first epoch are there; again, then nothing changes', async () => {
    await asAdmin((client) => client.query(`drop database if exists koki with (force)`))
    const first = await prepare()
    expect(first).toEqual({
      code: 0,
      printed: ['役割とデータベースがあります。', `データベースの形を${MIGRATIONS.length}件新しくしました。`],
    })
    expect((await prepare()).printed).toEqual(['役割とデータベースがあります。', 'データベースの形は最新です。'])
    const db = openDatabase(at(server.appUrl), { max: 1 })
    try {
      expect(await db.rows(`select epoch, note from engine_epochs`)).toEqual([{ epoch: 1, note: '最初のデータ' }])
      await expect(db.run(`delete from notice_seals`)).rejects.toThrow(/permission denied/)
    } finally {
      await db.close()
    }
  })

  it('without the administrator only the schema is looked after', async () => {
    vi.stubEnv('DATABASE_ADMIN_URL', '')
    expect((await prepare()).printed).toEqual(['データベースの形は最新です。'])
  })

  it('says which address is missing', async () => {
    vi.stubEnv('DATABASE_OWNER_URL', '')
    await expect(prepare()).rejects.toMatchObject({ code: 'SYS-014' })
  })
})
