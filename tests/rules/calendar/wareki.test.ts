import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, plainDateOf } from '#kernel/plain-date.ts'
import { parseDateInput } from '#rules/calendar/parse-date.ts'
import { weekdayName } from '#rules/calendar/weekday.ts'
import {
  ERAS,
  eraYearOf,
  formatWareki,
  formatWarekiFiscalYear,
  formatWarekiFiscalYearOf,
  formatWarekiShort,
} from '#rules/calendar/wareki.ts'

const d = plainDateOf
/** 全角: the same characters in their full-width form. */
const wide = (text: string): string =>
  text.replaceAll(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))

describe('和暦, rules §11', () => {
  it.each([
    ['2026-08-20', '令和8年8月20日', 'R8.8.20'],
    ['2019-05-01', '令和元年5月1日', 'R1.5.1'],
    ['2019-04-30', '平成31年4月30日', 'H31.4.30'],
    ['1989-01-08', '平成元年1月8日', 'H1.1.8'],
    ['1989-01-07', '昭和64年1月7日', 'S64.1.7'],
    ['1926-12-25', '昭和元年12月25日', 'S1.12.25'],
    ['1926-12-24', '大正15年12月24日', 'T15.12.24'],
    ['1912-07-30', '大正元年7月30日', 'T1.7.30'],
    ['1912-07-29', '明治45年7月29日', 'M45.7.29'],
  ])('%s → %s, %s', (day, long, short) => {
    expect(formatWareki(d(day))).toBe(long)
    expect(formatWarekiShort(d(day))).toBe(short)
  })

  it.each([
    [2026, '令和8年度'],
    [2019, '令和元年度'],
    [2018, '平成30年度'],
    [1989, '平成元年度'],
    [1988, '昭和63年度'],
    [1925, '大正14年度'],
  ])('年度 %i → %s', (year, text) => {
    expect(formatWarekiFiscalYear(year)).toBe(text)
  })

  it('a day of March belongs to the 年度 before', () => {
    expect(formatWarekiFiscalYearOf(d('2026-03-31'))).toBe('令和7年度')
    expect(formatWarekiFiscalYearOf(d('2026-04-01'))).toBe('令和8年度')
  })

  it('the eras follow each other without gap', () => {
    for (const [index, era] of ERAS.entries()) {
      expect(plainDateOf(era.from)).toBe(era.from)
      const newer = ERAS[index - 1]
      expect(era.to).toBe(newer ? addDays(newer.from, -1) : null)
    }
  })

  it('refuses days before 明治', () => {
    expect(() => formatWareki(d('1868-01-24'))).toThrow(/before 明治/)
  })
})

describe('元号の年と曜日', () => {
  it.each([
    ['2026-08-20', '令和', 8, '木'],
    ['2019-05-01', '令和', 1, '水'],
    ['1989-01-07', '昭和', 64, '土'],
    ['1989-01-08', '平成', 1, '日'],
  ])('%s', (day, era, number, weekday) => {
    const found = eraYearOf(d(day))
    expect([found.era.name, found.number, weekdayName(d(day))]).toEqual([era, number, weekday])
  })
})

describe('parseDateInput 日付の入力', () => {
  it.each([
    ['R8.4.1', '2026-04-01'],
    ['r8.4.1', '2026-04-01'],
    ['R8/4/1', '2026-04-01'],
    ['R08-04-01', '2026-04-01'],
    ['令和8年4月1日', '2026-04-01'],
    [wide('令和8年4月1日'), '2026-04-01'],
    [wide('R8.4.1'), '2026-04-01'],
    ['令和 8 年 4 月 1 日', '2026-04-01'],
    ['令和元年5月1日', '2019-05-01'],
    ['R1.5.1', '2019-05-01'],
    ['20260401', '2026-04-01'],
    [wide('20260401'), '2026-04-01'],
    ['2026-04-01', '2026-04-01'],
    ['2026/4/1', '2026-04-01'],
    ['2026年4月1日', '2026-04-01'],
    ['S64.1.7', '1989-01-07'],
    ['明治45年7月29日', '1912-07-29'],
    ['M6.1.1', '1873-01-01'],
    ['1873-01-01', '1873-01-01'],
    ['R8ー4ー1', '2026-04-01'],
    ['2026−04−01', '2026-04-01'],
  ])('%s → %s', (input, expected) => {
    expect(parseDateInput(input)).toEqual({ ok: true, value: expected })
  })

  it.each([
    ['平成31年5月1日', '平成は平成31年4月30日までです。令和元年5月1日ではありませんか。'],
    ['昭和70年1月1日', '昭和は昭和64年1月7日までです。平成7年1月1日ではありませんか。'],
    ['H1.1.7', '平成は平成元年1月8日からです。昭和64年1月7日ではありませんか。'],
    ['R8.2.30', 'R8.2.30という日はありません。月と日を確認してください。'],
    ['2026-13-01', '2026-13-01という日はありません。月と日を確認してください。'],
    ['R0.4.1', 'R0.4.1という年はありません。'],
    ['明治5年12月1日', '明治6年1月1日より前の日は扱えません。'],
    ['1800-01-01', '明治6年1月1日より前の日は扱えません。'],
    ['きのう', 'きのうは日付として読めません。'],
    ['8.4.1', '8.4.1は日付として読めません。'],
    ['', '日付が空です。「R8.4.1」「令和8年4月1日」「2026-04-01」「20260401」のように入力してください。'],
    ['x2026-04-01', 'x2026-04-01は日付として読めません。'],
    ['2026-04-01x', '2026-04-01xは日付として読めません。'],
    ['x20260401', 'x20260401は日付として読めません。'],
    ['202604011', '202604011は日付として読めません。'],
    ['xR8.4.1', 'xR8.4.1は日付として読めません。'],
    ['R8.4.1x', 'R8.4.1xは日付として読めません。'],
    ['1872-12-31', '明治6年1月1日より前の日は扱えません。'],
  ])('%s is refused: %s', (input, message) => {
    const result = parseDateInput(input)
    expect(result).toMatchObject({ ok: false, error: expect.stringContaining(message) })
  })

  it('reads back what it writes', () => {
    const days = fc.integer({ min: 0, max: 70_000 }).map((n) => addDays(d('1873-01-01'), n))
    fc.assert(
      fc.property(days, (day) => {
        expect(parseDateInput(formatWareki(day))).toEqual({ ok: true, value: day })
        expect(parseDateInput(formatWarekiShort(day))).toEqual({ ok: true, value: day })
      }),
    )
  })
})
