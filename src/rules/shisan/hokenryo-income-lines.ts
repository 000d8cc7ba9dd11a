import type { Yen } from '#kernel/yen.ts'
import type { JudgedMember, Member } from '../hokenryo/compute-hokenryo.ts'
import { bracketOf, type Income, pensionBracketsOf, pensionCutOf } from '../hokenryo/income.ts'
import { ADJUSTMENT_YEN, BASIC_DEDUCTIONS, type Bracket, type SalaryTable } from '../hokenryo/income-tables.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { sayPerson } from './hokenryo-words.ts'

const PENSION_BASIS = '所得税法35条、租税特別措置法41条の15の3 [own knowledge, verify]'
const SALARY_BASIS = '所得税法28条・別表第五、租税特別措置法41条の3の11 [own knowledge, verify]'
const BASE_BASIS = '基礎控除 [source: 大田区; 大阪府後期高齢者医療広域連合「保険料」]'
const STEPS_BASIS = `${BASE_BASIS}。合計所得金額が24,000,000円を超える人の額 [own knowledge, verify]`

/** 所得 of one person: 年金所得, 給与所得, 総所得金額等 and, of the insured, 賦課のもととなる所得. */
export function incomeLines({ index, income }: JudgedMember, member: Member, table: SalaryTable): ExplainLine[] {
  const who = sayPerson(index)
  return [
    ...(member.pensionYen > 0n ? [pensionLine(who, income, member)] : []),
    ...(member.salaryYen > 0n ? [salaryLine(who, income, member, table)] : []),
    totalLine(who, income, member),
    ...(member.isInsured ? [baseLine(who, income)] : []),
  ]
}

function pensionLine(who: string, income: Income, { pensionYen, salaryYen, otherIncomeYen, age }: Member): ExplainLine {
  const brackets = pensionBracketsOf(age)
  const cut = pensionCutOf(salaryYen - income.salaryDeductionYen + otherIncomeYen)
  const less =
    cut === undefined ? '' : `。年金以外の所得が${sayYen(cut.overYen)}を超えるため、控除は${sayYen(cut.lessYen)}少ない`
  const ages = age >= 65 ? '65歳以上' : '65歳未満'
  return {
    label: `${who} 年金所得`,
    how: `年金収入 ${sayYen(pensionYen)} − 公的年金等控除 ${sayYen(income.pensionDeductionYen)}(${ages}、${sayRow(pensionYen, brackets, '年金所得')}${less})`,
    value: sayYen(income.pensionIncomeYen),
    basis: PENSION_BASIS,
  }
}

function salaryLine(who: string, income: Income, { salaryYen }: Member, { brackets }: SalaryTable): ExplainLine {
  const adjusted =
    income.adjustmentYen > 0n
      ? ` − 所得金額調整控除 ${sayYen(income.adjustmentYen)}(給与所得と年金所得をそれぞれ${sayYen(ADJUSTMENT_YEN)}まで足し、${sayYen(ADJUSTMENT_YEN)}を引いた額)`
      : ''
  return {
    label: `${who} 給与所得`,
    how: `給与収入 ${sayYen(salaryYen)} − 給与所得控除 ${sayYen(income.salaryDeductionYen)}(${sayRow(salaryYen, brackets, '控除後の額')})${adjusted}`,
    value: sayYen(income.salaryIncomeYen),
    basis: SALARY_BASIS,
  }
}

/** 「収入 3,300,000円以上4,100,000円未満: 年金所得 = 収入 × 75% − 275,000円」: the row of the 速算表 that was used. */
function sayRow(revenueYen: Yen, brackets: readonly Bracket[], name: string): string {
  const row = bracketOf(revenueYen, brackets)
  const next = brackets[brackets.indexOf(row) + 1]
  const from = row.fromYen > 0n ? `${sayYen(row.fromYen)}以上` : ''
  const below = next === undefined ? '' : `${sayYen(next.fromYen)}未満`
  return `収入 ${from}${below}: ${name} = ${sayFormula(row, revenueYen)}`
}

function sayFormula({ stepYen, percent, plusYen }: Bracket, revenueYen: Yen): string {
  if (percent === 0n) return sayYen(plusYen)
  const stepped =
    revenueYen % stepYen === 0n
      ? ''
      : `の${sayYen(stepYen)}未満を切り捨てた ${sayYen(revenueYen - (revenueYen % stepYen))}`
  const share = percent === 100n ? '' : ` × ${percent}%`
  const plus = plusYen < 0n ? ` − ${sayYen(-plusYen)}` : ` + ${sayYen(plusYen)}`
  const rounding = percent === 100n ? (revenueYen + plusYen < 0n ? '、0円を下回るため0円' : '') : '、1円未満切捨て'
  return `収入${stepped}${share}${plus}${rounding}`
}

function totalLine(who: string, income: Income, { otherIncomeYen }: Member): ExplainLine {
  const parts = (
    [
      ['年金所得', income.pensionIncomeYen],
      ['給与所得', income.salaryIncomeYen],
      ['その他の所得', otherIncomeYen],
    ] as const
  ).filter(([, yen]) => yen > 0n)
  return {
    label: `${who} 総所得金額等`,
    how: parts.length === 0 ? '所得なし' : parts.map(([name, yen]) => `${name} ${sayYen(yen)}`).join(' + '),
    value: sayYen(income.totalYen),
  }
}

const baseLine = (who: string, { totalYen, basicDeductionYen, baseYen }: Income): ExplainLine => ({
  label: `${who} 賦課のもととなる所得`,
  how: `総所得金額等 ${sayYen(totalYen)} − 基礎控除 ${sayYen(basicDeductionYen)}(${sayBasicBand(totalYen)})${totalYen < basicDeductionYen ? '。0円を下回るため0円' : ''}`,
  value: sayYen(baseYen),
  basis: totalYen <= BASIC_DEDUCTIONS[0].upToYen ? BASE_BASIS : STEPS_BASIS,
})

/** 「合計所得金額が24,000,000円以下」: why the 基礎控除 is what it is. */
function sayBasicBand(totalYen: Yen): string {
  const nth = BASIC_DEDUCTIONS.findIndex(({ upToYen }) => totalYen <= upToYen)
  if (nth === 0) return `合計所得金額が${sayYen(BASIC_DEDUCTIONS[0].upToYen)}以下`
  const name = '合計所得金額(ここでは総所得金額等と同じとみる)'
  const [above, band] = [BASIC_DEDUCTIONS.at(nth < 0 ? -1 : nth - 1), BASIC_DEDUCTIONS[nth]]
  const over = `${name}が${sayYen(above?.upToYen ?? 0n)}を超え`
  return band === undefined ? `${over}る` : `${over}${sayYen(band.upToYen)}以下`
}
