import { computeHokenryo, type Member } from '#rules/hokenryo/compute-hokenryo.ts'
import { PREFECTURES } from '#rules/hokenryo/prefectures.ts'
import { termsOf } from '#rules/hokenryo/terms.ts'
import { measure, type RulesRow } from './row.ts'

const FISCAL_YEAR = 2026

/** The n-th person: pensions from 0 to 4,999,000 円, every seventh with a salary, every third with an insured spouse. */
function household(index: number): readonly Member[] {
  const person = (pension: number, isHead: boolean): Member => ({
    pensionYen: BigInt((pension * 1000) % 5_000_000),
    salaryYen: index % 7 === 0 ? 1_200_000n : 0n,
    otherIncomeYen: 0n,
    age: 75 + (index % 25),
    isInsured: true,
    isHead,
    wasDependant: index % 50 === 0,
    insuredBeforeR6: false,
  })
  return index % 3 === 0 ? [person(index * 37, true), person(index * 11, false)] : [person(index * 37, true)]
}

const TERMS = PREFECTURES.flatMap((prefecture) => {
  const terms = termsOf(FISCAL_YEAR, prefecture, null)
  return terms.ok ? [terms.value] : []
})

/** 保険料: the household of each person is judged and computed; two in a household are computed twice. */
export const hokenryo: RulesRow = {
  name: 'hokenryo',
  what: '保険料の計算(1人ごとに世帯の軽減判定から)',
  limitSeconds: 10,
  run: (count) =>
    measure(count, (index) => {
      const terms = TERMS[index % TERMS.length]
      if (terms === undefined) throw new Error('no rates: nothing is measured')
      return computeHokenryo(household(index), terms).people[0]?.annualYen ?? 0n
    }),
}
