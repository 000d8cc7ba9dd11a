import { describe, expect, it } from 'vitest'
import { BENCH_RULES } from '#tools/bench/rules/index.ts'
import { hokenryo } from '#tools/bench/rules/hokenryo.ts'

describe('npm run bench:rules, very small', () => {
  it.each(BENCH_RULES)('$name computes every case, each time the same', ({ run, limitSeconds }) => {
    const [first, second] = [run(300), run(300)]
    expect(first.cases).toBe(300)
    expect(first.sumYen).toBeGreaterThan(300n * 1000n)
    expect(second.sumYen).toBe(first.sumYen)
    expect(first.seconds).toBeLessThan(limitSeconds)
  })

  it('the second person of 保険料: 青森 令和8年度, a pension of 37,000 円, alone', () => {
    // 7割 class: 50,500 × 0.28 → 14,100; 子ども分 1,300 × 0.30 → 300 (rules §1.3, §1.6)
    expect(hokenryo.run(2).sumYen - hokenryo.run(1).sumYen).toBe(14_400n)
  })
})
