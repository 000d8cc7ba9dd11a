import type { Member } from '#rules/hokenryo/compute-hokenryo.ts'
import type { Prefecture } from '#rules/hokenryo/prefectures.ts'
import { type Terms, termsOf } from '#rules/hokenryo/terms.ts'

/** 単身の被保険者, 80歳, without income but for what is told. */
export const aged = (told: Partial<Member> = {}): Member => ({
  pensionYen: 0n,
  salaryYen: 0n,
  otherIncomeYen: 0n,
  age: 80,
  isInsured: true,
  isHead: true,
  wasDependant: false,
  insuredBeforeR6: false,
  ...told,
})

/** A head who is not insured and earns so much that nobody gets a 軽減. */
export const richHead = aged({ isInsured: false, otherIncomeYen: 50_000_000n })

export function termsIn(fiscalYear: number, prefecture: Prefecture): Terms {
  const terms = termsOf(fiscalYear, prefecture, null)
  if (!terms.ok) throw new Error(`no terms for ${fiscalYear} ${prefecture}: ${terms.error}`)
  return terms.value
}
