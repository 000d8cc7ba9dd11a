import type { Yen } from '#kernel/yen.ts'
import { formatWarekiFiscalYear } from '../calendar/wareki.ts'
import {
  type HouseholdPremium,
  type JudgedMember,
  LOW_RATE,
  type Member,
  type PartPremium,
  type PersonPremium,
} from '../hokenryo/compute-hokenryo.ts'
import { EARNER_PENSION } from '../hokenryo/reduction.ts'
import type { Terms } from '../hokenryo/terms.ts'
import { type ExplainLine, sayYen } from './definition.ts'

/** 軽減 as it is told. */
export const REDUCTION_NAMES = {
  seven: '7割',
  five: '5割',
  two: '2割',
  none: 'なし',
  dependant: '5割(元被扶養者)',
} as const satisfies Record<PersonPremium['reduction'], string>

/** 967n → 9.67% */
const sayRate = (rate: bigint): string => `${rate / 100n}.${String(rate % 100n).padStart(2, '0')}%`
/** 72n → 7.2割 */
const sayOff = (percent: bigint): string =>
  percent % 10n === 0n ? `${percent / 10n}割` : `${percent / 10n}.${percent % 10n}割`
const sayUnit = (unitYen: Yen): string => `${sayYen(unitYen)}未満切捨て`
const sayPerson = (index: number): string => `${index + 1}人目`

/** 給与所得者等 as the reader counts them. */
const sayEarners = ({ reduction }: Terms): string =>
  `給与所得者等: 給与収入が${sayYen(reduction.earnerSalaryYen)}を超える人、または公的年金等の収入が` +
  `${sayYen(EARNER_PENSION.from65)}(65歳未満は${sayYen(EARNER_PENSION.below65)})を超える人`

function incomeLines({ index, income }: JudgedMember, member: Member): ExplainLine[] {
  const who = sayPerson(index)
  const lines: ExplainLine[] = []
  if (member.pensionYen > 0n)
    lines.push({
      label: `${who} 年金所得`,
      how: `年金収入 ${sayYen(member.pensionYen)} − 公的年金等控除 ${sayYen(income.pensionDeductionYen)}`,
      value: sayYen(income.pensionIncomeYen),
    })
  if (member.salaryYen > 0n) {
    const adjusted = income.adjustmentYen > 0n ? ` − 所得金額調整控除 ${sayYen(income.adjustmentYen)}` : ''
    lines.push({
      label: `${who} 給与所得`,
      how: `給与収入 ${sayYen(member.salaryYen)} − 給与所得控除 ${sayYen(income.salaryDeductionYen)}${adjusted}`,
      value: sayYen(income.salaryIncomeYen),
    })
  }
  const parts = (
    [
      ['年金所得', income.pensionIncomeYen],
      ['給与所得', income.salaryIncomeYen],
      ['その他の所得', member.otherIncomeYen],
    ] as const
  ).filter(([, yen]) => yen > 0n)
  lines.push({
    label: `${who} 総所得金額等`,
    how: parts.length === 0 ? '所得なし' : parts.map(([name, yen]) => `${name} ${sayYen(yen)}`).join(' + '),
    value: sayYen(income.totalYen),
  })
  if (member.isInsured)
    lines.push({
      label: `${who} 賦課のもととなる所得`,
      how: `${sayYen(income.totalYen)} − 基礎控除 ${sayYen(income.basicDeductionYen)}(0円を下回れば0円)`,
      value: sayYen(income.baseYen),
    })
  return lines
}

const notCounted = (index: number): ExplainLine => ({
  label: sayPerson(index),
  how: '被保険者でも世帯主でもないため、軽減の判定にも保険料にも入らない',
  value: '対象外',
})

function judgementLines({ judged, judgement }: HouseholdPremium, terms: Terms): ExplainLine[] {
  const { reduction } = terms
  const { judgedYen, insured, earners, sevenLimitYen, fiveLimitYen, twoLimitYen } = judgement
  const summands = judged.map(({ index, income, seniorYen }) =>
    seniorYen > 0n
      ? `${sayPerson(index)} ${sayYen(income.totalYen)} − ${sayYen(seniorYen)}(65歳以上の年金所得から)`
      : `${sayPerson(index)} ${sayYen(income.totalYen)}`,
  )
  const forEarners =
    earners > 1 ? ` + ${sayYen(reduction.perEarnerYen)} ×(給与所得者等 ${earners}人 − 1)` : '(給与所得者等は1人以下)'
  const seven = sayYen(sevenLimitYen)
  const outcome = {
    seven: `${sayYen(judgedYen)} は7割の基準 ${seven} 以下`,
    five: `${sayYen(judgedYen)} は7割の基準 ${seven} を超え、5割の基準 ${sayYen(fiveLimitYen)} 以下`,
    two: `${sayYen(judgedYen)} は5割の基準 ${sayYen(fiveLimitYen)} を超え、2割の基準 ${sayYen(twoLimitYen)} 以下`,
    none: `${sayYen(judgedYen)} は2割の基準 ${sayYen(twoLimitYen)} を超える`,
  }[judgement.class]
  return [
    { label: '軽減判定所得', how: `被保険者全員と世帯主: ${summands.join('、')}`, value: sayYen(judgedYen) },
    { label: '7割の基準', how: `${sayYen(reduction.sevenYen)}${forEarners}`, value: seven, basis: sayEarners(terms) },
    {
      label: '5割の基準',
      how: `${seven} + ${sayYen(reduction.fivePerInsuredYen)} × 被保険者 ${insured}人`,
      value: sayYen(fiveLimitYen),
    },
    {
      label: '2割の基準',
      how: `${seven} + ${sayYen(reduction.twoPerInsuredYen)} × 被保険者 ${insured}人`,
      value: sayYen(twoLimitYen),
    },
    { label: '世帯の軽減', how: outcome, value: REDUCTION_NAMES[judgement.class] },
  ]
}

function partLines(
  name: string,
  part: PartPremium,
  { reduction, isDependant, index, income }: PersonPremium,
  terms: Terms,
) {
  const { rounding, rates, fiscalYear } = terms
  const who = `${sayPerson(index)} ${name}`
  const dependant = reduction === 'dependant' ? '元被扶養者のため' : ''
  const kinto =
    part.kintoOff === 0n
      ? `${sayYen(part.fullKintoYen)}、軽減なし`
      : `${sayYen(part.fullKintoYen)} × ${100n - part.kintoOff}%(${dependant}${sayOff(part.kintoOff)}軽減)、${sayUnit(rounding.kintoUnitYen)}`
  const low =
    part.rate === rates.lowRate ? `(${formatWarekiFiscalYear(fiscalYear)}の${sayYen(LOW_RATE.upToYen)}以下の率)` : ''
  const relief = part.shotokuwariOff === 0n ? '' : ` × ${100n - part.shotokuwariOff}%(広域連合独自の軽減)`
  const sum = `${sayYen(part.kintoYen)} + ${sayYen(part.shotokuwariYen)} = ${sayYen(part.sumYen)}`
  const capped = part.cappedYen === part.sumYen ? '' : ` → 限度額 ${sayYen(part.limitYen)}`
  return [
    { label: `${who}均等割`, how: kinto, value: sayYen(part.kintoYen) },
    {
      label: `${who}所得割`,
      how: isDependant
        ? '元被扶養者のため所得割はかからない'
        : `${sayYen(income.baseYen)} × ${sayRate(part.rate)}${low}${relief}、${sayUnit(rounding.shotokuwariUnitYen)}`,
      value: sayYen(part.shotokuwariYen),
    },
    { label: `${who}保険料`, how: `${sum}${capped}、${sayUnit(rounding.totalUnitYen)}`, value: sayYen(part.yen) },
  ]
}

function personLines(person: PersonPremium, terms: Terms): ExplainLine[] {
  const { iryo, kodomo, index, annualYen } = person
  if (kodomo === null) return partLines('', iryo, person, terms)
  return [
    ...partLines('医療分の', iryo, person, terms),
    ...partLines('子ども分の', kodomo, person, terms),
    {
      label: `${sayPerson(index)} 年額`,
      how: `医療分 ${sayYen(iryo.yen)} + 子ども・子育て支援金分 ${sayYen(kodomo.yen)}`,
      value: sayYen(annualYen),
    },
  ]
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

/** 算定の内訳: the incomes, the household's 軽減判定, then each insured person's premium. */
export function explainHokenryo(computed: HouseholdPremium, household: readonly Member[], terms: Terms): ExplainLine[] {
  const income = household.flatMap((member, index) => {
    const judged = computed.judged.find((one) => one.index === index)
    return judged === undefined ? [notCounted(index)] : incomeLines(judged, member)
  })
  return [
    ...income,
    ...judgementLines(computed, terms),
    ...computed.people.flatMap((person) => personLines(person, terms)),
    ...doubtLines(computed, household, terms),
  ]
}
