import type { Yen } from '#kernel/yen.ts'

export interface HalfTest {
  /** 年金1回の支払額: annual ÷ 6, down to 1 円. */
  readonly perPaymentYen: Yen
  /** その2分の1, down to 1 円. */
  readonly limitYen: Yen
  /** 後期 + 介護 of one payment. */
  readonly sumYen: Yen
  readonly passes: boolean
}

/**
 * 2分の1判定: 後期 and 介護 of one payment together may be half of one payment of the pension, not more; equality passes.
 * 年金1回 = annual pension ÷ 6. Source: 令23一, 規則96–98; 尾張旭市 (O-30). Amounts in yen, not negative.
 */
export function halfTest(pensionAnnualYen: Yen, kokiYen: Yen, kaigoYen: Yen): HalfTest {
  const perPaymentYen = pensionAnnualYen / 6n
  const limitYen = perPaymentYen / 2n
  const sumYen = kokiYen + kaigoYen
  return { perPaymentYen, limitYen, sumYen, passes: sumYen <= limitYen }
}
