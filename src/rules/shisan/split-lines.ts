import type { Yen } from '#kernel/yen.ts'
import { splitIntoInstalments } from '../kiwari/split-into-instalments.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import type { ToldSlot } from './told-slots.ts'

/** Where the 端数の単位 comes from. */
const UNIT_BASIS: Readonly<Record<string, string>> = {
  1: '端数の単位1円は、条例の定めがあるとき',
  100: '端数の単位100円 [source: 瀬戸市; 能美市]',
  1000: '端数の単位1,000円: 地方税法20条の4の2第6項',
}

interface Split {
  readonly amountYen: Yen
  readonly periods: number
  readonly unitYen: Yen
}

interface Labels {
  /** 2期から後の額 */
  readonly each: string
  /** 第1期の額 */
  readonly first: string
  /** Which period takes the rest: 端数は「第1期」に合わせる. */
  readonly firstPeriod: string
}

/** 期割 step by step: the quotient, its rounding, and what that leaves for the first period. */
export function splitLines({ amountYen, periods, unitYen }: Split, labels: Labels): readonly ExplainLine[] {
  const { evenYen, baseYen, firstYen } = splitIntoInstalments(amountYen, periods, unitYen)
  const amount = sayYen(amountYen)
  const isExact = evenYen * BigInt(periods) === amountYen
  const rounding = baseYen === evenYen ? '' : `、${sayYen(unitYen)}未満切捨て`
  const basis = UNIT_BASIS[String(unitYen)]
  const later: ExplainLine = {
    label: labels.each,
    how: `${amount} ÷ ${periods}回 = ${sayYen(evenYen)}${isExact ? '' : '(1円未満切捨て)'}${rounding}`,
    value: sayYen(baseYen),
    ...(basis === undefined ? {} : { basis }),
  }
  const first: ExplainLine = {
    label: labels.first,
    how:
      periods === 1
        ? '納期が1回のため全額'
        : `${amount} − ${sayYen(baseYen)} × ${periods - 1}回(端数は${labels.firstPeriod}に合わせる)`,
    value: sayYen(firstYen),
    basis: '地方税法20条の4の2第6項',
  }
  return periods === 1 ? [first] : [later, first]
}

/** A split over 期: 「1回の額」, 「最初の期(10月)の額」. Nothing where one takes it all, or nothing is split. */
export function splitOverLines(
  over: readonly ToldSlot[],
  amountYen: Yen,
  unitYen: Yen,
  { what = 'の額', firstPeriod = '最初の期' } = {},
): readonly ExplainLine[] {
  const [first] = over
  if (first === undefined || over.length === 1 || amountYen === 0n) return []
  return splitLines(
    { amountYen, periods: over.length, unitYen },
    { each: `1回${what}`, first: `${firstPeriod}(${first.slot.month}月)${what}`, firstPeriod },
  )
}
