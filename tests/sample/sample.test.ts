import { plainDateOf } from '#kernel/plain-date.ts'
import { checkLedger } from '#ledger/check.ts'
import { balancesAsOf } from '#ledger/balances.ts'
import { importPath, loadSample } from '#tools/sample/load-sample.ts'
import { makeSample } from '#tools/sample/make-sample.ts'
import { createWorld } from '#tools/sample/world.ts'
import { openTestOffice, type TestOffice } from '#tests/support/intake.ts'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// the story of the sample: 督促 令和8年度 第4期, 425 found
const TODAY = plainDateOf('2026-11-13')
let office: TestOffice
beforeAll(async () => {
  office = await openTestOffice('2026-11-13T00:00:00.000Z')
})
afterAll(() => office.close())

const hashes = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  )
const folder = (name: string): string => join(office.folder, name)

describe('the calendar of the sample', () => {
  it('has the 納期 of sheet 5.2 §8', () => {
    const world = createWorld(1, TODAY)
    expect(world.dueDates(2026)).toEqual([
      '2026-07-31',
      '2026-08-31',
      '2026-09-30',
      '2026-11-02',
      '2026-11-30',
      '2026-12-25',
      '2027-02-01',
      '2027-03-01',
    ])
    expect([world.fukaYear, world.newest]).toEqual([2026, 3])
    expect(createWorld(1, plainDateOf('2026-05-20'))).toMatchObject({ fukaYear: 2025, newest: 7 })
  })
})

describe('making a sample', () => {
  it('gives equal bytes for an equal request, and others for another seed', async () => {
    const request = { insured: 240, seed: 7, today: TODAY }
    await makeSample(folder('a'), request, office.profiles)
    await makeSample(folder('b'), request, office.profiles)
    await makeSample(folder('c'), { ...request, seed: 8 }, office.profiles)
    expect(hashes(folder('a'))).toEqual(hashes(folder('b')))
    expect(hashes(folder('a'))['kiwari.csv']).not.toBe(hashes(folder('c'))['kiwari.csv'])
  })
  it('gives each person a number of his own, with its check digit', async () => {
    await makeSample(folder('d'), { insured: 3000, seed: 1, today: TODAY }, office.profiles)
    const numbers = readFileSync(join(folder('d'), 'hihokensha.csv'), 'utf8')
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',')[0])
    expect(numbers).toHaveLength(3000)
    expect(new Set(numbers).size).toBe(3000)
  })
})

describe('the sample of a first start', () => {
  beforeAll(async () => {
    await loadSample({ ...office, log: () => undefined }, folder('sample'), { insured: 3000, seed: 1, today: TODAY })
  })
  it('is 3,000 insured in sound books', async () => {
    expect(await office.db.one(`select count(*) as n from insured`)).toEqual({ n: 3000n })
    expect((await checkLedger(office.db)).filter((one) => one.count > 0n)).toEqual([])
    expect(await office.db.one(`select count(*) as n from file_errors`)).toEqual({ n: 0n })
  })
  it('finds 425 unpaid instalments once the latest week is in', async () => {
    const unpaid = async (): Promise<bigint> =>
      (
        await office.db.one<{ n: bigint }>(
          `select count(*) as n from (${balancesAsOf(
            `select id from instalments where method = '普徴' and due_on <= $1`,
            '$2::date',
            '1000000',
          )}) b where unpaid > 0`,
          ['2026-11-02', '2026-11-12'],
        )
      ).n
    expect(await unpaid()).toBe(575n)
    const week = await importPath(office, office.intake, 'shuno', join(folder('sample'), 'shuno-latest-week.csv'))
    expect(week).toMatchObject({ status: 'accepted', rejected: 0n })
    expect(await unpaid()).toBe(425n)
  })
  it('has the protected person of the story, with her year', async () => {
    expect(
      await office.db.rows(
        `select i.period, b.charged, b.received from insured n join instalments i on i.insured_id = n.id and i.fuka_year = 2026
         join instalment_balances b on b.instalment_id = i.id and b.component = 'P'
         where n.insured_no = '04814950' order by i.period`,
      ),
    ).toEqual([
      { period: '01', charged: 12_200n, received: 12_200n },
      { period: '02', charged: 11_500n, received: 11_500n },
      { period: '03', charged: 11_500n, received: 11_500n },
      { period: '04', charged: 11_500n, received: 0n },
      { period: '05', charged: 11_500n, received: 0n },
      { period: '06', charged: 11_500n, received: 0n },
      { period: '07', charged: 11_500n, received: 0n },
      { period: '08', charged: 11_500n, received: 0n },
    ])
  })
  it('has files of later days that go in as differences', async () => {
    office.clock.set('2026-11-18T00:00:00.000Z')
    const loaded: string[] = []
    for (const name of readdirSync(join(folder('sample'), 'later')).toSorted()) {
      const file = await importPath(
        office,
        office.intake,
        name.replace('.csv', ''),
        join(folder('sample'), 'later', name),
      )
      loaded.push(`${file.kind} ${file.status} ${file.accepted} ${file.rejected}`)
    }
    expect(loaded).toEqual([
      'atena accepted 2 0',
      'kiwari accepted 1 0',
      'shuno accepted 6 0',
      'yokushi accepted 1 0',
      'yuyo accepted 1 0',
    ])
  })
})
