import { partsOf, type PlainDate } from '#kernel/plain-date.ts'
import { ok, type Result } from '#kernel/result.ts'
import { yenToJson } from '#kernel/yen.ts'
import { formatWareki } from '../calendar/wareki.ts'
import type { Interest, InterestSpan } from '../interest/spans.ts'
import { readTenths } from '../interest/tenths.ts'
import { type ExplainLine, refuse, sayYen, type ShisanRefusal } from './definition.ts'
import { integer, list, percent, record, type ValueOf } from './schema.ts'

/** Neighbouring years of one rate are one span, floored once. */
export const MERGED_BASIS = '割合が同じ年は一つの期間として計算 [own knowledge, verify]'

/** 割合, as a percent: 28n → 2.8. */
const percentOf = (perMille: bigint): number => Number(perMille) / 10

/** 28n → 「2.8%」 */
export const sayPerMille = (perMille: bigint): string => `${percentOf(perMille)}%`

/**
 * 「60,000円 × 2.5%(…) × 31日 ÷ 365日(1円未満切捨て)」 of every span. `noteOf` follows the days, `rateOf` tells what the rate is
 * made of; `basis`, that of the rates, is said once, `mergedBasis` of each span that runs on into a new year.
 */
export const spanLines = (
  spans: readonly InterestSpan[],
  say: {
    readonly noteOf: (span: InterestSpan) => string
    readonly rateOf: (span: InterestSpan) => string
    readonly basis: string
    readonly mergedBasis: string
  },
): readonly ExplainLine[] =>
  spans.map((span, index) => ({
    label: `${formatWareki(span.from)}から${formatWareki(span.to)}まで${say.noteOf(span)}`,
    how: `${sayYen(span.baseYen)} × ${sayPerMille(span.perMille)}(${say.rateOf(span)})× ${span.days}日 ÷ 365日(1円未満切捨て)`,
    value: sayYen(span.yen),
    ...basisOf([
      ...(index === 0 ? [say.basis] : []),
      ...(partsOf(span.from).year < partsOf(span.to).year ? [say.mergedBasis] : []),
    ]),
  }))

const basisOf = (all: readonly string[]): Pick<ExplainLine, 'basis'> =>
  all.length === 0 ? {} : { basis: all.join('。') }

/** 計, and what the thresholds leave of it; `none`: what becomes of less than 1,000 円; `basis`: that of the thresholds. */
export const resultLines = (
  label: string,
  { none, basis }: { readonly none: string; readonly basis: string },
  { spans, rawYen, yen }: Interest,
): readonly ExplainLine[] => [
  {
    label: '計',
    how:
      spans.length === 1 ? '1つの期間の額' : `期間ごとの額の合計: ${spans.map((span) => sayYen(span.yen)).join(' + ')}`,
    value: sayYen(rawYen),
  },
  {
    label,
    how: yen === 0n ? `${sayYen(rawYen)}は1,000円未満のため${none}` : `${sayYen(rawYen)}の100円未満切捨て`,
    value: sayYen(yen),
    basis,
  },
]

export const spanJson = (span: InterestSpan) => ({
  from: span.from as string, // the JSON of a PlainDate is its text
  to: span.to as string,
  days: span.days,
  ratePct: percentOf(span.perMille),
  yen: yenToJson(span.yen),
})

const ownRatesTitle = (title: string): string => `${title}(登録のない年)`

/** 割合 of years that are not known here, as they are typed in. `title`: 延滞金特例基準割合; `maxPerMille`: 73 = 7.3 %. */
export const ownRates = (title: string, fromYear: number, maxPerMille: number) =>
  list(
    ownRatesTitle(title),
    record('割合', {
      year: integer('年', '年', { minimum: fromYear, maximum: 2099, description: '西暦' }),
      basePct: percent(title, `小数第1位まで、${maxPerMille / 10}%まで`),
    }),
    { description: '同じ年の登録された割合に代わる', minItems: 0, maxItems: 20 },
  )

type OwnRates = ValueOf<ReturnType<typeof ownRates>>

/** The typed rates by year in tenths of a percent; refused: more decimals, 0 or above `maxPerMille`, one year twice. */
export function readOwnRates(
  sent: OwnRates,
  maxPerMille: number,
): Result<readonly { readonly year: number; readonly perMille: bigint }[], ShisanRefusal> {
  const rates: { readonly year: number; readonly perMille: bigint }[] = []
  for (const [index, { year, basePct }] of sent.entries()) {
    const perMille = readTenths(String(basePct))
    if (perMille === null || perMille === 0 || perMille > maxPerMille)
      return refuse(
        `/rates/${index}/basePct`,
        `${year}年の割合が0.1%から${maxPerMille / 10}%までの0.1%きざみではありません。`,
        '告示された割合を確かめてください。',
      )
    if (rates.some((one) => one.year === year))
      return refuse(`/rates/${index}/year`, `${year}年の割合が二つあります。`, '一つにしてください。')
    rates.push({ year, perMille: BigInt(perMille) })
  }
  return ok(rates)
}

/** A day without a rate of `interest` (延滞金), that may be typed in as `title`. */
export const refuseWithoutRate = (field: string, day: PlainDate, interest: string, title: string) =>
  refuse(
    field,
    `${formatWareki(day)}の${interest}の割合が登録されていません。`,
    `その年の${title}が決まったら、「${ownRatesTitle(title)}」に入れてください。`,
  )

/** 入力した割合, where one was typed in. */
export const ownRateLines = (title: string, sent: OwnRates): readonly ExplainLine[] =>
  sent.length === 0
    ? []
    : [
        {
          label: '入力した割合',
          how: `${title}。登録された割合より先に用いる`,
          value: sent.map(({ year, basePct }) => `${year}年 ${basePct}%`).join('、'),
        },
      ]
