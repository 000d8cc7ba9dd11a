import { partsOf, type PlainDate } from '#kernel/plain-date.ts'
import { ok } from '#kernel/result.ts'
import { dueDates } from '../nokigen/due-dates.ts'
import { defineShisan, refuse, sayDay } from './definition.ts'
import { sayClosedUntil } from './say-closed.ts'
import { choice, date, fiscalYear, integer, list, month, record, refusing } from './schema.ts'

/** 1日 … 31日 */
const DAYS = Array.from({ length: 31 }, (_, index) => [index + 1, `${index + 1}日`] as const)
const JULY_TO_MARCH = [7, 8, 9, 10, 11, 12, 1, 2, 3]

export const nokigen = defineShisan({
  name: 'nokigen',
  term: '納期限',
  summary: '条例の納期の月と日から、休日を繰り延べた納期限の日付を出します。',
  basis: [
    '納期は市町村の条例で定める(高齢者の医療の確保に関する法律109条)[own knowledge, verify]',
    '土曜・日曜・祝日・年末年始の休みに当たるときは次の開庁日 [source: 柏市; 茅ヶ崎市; 豊島区「口座振替」]',
    '12月31日は1月の最初の開庁日 [source: 茅ヶ崎市; 真狩村]',
    '振替休日を含む実際の祝日を使う [source: 瀬戸市。令和6年8月10日が土曜・山の日・振替休日を越えて8月13日]',
  ],
  formula: [
    '納期の日 = 納期の月の指定の日(その日がない月は月末)。12月だけ別の日を定められる',
    '1月から3月の納期は翌年',
    '納期限 = 納期の日が開庁日ならその日、そうでなければ次の開庁日',
  ],
  doubts: [
    '市町村の休庁日は、画面では設定に登録した日を使い、コマンドでは使わない(土曜・日曜・祝日・年末年始だけ)。',
    '口座振替日が納期限と別の日になる市町村がある(茅ヶ崎市の12月)。',
  ],
  input: record(
    '入力',
    {
      fiscalYear: fiscalYear(),
      months: list('納期の月', month('月'), { minItems: 1, maxItems: 12, description: '第1期から順に' }),
      day: refusing(
        choice<'end' | number>('納期の日', [['end', '月末'], ...DAYS]),
        '月末は "end"、ほかは 1 から 31 までの引用符のない数字で入れてください。',
      ),
    },
    { decemberDay: integer('12月の日', '日', { minimum: 1, maximum: 31, description: '12月だけ別の日のとき' }) },
  ),
  output: record('結果', { dueOn: list('納期限', date('納期限'), { minItems: 1, maxItems: 12 }) }),
  examples: [
    {
      id: 'O-50',
      source: '柏市「納期限」令和7年度(印刷された例)',
      input: { fiscalYear: 2025, months: [7, 8, 9, 10, 11, 12, 1, 2], day: 'end', decemberDay: 25 },
      expected: {
        dueOn: [
          '2025-07-31',
          '2025-09-01',
          '2025-09-30',
          '2025-10-31',
          '2025-12-01',
          '2025-12-25',
          '2026-02-02',
          '2026-03-02',
        ],
      },
    },
    {
      id: 'O-52',
      source: '瀬戸市 令和6年度(印刷された例)',
      input: { fiscalYear: 2024, months: [8, 9, 10, 11, 12, 1, 2, 3], day: 10 },
      expected: {
        dueOn: [
          '2024-08-13',
          '2024-09-10',
          '2024-10-10',
          '2024-11-11',
          '2024-12-10',
          '2025-01-10',
          '2025-02-10',
          '2025-03-10',
        ],
      },
    },
    {
      id: '3.4 §9',
      source: '規則から算出。7月から3月の月末、12月は25日',
      input: { fiscalYear: 2026, months: JULY_TO_MARCH, day: 'end', decemberDay: 25 },
      expected: {
        dueOn: [
          '2026-07-31',
          '2026-08-31',
          '2026-09-30',
          '2026-11-02',
          '2026-11-30',
          '2026-12-25',
          '2027-02-01',
          '2027-03-01',
          '2027-03-31',
        ],
      },
    },
    {
      id: '3.4 §9 K4',
      source: '規則から算出。7・9・11・1月の25日',
      input: { fiscalYear: 2026, months: [7, 9, 11, 1], day: 25 },
      expected: { dueOn: ['2026-07-27', '2026-09-25', '2026-11-25', '2027-01-25'] },
    },
    {
      id: '3.2 §8',
      source: '規則から算出。暫定の4月から6月の月末',
      input: { fiscalYear: 2026, months: [4, 5, 6], day: 'end' },
      expected: { dueOn: ['2026-04-30', '2026-06-01', '2026-06-30'] },
    },
    {
      id: '12月31日',
      source: '茅ヶ崎市・真狩村の規則から算出(12月31日は1月の最初の開庁日)',
      input: { fiscalYear: 2026, months: [12], day: 'end' },
      expected: { dueOn: ['2027-01-04'] },
    },
    {
      id: '30日のない2月',
      source: '算式から算出。令和6年2月は29日まで',
      input: { fiscalYear: 2023, months: [2], day: 30 },
      expected: { dueOn: ['2024-02-29'] },
    },
    {
      id: '同じ月が二つ',
      source: '入力の誤り',
      input: { fiscalYear: 2026, months: [7, 8, 7], day: 'end' },
      refusedAt: '/months/2',
    },
  ],
  compute({ fiscalYear: year, months, day, decemberDay }, holidays) {
    const twice = months.findIndex((one, index) => months.indexOf(one) !== index)
    if (twice >= 0)
      return refuse(`/months/${twice}`, `${months[twice]}月が二度あります。`, '納期の月を一度ずつ並べてください。')
    const dues = dueDates({ fiscalYear: year, months, day, decemberDay: decemberDay ?? null }, holidays)
    return ok({
      output: { dueOn: dues.map(({ dueOn }) => dueOn) },
      lines: dues.map(({ month: of, wanted, nominalOn, dueOn }, index) => ({
        label: `第${index + 1}期(${of}月)`,
        how: `${sayNominal(of, wanted, nominalOn)}${nominalOn === dueOn ? `${sayDay(nominalOn)}は開庁日のため、そのまま` : `${sayClosedUntil(nominalOn, dueOn, holidays)}のため、次の開庁日に繰延べ`}`,
        value: sayDay(dueOn),
        ...(nominalOn === dueOn ? {} : { basis: '[source: 柏市; 茅ヶ崎市; 豊島区「口座振替」]' }),
      })),
    })
  },
})

/** 月末, or why the day is another one than was asked for. */
function sayNominal(month: number, wanted: number | 'end', nominalOn: PlainDate): string {
  if (wanted === 'end') return `${month}月の末日: `
  return partsOf(nominalOn).day === wanted ? '' : `${month}月に${wanted}日がないため末日: `
}
