import { formatWarekiFiscalYear } from '../calendar/wareki.ts'
import { type HouseholdPremium, LOW_RATE, type Member } from '../hokenryo/compute-hokenryo.ts'
import { prefectureLabel } from '../hokenryo/prefectures.ts'
import type { PartRates } from '../hokenryo/rates.ts'
import { EARNER_PENSION } from '../hokenryo/reduction.ts'
import type { Terms } from '../hokenryo/terms.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { incomeLines } from './hokenryo-income-lines.ts'
import { personLines } from './hokenryo-person-lines.ts'
import { REDUCTION_NAMES, sayPerson, sayRate, sayUnit } from './hokenryo-words.ts'

/** 給与所得者等 as the reader counts them. */
const sayEarners = ({ reduction, fiscalYear }: Terms): string =>
  `給与所得者等: 給与収入が${sayYen(reduction.earnerSalaryYen)}${fiscalYear > reduction.earnerSalaryConfirmedTo ? ' [own knowledge, verify: 令和7年の税制改正で変わったか]' : ''}を超える人、または公的年金等の収入が` +
  `${sayYen(EARNER_PENSION.from65)}(65歳未満は${sayYen(EARNER_PENSION.below65)})を超える人 [source: 上三川町; 駒ヶ根市]`

const sayRates = ({ kintoYen, rate }: PartRates): string => `均等割額 ${sayYen(kintoYen)}、所得割率 ${sayRate(rate)}`

/** 料率 and 端数処理 that the premium goes by, with where they are from. */
function termLines({ fiscalYear, prefecture, rates, rounding }: Terms): ExplainLine[] {
  const how = `${prefectureLabel(prefecture)}後期高齢者医療広域連合、${formatWarekiFiscalYear(fiscalYear)}`
  const { kodomo, source: basis } = rates
  const low =
    fiscalYear === LOW_RATE.fiscalYear && rates.lowRate !== null
      ? `(賦課のもととなる所得 ${sayYen(LOW_RATE.upToYen)}以下の人は ${sayRate(rates.lowRate)})`
      : ''
  return [
    { label: kodomo === null ? '料率' : '医療分の料率', how, value: `${sayRates(rates.iryo)}${low}`, basis },
    ...(kodomo === null ? [] : [{ label: '子ども分の料率', how, value: sayRates(kodomo), basis }]),
    {
      label: '端数処理',
      how: `軽減後の均等割額は${sayUnit(rounding.kintoUnitYen)}、所得割額は${sayUnit(rounding.shotokuwariUnitYen)}、保険料は${sayUnit(rounding.totalUnitYen)}`,
      value: '切捨て',
      basis: rounding.source,
    },
  ]
}

const notCounted = (index: number): ExplainLine => ({
  label: sayPerson(index),
  how: '被保険者でも世帯主でもないため、軽減の判定にも保険料にも入らない',
  value: '対象外',
})

const SENIOR_BASIS = '65歳以上の年金所得から15万円まで引く。軽減の判定だけに使う [source: 当別町]'

function judgementLines({ judged, judgement }: HouseholdPremium, terms: Terms): ExplainLine[] {
  const { reduction } = terms
  const { judgedYen, insured, sevenLimitYen, fiveLimitYen, twoLimitYen } = judgement
  const summands = judged.map(({ index, income, seniorYen }) =>
    seniorYen > 0n
      ? `${sayPerson(index)} ${sayYen(income.totalYen)} − ${sayYen(seniorYen)}(65歳以上の年金所得から)`
      : `${sayPerson(index)} ${sayYen(income.totalYen)}`,
  )
  const seven = sayYen(sevenLimitYen)
  const outcome = {
    seven: `${sayYen(judgedYen)} は7割の基準 ${seven} 以下`,
    five: `${sayYen(judgedYen)} は7割の基準 ${seven} を超え、5割の基準 ${sayYen(fiveLimitYen)} 以下`,
    two: `${sayYen(judgedYen)} は5割の基準 ${sayYen(fiveLimitYen)} を超え、2割の基準 ${sayYen(twoLimitYen)} 以下`,
    none: `${sayYen(judgedYen)} は2割の基準 ${sayYen(twoLimitYen)} を超える`,
  }[judgement.class]
  return [
    {
      label: '軽減判定所得',
      how: `被保険者全員と世帯主の合計: ${summands.join('、')}`,
      value: sayYen(judgedYen),
      ...(judged.some(({ seniorYen }) => seniorYen > 0n) ? { basis: SENIOR_BASIS } : {}),
    },
    {
      label: '7割の基準',
      how: `${sayYen(reduction.sevenYen)}${sayAdded(judged, terms)}`,
      value: seven,
      basis: `基準額 ${reduction.source}。${sayEarners(terms)}`,
    },
    {
      label: '5割の基準',
      how: `${seven} + ${sayYen(reduction.fivePerInsuredYen)} × 被保険者 ${insured}人`,
      value: sayYen(fiveLimitYen),
      basis: reduction.source,
    },
    {
      label: '2割の基準',
      how: `${seven} + ${sayYen(reduction.twoPerInsuredYen)} × 被保険者 ${insured}人`,
      value: sayYen(twoLimitYen),
      basis: reduction.source,
    },
    { label: '世帯の軽減', how: outcome, value: REDUCTION_NAMES[judgement.class] },
  ]
}

/** What the 給与所得者等 add to the limit of 7割, and who they are. */
function sayAdded(judged: HouseholdPremium['judged'], { reduction }: Terms): string {
  const earners = judged.filter(({ isEarner }) => isEarner).map(({ index }) => sayPerson(index))
  if (earners.length === 0) return '(給与所得者等がいないため、加算なし)'
  const [only] = earners
  if (earners.length === 1) return `(給与所得者等は${only}だけのため、加算なし)`
  return ` + ${sayYen(reduction.perEarnerYen)} ×(給与所得者等 ${earners.length}人 − 1)。給与所得者等は${earners.join('、')}`
}

/** What the tables do not know for sure for this very case. */
function doubtLines({ people }: HouseholdPremium, household: readonly Member[], terms: Terms): ExplainLine[] {
  const { fiscalYear, reduction, salaryTable, rates } = terms
  const year = formatWarekiFiscalYear(fiscalYear)
  const lines: ExplainLine[] = []
  const doubt = (how: string, value: string) => lines.push({ label: '確認を要する点', how, value })
  if (fiscalYear > reduction.confirmedTo)
    doubt(`${year}の軽減の基準は確認できていない`, `${formatWarekiFiscalYear(reduction.confirmedTo)}の基準で計算`)
  if (fiscalYear > salaryTable.confirmedTo && household.some(({ salaryYen }) => salaryYen > 0n))
    doubt(
      `${year}に使う給与所得控除は確認できていない`,
      `${formatWarekiFiscalYear(salaryTable.confirmedTo)}の控除で計算`,
    )
  const isLow = people.some(
    ({ income, isDependant }) => !isDependant && income.baseYen > 0n && income.baseYen <= LOW_RATE.upToYen,
  )
  if (fiscalYear === LOW_RATE.fiscalYear && rates.lowRate === null && isLow)
    doubt(`${sayYen(LOW_RATE.upToYen)}以下の人の軽い所得割率は、この広域連合では確認できていない`, '通常の率で計算')
  return lines
}

/** 算定の内訳: the rates, the incomes, the household's 軽減判定, then each insured person's premium. */
export function explainHokenryo(computed: HouseholdPremium, household: readonly Member[], terms: Terms): ExplainLine[] {
  const income = household.flatMap((member, index) => {
    const judged = computed.judged.find((one) => one.index === index)
    return judged === undefined ? [notCounted(index)] : incomeLines(judged, member, terms.salaryTable)
  })
  const of = { household: computed.judgement.class, terms }
  return [
    ...termLines(terms),
    ...income,
    ...judgementLines(computed, terms),
    ...computed.people.flatMap((person) => personLines(person, of)),
    ...doubtLines(computed, household, terms),
  ]
}
