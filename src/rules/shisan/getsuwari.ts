import { ok } from '#kernel/result.ts'
import { fiscalYearOf, partsOf, type PlainDate, plainDateOf } from '#kernel/plain-date.ts'
import { formatWareki, formatWarekiFiscalYear } from '../calendar/wareki.ts'
import { chargedMonths } from '../getsuwari/charged-months.ts'
import { defineShisan, type ExplainLine, refuse } from './definition.ts'
import { date, fiscalYear, integer, month, record } from './schema.ts'

const dateOrNull = (sent: string | undefined) => (sent === undefined ? null : plainDateOf(sent))

const MONTHS_BASIS =
  '資格を取得した月から、喪失した月の前月まで [source: 兵庫県後期高齢者医療広域連合「保険料」; 宍粟市]'
const NONE_BASIS = '取得した月に喪失したときは0か月 [own knowledge, verify]'
const DEATH_EXAMPLE = '見附市「こんなとき…」(印刷された例)'
const MONTHS_EXAMPLE = '兵庫県後期高齢者医療広域連合「保険料」(印刷された例)'

export const getsuwari = defineShisan({
  name: 'getsuwari',
  term: '月割',
  summary: '年度の途中で資格を取得・喪失した人の、保険料のかかる月を数えます。',
  basis: [
    '資格を取得した月から、喪失した月の前月までが賦課される [source: 兵庫県後期高齢者医療広域連合「保険料」; 宍粟市]',
    '死亡による喪失日は死亡日の翌日。月末に亡くなった月は賦課される [source: 見附市; 宮代町; 国分寺市]',
    '取得した月に喪失したときは0か月 [own knowledge, verify]',
    '賦課期日は4月1日、年度途中の取得は取得日 [source: LIMO; 福津市]',
  ],
  formula: [
    '始めの月 = 4月と取得月の遅いほう',
    '終わりの月 = 3月と喪失月の前月の早いほう',
    '月数 = 始めの月から終わりの月まで。喪失月の前月が始めの月より前なら0か月',
  ],
  doubts: [
    '年額を月割にする順序(均等割・所得割ごとに月割して切り捨てるか、合計してから月割するか)は広域連合の定めによる [own knowledge, verify]。',
    '転出・転入の喪失日の数え方(当日か翌日か)は、広域連合の資格情報の喪失日をそのまま入れる。',
  ],
  input: record(
    '入力',
    { fiscalYear: fiscalYear('賦課年度') },
    {
      acquiredOn: date('資格取得日', '年度の前から資格のある人は空欄'),
      lostOn: date('資格喪失日', '喪失していない人、死亡した人は空欄'),
      diedOn: date('死亡日'),
    },
  ),
  output: record(
    '結果',
    { months: integer('賦課月数', '月', { minimum: 0, maximum: 12 }) },
    { fromMonth: month('始めの月', '0か月のときはない'), toMonth: month('終わりの月', '0か月のときはない') },
  ),
  examples: [
    {
      id: 'O-40',
      source: DEATH_EXAMPLE,
      input: { fiscalYear: 2026, diedOn: '2026-04-29' },
      expected: { months: 0 },
    },
    {
      id: 'O-41',
      source: DEATH_EXAMPLE,
      input: { fiscalYear: 2026, diedOn: '2026-04-30' },
      expected: { months: 1, fromMonth: 4, toMonth: 4 },
    },
    {
      id: 'O-43 取得',
      source: MONTHS_EXAMPLE,
      input: { fiscalYear: 2026, acquiredOn: '2026-05-20' },
      expected: { months: 11, fromMonth: 5, toMonth: 3 },
    },
    {
      id: 'O-43 喪失',
      source: MONTHS_EXAMPLE,
      input: { fiscalYear: 2026, lostOn: '2026-05-20' },
      expected: { months: 1, fromMonth: 4, toMonth: 4 },
    },
    {
      id: 'O-44',
      source: '足利市(印刷された例。11月に75歳)',
      input: { fiscalYear: 2026, acquiredOn: '2026-11-14' },
      expected: { months: 5, fromMonth: 11, toMonth: 3 },
    },
    {
      id: 'O-46',
      source: '港区(印刷された例。10月に取得)',
      input: { fiscalYear: 2026, acquiredOn: '2026-10-01' },
      expected: { months: 6, fromMonth: 10, toMonth: 3 },
    },
    {
      id: '3.4 §9 K21',
      source: '見附市の規則から算出',
      input: { fiscalYear: 2026, diedOn: '2026-06-20' },
      expected: { months: 2, fromMonth: 4, toMonth: 5 },
    },
    {
      id: '取得した月の喪失',
      source: '算式から算出 [own knowledge, verify]',
      input: { fiscalYear: 2026, acquiredOn: '2026-09-02', lostOn: '2026-09-30' },
      expected: { months: 0 },
    },
    {
      id: '取得より前の喪失',
      source: '入力の誤り',
      input: { fiscalYear: 2026, acquiredOn: '2026-09-02', lostOn: '2026-09-01' },
      refusedAt: '/lostOn',
    },
    {
      id: '取得より前の死亡',
      source: '入力の誤り',
      input: { fiscalYear: 2026, acquiredOn: '2026-09-02', diedOn: '2026-09-01' },
      refusedAt: '/diedOn',
    },
  ],
  compute(input) {
    const acquiredOn = dateOrNull(input.acquiredOn)
    const lostOn = dateOrNull(input.lostOn)
    const diedOn = dateOrNull(input.diedOn)
    if (acquiredOn !== null && diedOn !== null && diedOn < acquiredOn)
      return refuse('/diedOn', '死亡日が資格取得日より前です。', '資格取得日と死亡日を確かめてください。')
    if (acquiredOn !== null && lostOn !== null && lostOn < acquiredOn)
      return refuse('/lostOn', '資格喪失日が資格取得日より前です。', '資格取得日と資格喪失日を確かめてください。')
    const charged = chargedMonths({ fiscalYear: input.fiscalYear, acquiredOn, lostOn, diedOn })
    const { span, months, lostOn: loss, assessedAsOf } = charged
    const year = formatWarekiFiscalYear(input.fiscalYear)
    const none =
      fiscalYearOf(assessedAsOf) > input.fiscalYear
        ? `資格の取得が${year}より後のため、賦課される月はない`
        : `喪失した月の前月が始めの月(${partsOf(assessedAsOf).month}月)より前のため、${year}に賦課される月はない`
    return ok({
      output: { months, ...span },
      lines: [
        {
          label: '賦課期日',
          how:
            acquiredOn === assessedAsOf
              ? `資格取得日 ${formatWareki(assessedAsOf)}(4月1日以後の取得)`
              : '4月1日(その前から資格がある)',
          value: formatWareki(assessedAsOf),
          basis: '[source: LIMO; 福津市]',
        },
        ...(loss === null ? [] : [lossLine(loss, lostOn, diedOn)]),
        {
          label: '賦課月数',
          how: span === null ? none : `${saySpan(span)}(${sayEnd(loss, input.fiscalYear)})`,
          value: `${months}か月`,
          basis: months === 0 && acquiredOn === assessedAsOf && loss !== null ? NONE_BASIS : MONTHS_BASIS,
        },
      ],
    })
  },
})

function lossLine(loss: PlainDate, lostOn: PlainDate | null, diedOn: PlainDate | null): ExplainLine {
  const label = '資格喪失日'
  const value = formatWareki(loss)
  if (loss === lostOn)
    return {
      label,
      how:
        diedOn === null ? '資格情報の喪失日' : `資格情報の喪失日(死亡日 ${formatWareki(diedOn)} の翌日か、それより前)`,
      value,
    }
  const told = lostOn === null ? '' : `(資格情報の喪失日 ${formatWareki(lostOn)} より早い)`
  return {
    label,
    how: `死亡日 ${formatWareki(diedOn ?? loss)} の翌日${told}`,
    value,
    basis: '死亡による喪失日は死亡日の翌日 [source: 見附市; 宮代町; 国分寺市]',
  }
}

const saySpan = ({ fromMonth, toMonth }: { readonly fromMonth: number; readonly toMonth: number }): string =>
  fromMonth === toMonth ? `${fromMonth}月だけ` : `${fromMonth}月から${toMonth}月まで`

/** Why the months end where they end. */
function sayEnd(loss: PlainDate | null, fiscalYear: number): string {
  if (loss === null) return '年度の終わりまで資格がある'
  return fiscalYearOf(loss) > fiscalYear
    ? '喪失は翌年度から後のため、年度の終わりまで'
    : `喪失した${partsOf(loss).month}月の前月まで`
}
