import { yenToJson } from '#kernel/yen.ts'
import { formatWareki } from '../calendar/wareki.ts'
import type { Interest, InterestSpan } from '../interest/spans.ts'
import { type ExplainLine, sayYen } from './definition.ts'

/** 割合, as a percent: 28n → 2.8. */
const percentOf = (perMille: bigint): number => Number(perMille) / 10

/** 28n → 「2.8%」 */
export const sayPerMille = (perMille: bigint): string => `${percentOf(perMille)}%`

/**
 * 「60,000円 × 2.5%(…) × 31日 ÷ 365日(1円未満切捨て)」 of every span. `noteOf` follows the days, `rateOf` tells what the rate is
 * made of; `basis`, that of the rates, is said once.
 */
export const spanLines = (
  spans: readonly InterestSpan[],
  say: {
    readonly noteOf: (span: InterestSpan) => string
    readonly rateOf: (span: InterestSpan) => string
    readonly basis: string
  },
): readonly ExplainLine[] =>
  spans.map((span, index) => ({
    label: `${formatWareki(span.from)}から${formatWareki(span.to)}まで${say.noteOf(span)}`,
    how: `${sayYen(span.baseYen)} × ${sayPerMille(span.perMille)}(${say.rateOf(span)})× ${span.days}日 ÷ 365日(1円未満切捨て)`,
    value: sayYen(span.yen),
    ...(index === 0 ? { basis: say.basis } : {}),
  }))

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
