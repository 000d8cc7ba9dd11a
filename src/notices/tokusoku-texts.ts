import type { PlainDate } from '#kernel/plain-date.ts'
import { formatWareki, formatWarekiFiscalYear } from '#rules/calendar/wareki.ts'
import type { EntaikinRate } from '#rules/entaikin/rates.ts'
import { rateOfYear } from '#rules/interest/year-rates.ts'
import type { NoticeSettings } from './municipality.ts'

/** The sentences of the 督促状. Sheet 5.2 §5; a sentence computed from options stands here, never in the template. */

export const leadText = (): string[] => [
  '次の後期高齢者医療保険料は、納期限までの納付を確認できていません。',
  '下の指定期限までに納付してください。',
]

/** 納付場所; convenience stores only when a slip has their barcode. Of several slips the first stands below. */
export const placesText = (places: readonly string[], hasBarcode: boolean, slips: number): string =>
  `${slips > 1 ? `期別ごとの納付書(この紙の下と、続く${slips - 1}枚)` : '下の納付書'}により、次のいずれかで納付してください。${[...places, ...(hasBarcode ? ['コンビニエンスストア'] : [])].join('、')}`

/** 行違い文, with the day up to which payments are known. */
export const crossingText = (asOf: PlainDate): string =>
  `この督促状は、${formatWareki(asOf)}までに確認できた納付によります。その後に納付された場合は、行き違いですのでご容赦ください。`

/** 滞納処分予告 [地方自治法231条の3③, 高確法113条]. */
export const seizureText = (): string =>
  '指定期限までに完納されないときは、高齢者の医療の確保に関する法律第113条及び地方自治法第231条の3第3項の規定により、財産の差押え等の滞納処分を受けることがあります。'

const percent = (perMille: bigint): string => `${perMille / 10n}.${perMille % 10n}パーセント`

/** 延滞金率 of the year of issue; without a registered rate the text names the ordinance only (FC09). */
export function entaikinText(issueOn: PlainDate, lowMonths: number, rates: readonly EntaikinRate[]): string {
  const year = Number(issueOn.slice(0, 4))
  const rate = rateOfYear(year, rates)
  const span = `納期限の翌日から${lowMonths}か月を経過する日まで`
  const how = rate
    ? `${span}は年${percent(rate.lowPerMille)}、その後は年${percent(rate.highPerMille)}(${formatWarekiFiscalYear(year).replace('年度', '年')}の割合)`
    : `条例で定める割合`
  return `納期限の翌日から納付の日までの日数に応じ、${how}で計算した延滞金がかかります。保険料の1,000円未満の端数、又はその全額が2,000円未満のときの全額は計算から除き、延滞金が1,000円未満のときはかかりません(100円未満は切捨て)。`
}

/** 延滞金 is printed but not in the slip: said, so that the two sums do not surprise. */
export const entaikinApartText = (slipTotal: string): string =>
  `納付書の金額(${slipTotal}円)に延滞金は含まれていません。延滞金は、納付の日までの額を後日お知らせします。`

/** 審査請求の教示 of the product [高確法128条 for the body; its application to 督促: own knowledge, verify]. */
const APPEAL =
  'この督促に不服があるときは、督促があったことを知った日の翌日から起算して3か月以内に、{reviewBoard}に対して審査請求をすることができます。'

type Names = Pick<NoticeSettings, 'reviewBoard' | 'municipality' | 'issuerTitle'>

/** A sentence of the municipality with its names filled in; an unknown name in braces stays as it is written. */
export const fillIn = (sentence: string, { reviewBoard, municipality, issuerTitle }: Names): string =>
  sentence
    .replaceAll('{reviewBoard}', reviewBoard)
    .replaceAll('{municipality}', municipality)
    .replaceAll('{issuerTitle}', issuerTitle)

/** 教示文(審査請求): the municipality's own words, else ours. */
export const appealText = (settings: Names & Pick<NoticeSettings, 'appealText'>): string =>
  fillIn(settings.appealText ?? APPEAL, settings)

/** Above a slip on a further page. */
export const furtherSlipText = (fiscalYear: string, period: string): string =>
  `${fiscalYear} ${period}の納付書です。内訳は1枚目の督促状をご覧ください。期別ごとに納付してください。`

export const NO_CONVENIENCE = 'コンビニエンスストアでは納付できません'
export const BY_HAND = '延滞金を書き加えたとき、支払期限を過ぎたときは、コンビニエンスストアでは使えません'
