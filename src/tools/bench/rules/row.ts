import type { Yen } from '#kernel/yen.ts'

/** What one measurement did: the sum proves that every case was computed, and that the next run computed the same. */
export interface RulesResult {
  readonly cases: number
  readonly seconds: number
  readonly sumYen: Yen
}

/** 計算規則の速さ: `count` cases one after the other on one core, nothing but the rule. */
export interface RulesRow {
  readonly name: string
  /** What is measured, as the table says it. */
  readonly what: string
  readonly limitSeconds: number
  run(count: number): RulesResult
}

/** Measures `each`, which computes the n-th case and gives its yen; making the case is not left out. */
export function measure(count: number, each: (index: number) => Yen): RulesResult {
  const startedAt = process.hrtime.bigint()
  let sumYen = 0n
  for (let index = 0; index < count; index += 1) sumYen += each(index)
  return { cases: count, seconds: Number(process.hrtime.bigint() - startedAt) / 1e9, sumYen }
}
