import { ensureDemoUsers } from '#access/demo-users.ts'
import { plainDateOf } from '#kernel/plain-date.ts'
import { isBusinessDay } from '#rules/calendar/business-day.ts'
import { formatWarekiFiscalYear, formatWarekiFiscalYearShort, formatWarekiShort } from '#rules/calendar/wareki.ts'
import { onOrNextBusinessDay } from '#rules/calendar/business-days.ts'
import { resolveTokusokuOptions } from '#rules/tokusoku/options.ts'
import { at } from '#rules/options.ts'
import { loadHolidays, namedHolidays } from '#db/calendar.ts'
import { warekiFiscalYearSql, warekiShortSql } from '#db/wareki-sql.ts'
import { openDatabase, type Database } from '#db/database.ts'
import { optionVersions } from '#db/ordinance-options.ts'
import { fixedClock } from '#tests/support/clock.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const day = plainDateOf
const AT = '2026-04-01T00:00:00Z'
let base: TestDatabase
let db: Database
beforeAll(async () => {
  base = await cloneDatabase()
  db = openDatabase(base.appUrl)
  await ensureDemoUsers(db, fixedClock('2026-04-01T00:00:00.000Z'))
})
afterAll(async () => {
  await db.close()
  await base.drop()
})

describe('和暦 as the database says it', () => {
  it('is that of the rule, for every 年度 and around every change of era', async () => {
    const years = Array.from({ length: 130 }, (_, at) => 1900 + at)
    const said = await db.rows<{ year: number; text: string }>(
      `select year, ${warekiFiscalYearSql('year')} as text from unnest($1::int[]) year order by year`,
      [years],
    )
    expect(said).toEqual(years.map((year) => ({ year, text: formatWarekiFiscalYear(year) })))
    const days = ['1912-07-29', '1926-12-25', '1989-01-07', '1989-01-08', '2019-04-30', '2019-05-01', '2026-08-31'].map(
      day,
    )
    const short = await db.rows<{ text: string }>(
      `select ${warekiShortSql('day')} as text from unnest($1::date[]) with ordinality one(day, n) order by n`,
      [days],
    )
    expect(short.map(({ text }) => text)).toEqual(days.map(formatWarekiShort))
    expect(years.map(formatWarekiFiscalYearShort).slice(-11)).toEqual([
      'R1',
      'R2',
      'R3',
      'R4',
      'R5',
      'R6',
      'R7',
      'R8',
      'R9',
      'R10',
      'R11',
    ])
  })
})

describe('the calendar of 開庁日', () => {
  it('calls each 祝日 as the law does, and a closed day as the municipality does', async () => {
    await db.run(`insert into local_closures (closed_on, name, recorded_at) values ('2027-03-19', '市制記念日', $1)`, [
      AT,
    ])
    expect(await namedHolidays(db, day('2026-09-20'), day('2027-03-31'))).toEqual(
      [
        ['2026-09-21', '敬老の日'],
        ['2026-09-22', '休日'],
        ['2026-09-23', '秋分の日'],
        ['2026-10-12', 'スポーツの日'],
        ['2026-11-03', '文化の日'],
        ['2026-11-23', '勤労感謝の日'],
        ['2027-01-01', '元日'],
        ['2027-01-11', '成人の日'],
        ['2027-02-11', '建国記念の日'],
        ['2027-02-23', '天皇誕生日'],
        ['2027-03-19', '市制記念日', true],
        ['2027-03-21', '春分の日'],
        ['2027-03-22', '振替休日(春分の日)'],
      ].map(([on, name, isOwn = false]) => ({ day: on, name, isOwn })),
    )
    await db.run(`delete from local_closures where closed_on = '2027-03-19'`)
  })

  it('knows the national holidays of a span, both ends included, and the municipality’s own days', async () => {
    await db.run(
      `insert into local_closures (closed_on, name, recorded_at) values ('2026-09-25', '見本の休庁日', $1)`,
      [AT],
    )
    const holidays = await loadHolidays(db, day('2026-09-21'), day('2026-09-25'))
    // sheet 5.2 §8 #17: 9/21–23 are holidays, the 22nd as 国民の休日
    expect([...holidays]).toEqual(['2026-09-21', '2026-09-22', '2026-09-23', '2026-09-25'])
    expect(onOrNextBusinessDay(day('2026-09-20'), holidays)).toBe('2026-09-24')
    expect(isBusinessDay(day('2026-09-25'), holidays)).toBe(false)
  })
  it.each([
    ['2019-05-01', true], // 即位の日
    ['2021-07-22', true], // moved once for the Games
    ['2021-07-19', false],
    ['2026-05-06', true], // 振替休日
    ['2026-08-11', true],
    ['2026-11-02', false],
  ])('%s is a holiday: %s', async (date, isHoliday) => {
    expect((await loadHolidays(db, day('2019-01-01'), day('2027-01-01'))).has(day(date))).toBe(isHoliday)
  })
})

describe('条例等の設定', () => {
  const record = (
    name: string,
    value: unknown,
    validFrom: string,
    decidedBy: number | null,
    inForceBy: number | null,
  ) =>
    db.run(
      `insert into ordinance_options (flow, name, value, valid_from, decided_by, put_in_force_by, recorded_at)
       values ('5-2-tokusoku', $1, $2, $3, $4, $5, $6)`,
      [name, JSON.stringify(value), validFrom, decidedBy, inForceBy, AT],
    )
  it('come as recorded versions; what a second person has not put in force does not count', async () => {
    await record('feeYen', 100, '2008-04-01', null, null)
    await record('feeYen', 0, '2026-04-01', 1, 2)
    await record('feeYen', 200, '2026-05-01', 1, null)
    await record('partPaidAt004', 'send', '2026-04-01', null, null)
    const versions = await optionVersions(db, '5-2-tokusoku')
    expect(versions).toEqual([
      { name: 'feeYen', validFrom: '2008-04-01', value: 100 },
      { name: 'feeYen', validFrom: '2026-04-01', value: 0 },
      { name: 'partPaidAt004', validFrom: '2026-04-01', value: 'send' },
    ])
    const options = resolveTokusokuOptions(versions, day('2026-08-20'))
    expect([at(options.feeYen, day('2026-03-31')), at(options.feeYen, day('2026-04-01'))]).toEqual([100n, 0n])
    expect([options.partPaidAt004, options.designatedDays]).toEqual(['send', 10])
  })
  it('are put in force by another person than decided', async () => {
    await expect(record('minUnpaidYen', 1000, '2026-04-01', 1, 1)).rejects.toThrow('by one person')
  })
})
