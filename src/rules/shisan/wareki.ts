import { fiscalYearOf, partsOf, plainDateOf } from '#kernel/plain-date.ts'
import { ok } from '#kernel/result.ts'
import { parseDateInput } from '../calendar/parse-date.ts'
import { eraYearOf, formatWareki, formatWarekiFiscalYear, formatWestern } from '../calendar/wareki.ts'
import { weekdayName } from '../calendar/weekday.ts'
import { defineShisan, refuse } from './definition.ts'
import { date, record, text, westernDate } from './schema.ts'

const read = (id: string, typed: string, on: string, long: string) => ({
  id,
  source: '元号の始まりの日による',
  input: { text: typed },
  expected: { on, text: long },
})

const refused = (id: string, typed: string) => ({
  id,
  source: 'ない日、元号の外の日は推測しない',
  input: { text: typed },
  refusedAt: '/text',
})

export const wareki = defineShisan({
  name: 'wareki',
  term: '和暦',
  summary:
    '和暦と西暦を換算します。書き方の違い(R8.4.1、令和8年4月1日、2026-04-01、20260401、全角)はどれでも読みます。',
  basis: [
    '明治 1868-01-25から(太陽暦は明治6年1月1日から)、大正 1912-07-30から、昭和 1926-12-25から、平成 1989-01-08から、令和 2019-05-01から [own knowledge, verify]',
  ],
  formula: ['元号の年 = 西暦の年 − 元年の西暦の年 + 1(1年は元年と書く)'],
  doubts: [
    '元号の最後の日より後を前の元号で書いた日付(平成31年5月1日など)は、読み替えずに断る。',
    '平成31年度と令和元年度は同じ年度で、どちらの書き方もある [own knowledge, verify]',
    '明治5年までは太陰太陽暦のため、扱わない。',
  ],
  input: record(
    '入力',
    {},
    { text: text('日付の文字', { maxLength: 30, description: '文字か日付のどちらか1つ' }), on: date('日付') },
  ),
  output: record('結果', { on: westernDate('西暦'), text: text('和暦', { maxLength: 30 }) }),
  examples: [
    read('改元の日', '令和元年5月1日', '2019-05-01', '令和元年5月1日'),
    read('平成の最後', 'H31.4.30', '2019-04-30', '平成31年4月30日'),
    read('昭和の最後', '昭和64年1月7日', '1989-01-07', '昭和64年1月7日'),
    read('大正の最後', '大正15年12月24日', '1926-12-24', '大正15年12月24日'),
    read('明治の最後', 'M45.7.29', '1912-07-29', '明治45年7月29日'),
    read('全角', 'R8.4.1', '2026-04-01', '令和8年4月1日'),
    read('8桁', '20260820', '2026-08-20', '令和8年8月20日'),
    {
      id: '日付から',
      source: '元号の始まりの日による',
      input: { on: '1926-12-25' },
      expected: { text: '昭和元年12月25日' },
    },
    refused('平成31年5月', '平成31年5月1日'),
    refused('昭和が始まる前', '昭和元年12月24日'),
    refused('ない日', 'R8.2.30'),
    refused('太陰太陽暦', '明治5年12月2日'),
    refused('日付でない', '来月の5日'),
    { id: '両方', source: 'どちらか1つを入れる', input: { text: 'R8.4.1', on: '2026-04-01' }, refusedAt: '/on' },
    { id: 'どちらもない', source: 'どちらか1つを入れる', input: {}, refusedAt: '/text' },
  ],
  compute({ text: typed, on: given }) {
    if (typed !== undefined && given !== undefined)
      return refuse('/on', '文字と日付の両方があります。', 'どちらか1つを入れてください。')
    if (typed === undefined && given === undefined)
      return refuse('/text', '日付がありません。', '文字か日付のどちらかを入れてください。')
    const parsed = given === undefined ? parseDateInput(typed ?? '') : ok(plainDateOf(given))
    if (!parsed.ok) return refuse('/text', parsed.error, '書いてあるとおりか、元の書類を確かめてください。')
    const on = parsed.value
    const { year } = partsOf(on)
    const { era, number } = eraYearOf(on)
    const long = formatWareki(on)
    return ok({
      output: { on, text: long },
      lines: [
        {
          label: '元号の年',
          how: `${era.name}は西暦${era.firstYear}年が元年: ${year} − ${era.firstYear} + 1`,
          value: number === 1 ? '1年(元年)' : `${number}年`,
        },
        { label: '和暦', how: `西暦${formatWestern(on)}(${weekdayName(on)}曜日)`, value: long },
        { label: '年度', how: '4月から翌年3月まで', value: formatWarekiFiscalYear(fiscalYearOf(on)) },
      ],
    })
  },
})
