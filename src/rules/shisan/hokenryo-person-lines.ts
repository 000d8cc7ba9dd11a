import { LOW_RATE, type PartPremium, type PersonPremium } from '../hokenryo/compute-hokenryo.ts'
import type { ReductionClass } from '../hokenryo/reduction.ts'
import type { Terms } from '../hokenryo/terms.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { sayPerson, sayRate, sayUnit } from './hokenryo-words.ts'

/** What a person's lines need of the household. */
interface Household {
  readonly household: ReductionClass
  readonly terms: Terms
}

/** 均等割, 所得割 and premium of one insured person; from 令和8年度 of 医療分 and 子ども分 each, then the 年額. */
export function personLines(person: PersonPremium, of: Household): ExplainLine[] {
  const { iryo, kodomo, index, annualYen } = person
  if (kodomo === null) return partLines('', iryo, person, of)
  return [
    ...partLines('医療分の', iryo, person, of),
    ...partLines('子ども分の', kodomo, person, of),
    {
      label: `${sayPerson(index)} 年額`,
      how: `医療分 ${sayYen(iryo.yen)} + 子ども・子育て支援金分 ${sayYen(kodomo.yen)}(12か月分)`,
      value: sayYen(annualYen),
      basis: PREMIUM_BASIS,
    },
  ]
}

/** 72n → 7.2割 */
const sayOff = (percent: bigint): string =>
  percent % 10n === 0n ? `${percent / 10n}割` : `${percent / 10n}.${percent % 10n}割`

/** Whose 軽減 it is: the household's, or that of 元被扶養者 where it gives more. */
function sayReduction({ reduction, isDependant }: PersonPremium, household: ReductionClass, off: string): string {
  if (reduction === 'dependant')
    return `元被扶養者のため${off}軽減${household === 'two' ? '。世帯の2割より大きい' : ''}`
  if (!isDependant) return `世帯の${off}軽減`
  return `世帯の${off}軽減。元被扶養者の5割${reduction === 'seven' ? 'より大きい' : 'と同じ'}`
}

const PREMIUM_BASIS = '高齢者医療確保法施行令18条、広域連合条例 [own knowledge, verify]'
const DEPENDANT_BASIS = '元被扶養者の均等割の軽減は、加入の月から24か月 [source: 加古川市; 泉大津市]'
const NO_SHOTOKUWARI_BASIS = '[source: 加古川市; 泉大津市]'
const RELIEF_BASIS = '[source: 公開の後期高齢者医療保険料の計算プログラム]'
const LOW_RATE_BASIS = '令和6年度だけの率 [source: 市町村のページ]'
const BEFORE_R6 = '令和6年度は、昭和24年3月31日以前の生まれか令和7年3月31日までの障害認定の人は73万円'

function partLines(name: string, part: PartPremium, person: PersonPremium, { household, terms }: Household) {
  const { rounding, limits } = terms
  const who = sayPerson(person.index)
  const sum = `均等割 ${sayYen(part.kintoYen)} + 所得割 ${sayYen(part.shotokuwariYen)} = ${sayYen(part.sumYen)}`
  const isCapped = part.cappedYen < part.sumYen
  const capped = isCapped ? `。賦課限度額 ${sayYen(part.limitYen)}を超えるため限度額` : ''
  const limitBasis = part.limitYen === limits.insuredBeforeR6Yen ? `${BEFORE_R6} ${limits.source}` : limits.source
  return [
    kintoLine(`${who} ${name}均等割`, part, person, { household, terms }),
    shotokuwariLine(`${who} ${name}所得割`, part, person, terms),
    {
      label: name === '' ? `${who} 年額` : `${who} ${name}保険料`,
      how: `${sum}${capped}、${sayUnit(rounding.totalUnitYen)}${name === '' ? '(12か月分)' : ''}`,
      value: sayYen(part.yen),
      basis: isCapped ? limitBasis : PREMIUM_BASIS,
    },
  ]
}

function kintoLine(
  label: string,
  { fullKintoYen, kintoOff, kintoYen }: PartPremium,
  person: PersonPremium,
  { household, terms }: Household,
): ExplainLine {
  const value = sayYen(kintoYen)
  const full = `均等割額 ${sayYen(fullKintoYen)}`
  if (kintoOff === 0n) return { label, how: `${full}、軽減なし`, value, basis: PREMIUM_BASIS }
  const off = sayReduction(person, household, sayOff(kintoOff))
  return {
    label,
    how: `${full} × ${100n - kintoOff}%(${off})、${sayUnit(terms.rounding.kintoUnitYen)}`,
    value,
    basis:
      person.reduction === 'dependant'
        ? DEPENDANT_BASIS
        : kintoOff % 10n === 0n
          ? PREMIUM_BASIS
          : `7割軽減の医療分は${sayOff(kintoOff)} ${terms.reduction.source}`,
  }
}

function shotokuwariLine(
  label: string,
  { rate, shotokuwariOff, shotokuwariYen }: PartPremium,
  { isDependant, income }: PersonPremium,
  { rates, rounding, relief }: Terms,
): ExplainLine {
  const value = sayYen(shotokuwariYen)
  if (isDependant) return { label, how: '元被扶養者のため所得割はかからない', value, basis: NO_SHOTOKUWARI_BASIS }
  const isLow = rate === rates.lowRate
  const own = relief.find(({ percent }) => percent === shotokuwariOff)
  const low = isLow ? `(${sayYen(LOW_RATE.upToYen)}以下の率)` : ''
  const less =
    own === undefined
      ? ''
      : ` × ${100n - own.percent}%(広域連合独自の軽減: 賦課のもととなる所得 ${sayYen(own.upToYen)}以下)`
  return {
    label,
    how: `賦課のもととなる所得 ${sayYen(income.baseYen)} × ${sayRate(rate)}${low}${less}、${sayUnit(rounding.shotokuwariUnitYen)}`,
    value,
    basis: own !== undefined ? RELIEF_BASIS : isLow ? LOW_RATE_BASIS : PREMIUM_BASIS,
  }
}
