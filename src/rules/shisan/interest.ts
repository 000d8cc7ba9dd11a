import { yenToJson } from '#kernel/yen.ts'
import { formatWareki } from '../calendar/wareki.ts'
import type { Interest, InterestSpan } from '../interest/spans.ts'
import { type ExplainLine, sayYen } from './definition.ts'

/** 割合, as a percent: 28n → 2.8. */
const ratePct = ({ perMille }: InterestSpan): number => Number(perMille) / 10

/** 「60,000円 × 2.5% × 31日 ÷ 365(1円未満切捨て)」 of every span; `basis`, that of the rates, is said once. */
export const spanLines = (
  spans: readonly InterestSpan[],
  noteOf: (span: InterestSpan) => string,
  basis: string,
): readonly ExplainLine[] =>
  spans.map((span, index) => ({
    label: `${formatWareki(span.from)}から${formatWareki(span.to)}まで${noteOf(span)}`,
    how: `${sayYen(span.baseYen)} × ${ratePct(span)}% × ${span.days}日 ÷ 365(1円未満切捨て)`,
    value: sayYen(span.yen),
    ...(index === 0 ? { basis } : {}),
  }))

/** 計, and what the thresholds leave of it; `none`: what becomes of less than 1,000 円. */
export const resultLines = (
  label: string,
  none: string,
  { rawYen, yen }: Pick<Interest, 'rawYen' | 'yen'>,
): readonly ExplainLine[] => [
  { label: '計', how: '期間ごとの額の合計', value: sayYen(rawYen) },
  {
    label,
    how: yen === 0n ? `${sayYen(rawYen)}は1,000円未満のため${none}` : `${sayYen(rawYen)}の100円未満切捨て`,
    value: sayYen(yen),
  },
]

export const spanJson = (span: InterestSpan) => ({
  from: span.from as string, // the JSON of a PlainDate is its text
  to: span.to as string,
  days: span.days,
  ratePct: ratePct(span),
  yen: yenToJson(span.yen),
})
