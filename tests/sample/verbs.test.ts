import { importVerb } from '#tools/verbs/import.ts'
import { ledgerCheck } from '#tools/verbs/ledger.ts'
import { sampleLoad, sampleMake } from '#tools/verbs/sample.ts'
import { dataFolder } from '#tools/launch/data-folder.ts'
import type { VerbContext } from '#tools/verbs/verb.ts'
import { openTestOffice, type TestOffice } from '#tests/support/intake.ts'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let office: TestOffice
let printed: string[] = []
const context = (isSample = true): VerbContext => ({
  folder: dataFolder({ KOKI_DATA: office.folder }),
  clock: { ...office.clock, offsetMs: () => 0 },
  clockFile: null,
  isSample,
  database: async () => office.db,
  ownerUrl: async () => office.ownerUrl,
  api: async () => {
    throw new Error('no server here')
  },
  print: (line) => printed.push(line),
})
const say = async (work: () => Promise<number>): Promise<{ code: number; printed: string[] }> => {
  printed = []
  const code = await work()
  return { code, printed }
}
beforeAll(async () => {
  office = await openTestOffice('2026-08-14T00:00:00.000Z')
})
afterAll(() => office.close())

describe('koki', () => {
  it('makes the worked examples and loads them into a sample only', async () => {
    const folder = join(office.folder, 'examples')
    const made = await say(() => sampleMake.run(['--examples', folder], context()))
    expect(made).toMatchObject({ code: 0, printed: expect.arrayContaining(['  atena.csv 26行', '  kiwari.csv 28行']) })
    expect(await say(() => sampleLoad.run([folder], context(false)))).toEqual({
      code: 1,
      printed: ['見本ではないデータフォルダーには取り込めません。'],
    })
    expect(await say(() => sampleLoad.run([folder], context()))).toMatchObject({ code: 0 })
    expect(
      await office.db.one(`select count(*) as n from instalments where tsuchisho_no in ('2600123455', '2600456780')`),
    ).toEqual({
      n: 2n,
    })
  })
  it('imports a file and tells its errors', async () => {
    const folder = join(office.folder, 'examples')
    expect(await say(() => importVerb.run(['atena', join(folder, 'atena.csv')], context()))).toMatchObject({
      code: 1,
      printed: [expect.stringContaining('受け入れ済みです')],
    })
    const wrong = await say(() => importVerb.run(['kiwari', join(folder, 'atena.csv')], context()))
    expect(wrong).toMatchObject({ code: 1, printed: [expect.stringContaining('見出しの行')] })
    await expect(importVerb.run(['atena', join(folder, 'none.csv')], context())).rejects.toMatchObject({
      code: 'FILE-012',
    })
    expect((await say(() => importVerb.run(['atena'], context()))).code).toBe(2)
  })
  it('checks the books', async () => {
    expect(await say(() => ledgerCheck.run([], context()))).toEqual({
      code: 0,
      printed: ['台帳は正しく合っています(9項目)。'],
    })
    await office.db.run(`update instalment_balances set written = written + 1 where last_posting = 1`)
    const broken = await say(() => ledgerCheck.run([], context()))
    expect(broken.code).toBe(1)
    expect(broken.printed[0]).toMatch(/^× L-01 /)
    expect(broken.printed.at(-1)).toMatch(/^2項目が合いません。/)
  })
  it.each([['--insured', 'many', '/x'], ['--today', '2026-02-30', '/x'], ['--persons', '5', '/x'], []])(
    'refuses wrong words: %j',
    async (...args) => {
      expect((await say(() => sampleMake.run(args, context()))).code).toBe(2)
    },
  )
})
