import { maxDate, minDate, type PlainDate, plainDateOf } from '#kernel/plain-date.ts'
import { ok } from '#kernel/result.ts'
import type { Holidays } from '../calendar/business-day.ts'
import {
  businessDaysAfter,
  nextBusinessDay,
  onOrNextBusinessDay,
  previousBusinessDay,
} from '../calendar/business-days.ts'
import { KNOWN_HOLIDAYS } from '../calendar/known-holidays.ts'
import { defineShisan, type ExplainLine, refuse, sayDay } from './definition.ts'
import { sayClosedUntil, weekdaysClosedBetween } from './say-closed.ts'
import { choice, date, integer, record } from './schema.ts'

const KINDS = ['開庁日', '次の開庁日', '前の開庁日', 'n開庁日後'] as const
type Kind = (typeof KINDS)[number]

function move(kind: Kind, day: PlainDate, n: number, holidays: Holidays): PlainDate {
  switch (kind) {
    case '開庁日':
      return onOrNextBusinessDay(day, holidays)
    case '次の開庁日':
      return nextBusinessDay(day, holidays)
    case '前の開庁日':
      return previousBusinessDay(day, holidays)
    case 'n開庁日後':
      return businessDaysAfter(day, n, holidays)
    default:
      return kind satisfies never
  }
}

const row = (id: string, source: string, kind: Kind, on: string, expected: string, n?: number) => ({
  id,
  source,
  input: { kind, on, ...(n === undefined ? {} : { n }) },
  expected: { on: expected },
})

function sayMove(kind: Kind, day: PlainDate, on: PlainDate, n: number, holidays: Holidays): string {
  switch (kind) {
    case '開庁日':
      return day === on
        ? `${sayDay(day)}は開庁日のため、その日`
        : `${sayClosedUntil(day, on, holidays)}のため、次の開庁日`
    case '次の開庁日':
      return `${sayDay(day)}より後の最初の開庁日`
    case '前の開庁日':
      return `${sayDay(day)}より前の最後の開庁日`
    case 'n開庁日後':
      return n === 0 ? `0開庁日後はその日(開庁日でなくても動かさない)` : `${sayDay(day)}を含めず、後の${n}番目の開庁日`
    default:
      return kind satisfies never
  }
}

/** What a person cannot see in the weekday: the other closures between the two days. */
function closedLines(day: PlainDate, on: PlainDate, holidays: Holidays): readonly ExplainLine[] {
  const closed = weekdaysClosedBetween(day, on, holidays)
  return closed.length === 0
    ? []
    : [
        {
          label: '間の休み',
          how: `土曜日・日曜日のほか、祝日・年末年始・閉庁日: ${closed.map(sayDay).join('、')}`,
          value: `${closed.length}日`,
        },
      ]
}

export const kijitsu = defineShisan({
  name: 'kijitsu',
  term: '期日',
  summary:
    '開庁日を数えます。土曜日、日曜日、祝日(振替休日を含む)、12月29日から1月3日までと、市町村が定めた閉庁日は開庁日ではありません。',
  basis: [
    '期限が休日に当たるときは翌開庁日とする(地方自治法4条の2第4項の例)[source: 柏市「納期限」, 茅ヶ崎市, 豊島区「口座振替」]',
    '12月31日の期限は1月の最初の開庁日となる [source: 茅ヶ崎市, 真狩村]',
    '振替休日を数える: 2024年8月10日の納期限は8月13日となった [source: 瀬戸市]',
    '年金の支払日は、休日に当たるとき前の開庁日となる [source: 真狩村]',
  ],
  formula: [
    '開庁日: その日が開庁日ならその日、閉庁日なら次の開庁日',
    '次の開庁日: その日を含めず、後の最初の開庁日',
    '前の開庁日: その日を含めず、前の最後の開庁日',
    'n開庁日後: その日を含めず、後の n 番目の開庁日(0 はその日)',
  ],
  doubts: ['銀行の営業日は開庁日と違うことがある(年末など)。祝日は1970年から2050年までの表による。'],
  input: record(
    '入力',
    {
      kind: choice('求める日', KINDS, '「開庁日」は、その日が開庁日ならその日'),
      on: date('もとの日'),
    },
    { n: integer('開庁日の数', '日', { minimum: 0, maximum: 250, description: '「n開庁日後」のとき' }) },
  ),
  output: record('結果', { on: date('求めた日') }),
  examples: [
    row('瀬戸市 R6', '瀬戸市: 土曜日、山の日、振替休日が続く', '開庁日', '2024-08-10', '2024-08-13'),
    row('茅ヶ崎市・真狩村', '12月31日の期限', '開庁日', '2026-12-31', '2027-01-04'),
    row('平日', '開庁日はその日のまま', '開庁日', '2026-11-02', '2026-11-02'),
    row('真狩村 12月', '真狩村「年金支払日」2024年12月15日は日曜日', '前の開庁日', '2024-12-15', '2024-12-13'),
    row('真狩村 6月', '真狩村「年金支払日」2024年6月15日は土曜日', '前の開庁日', '2024-06-15', '2024-06-14'),
    row('前の平日', 'その日は数えない', '前の開庁日', '2026-11-04', '2026-11-02'),
    row('次の平日', 'その日は数えない', '次の開庁日', '2026-11-02', '2026-11-04'),
    row('5開庁日後', '敬老の日、国民の休日、秋分の日を挟む', 'n開庁日後', '2026-09-17', '2026-09-29', 5),
    row('0開庁日後', 'その日', 'n開庁日後', '2026-09-20', '2026-09-20', 0),
    {
      id: '数がない',
      source: '「n開庁日後」には数がいる',
      input: { kind: 'n開庁日後', on: '2026-09-17' },
      refusedAt: '/n',
    },
    {
      id: '数が余る',
      source: '数は「n開庁日後」だけに使う',
      input: { kind: '次の開庁日', on: '2026-09-17', n: 2 },
      refusedAt: '/n',
    },
    {
      id: '祝日の表の前',
      source: '祝日の分からない年は数えない',
      input: { kind: '開庁日', on: '1969-12-31' },
      refusedAt: '/on',
    },
    {
      id: '祝日の表の後',
      source: '祝日の分からない年は数えない',
      input: { kind: '開庁日', on: '2050-12-31' },
      refusedAt: '/on',
    },
  ],
  compute({ kind, on: from, n }, holidays) {
    const day = plainDateOf(from)
    if (kind === 'n開庁日後' && n === undefined) return refuse('/n', '開庁日の数がありません。', '数を入れてください。')
    if (kind !== 'n開庁日後' && n !== undefined)
      return refuse('/n', `「${kind}」に数は使いません。`, '数を消すか、「n開庁日後」を選んでください。')
    const on = move(kind, day, n ?? 0, holidays)
    if (minDate(day, on) < KNOWN_HOLIDAYS.from || maxDate(day, on) > KNOWN_HOLIDAYS.to)
      return refuse('/on', '祝日の分かる年(1970年から2050年まで)の外です。', '日を確かめてください。')
    return ok({
      output: { on },
      lines: [
        {
          label: kind === 'n開庁日後' ? `${n}開庁日後` : kind,
          how: sayMove(kind, day, on, n ?? 0, holidays),
          value: sayDay(on),
        },
        ...(kind === '開庁日' ? [] : closedLines(day, on, holidays)),
      ],
    })
  },
})
