import type { Yen } from '#kernel/yen.ts'
import { splitIntoInstalments } from '../kiwari/split-into-instalments.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { sayQuotient } from './say-quotient.ts'
import { COUNTER } from './say-shares.ts'
import type { ToldSlot } from './told-slots.ts'

const LAW = '地方税法20条の4の2第6項に準じる [own knowledge, verify: 準用の定め]'
/** Where the 端数の単位 comes from. */
const UNIT_BASIS: Readonly<Record<string, string>> = {
  1: '端数の単位1円は、条例の定めがあるとき',
  100: '端数の単位100円 [source: 瀬戸市; 能美市]',
  1000: `端数の単位1,000円: ${LAW}`,
}
const FIRST_BASIS = `端数は最初の期に合わせる [source: 瀬戸市; 能美市]。${LAW}`

/** 追加の特別徴収 and a corrected 仮徴収: nothing is told of their 端数. */
const TOKUCHO_BASIS = '特別徴収の端数は普通徴収と同じに置く [own knowledge, verify]'

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
  /** 期 of 普通徴収, 回 of 特別徴収. */
  readonly counter?: '期' | '回'
}

/** 期割 step by step: the quotient, its rounding, and what that leaves for the first period. */
export function splitLines({ amountYen, periods, unitYen }: Split, labels: Labels): readonly ExplainLine[] {
  const { each, first, firstPeriod, counter = '期' } = labels
  const { baseYen, firstYen } = splitIntoInstalments(amountYen, periods, unitYen)
  const amount = sayYen(amountYen)
  if (periods === 1) return [{ label: first, how: `1${counter}だけのため全額`, value: sayYen(firstYen) }]
  const basis = counter === '回' ? TOKUCHO_BASIS : UNIT_BASIS[String(unitYen)]
  const later: ExplainLine = {
    label: each,
    how: `${amount} ÷ ${periods}${counter} ${sayQuotient(amountYen, periods, unitYen)}`,
    value: sayYen(baseYen),
    ...(basis === undefined ? {} : { basis }),
  }
  const others = `${amount} − ${sayYen(baseYen)} × ${periods - 1}${counter}`
  return [
    later,
    firstYen === baseYen
      ? { label: first, how: `${others}(端数はない)`, value: sayYen(firstYen) }
      : {
          label: first,
          how: `${others}(端数は${firstPeriod}に合わせる)`,
          value: sayYen(firstYen),
          basis: counter === '回' ? TOKUCHO_BASIS : FIRST_BASIS,
        },
  ]
}

/** A split over 期: 「1期の額」, 「最初の期(10月)の額」. Nothing where one takes it all, or nothing is split. */
export function splitOverLines(
  over: readonly ToldSlot[],
  amountYen: Yen,
  unitYen: Yen,
  what = 'の額',
): readonly ExplainLine[] {
  const [first] = over
  if (first === undefined || over.length === 1 || amountYen === 0n) return []
  const counter = COUNTER[first.slot.method]
  const firstPeriod = `最初の${counter}`
  return splitLines(
    { amountYen, periods: over.length, unitYen },
    { each: `1${counter}${what}`, first: `${firstPeriod}(${first.slot.month}月)${what}`, firstPeriod, counter },
  )
}
