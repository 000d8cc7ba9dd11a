import { describe, expect, it } from 'vitest'
import { judgeTokucho, type TokuchoCase, type TokuchoJudgement } from '#rules/tokucho/judge-tokucho.ts'
import { byPrecedence, PENSION_CODES, type PensionCode } from '#rules/tokucho/pension-order.ts'

/** 816,000 円 a year: one payment 136,000, limit 68,000. */
const BASIC: TokuchoCase = {
  pensions: [{ annualYen: 816_000n }],
  kaigoPerPaymentYen: 10_000n,
  kokiAnnualYen: 60_000n,
  kaigoIsTokucho: true,
  halfTestBasis: 'annual/6',
  orderedYen: [],
}
const judge = (more: Partial<TokuchoCase>): TokuchoJudgement => {
  const judged = judgeTokucho({ ...BASIC, ...more })
  if (!judged.ok) throw new Error(judged.error)
  return judged.value
}

describe('特別徴収の判定', () => {
  it.each<[string, Partial<TokuchoCase>, readonly string[]]>([
    ['all conditions hold', {}, []],
    ['no pension record', { pensions: [] }, ['T01']],
    ['K19: 179,999', { pensions: [{ annualYen: 179_999n }], kokiAnnualYen: 0n }, ['T03']],
    ['K19: 180,000', { pensions: [{ annualYen: 180_000n }], kokiAnnualYen: 0n }, []],
    ['K19: 180,001', { pensions: [{ annualYen: 180_001n }], kokiAnnualYen: 0n }, []],
    ['O-32: two together over', { pensions: [{ annualYen: 150_000n }, { annualYen: 140_000n }] }, ['T03']],
    ['介護 is not specially collected', { kaigoIsTokucho: false }, ['T04']],
    ['over half', { kaigoPerPaymentYen: 58_001n }, ['T06']],
    [
      'over half and 介護 is not: the order of the reasons',
      { kaigoPerPaymentYen: 58_001n, kaigoIsTokucho: false },
      ['T04', 'T06'],
    ],
    ['no record and 介護 is not', { pensions: [], kaigoIsTokucho: false }, ['T01', 'T04']],
    [
      'too small a pension is not tested for half',
      { pensions: [{ annualYen: 100_000n }], kaigoPerPaymentYen: 99_000n },
      ['T03'],
    ],
  ])('%s', (_, more, reasons) => {
    expect(judge(more).reasons).toEqual(reasons)
    expect(judge(more).eligible).toBe(reasons.length === 0)
  })

  it('takes a sixth of the year down to 1 円 (K18: 322,300 ÷ 6 = 53,716.67)', () => {
    expect(judge({ kokiAnnualYen: 322_300n }).kokiPerPaymentYen).toBe(53_716n)
  })

  it.each<['first-ordered' | 'greatest-ordered', readonly bigint[], bigint]>([
    ['first-ordered', [14_000n, 13_800n, 15_000n], 14_000n],
    ['greatest-ordered', [14_000n, 13_800n, 15_000n], 15_000n],
    ['greatest-ordered', [14_000n, 13_800n, 13_800n], 14_000n],
  ])('%s of %s is %i', (halfTestBasis, orderedYen, koki) => {
    expect(judge({ halfTestBasis, orderedYen }).kokiPerPaymentYen).toBe(koki)
  })

  it.each(['first-ordered', 'greatest-ordered'] as const)('refuses %s without an ordered amount', (halfTestBasis) => {
    expect(judgeTokucho({ ...BASIC, halfTestBasis })).toEqual({ ok: false, error: 'no-ordered-amount' })
  })
})

describe('年金の優先順位', () => {
  const small = { annualYen: 180_000n, code: '日本年金機構 老齢基礎' as const }
  const large = { annualYen: 2_400_000n, code: '地方公務員共済 遺族' as const }

  it('栃木市, 伊東市: the first by precedence is judged, and no other is tried when it fails', () => {
    const judged = judge({ pensions: [large, small], kaigoPerPaymentYen: 5_001n })
    expect(judged.pension).toBe(small)
    expect(judged.reasons).toEqual(['T06'])
  })

  it('a pension below 180,000 is passed over for one that is not', () => {
    expect(judge({ pensions: [{ ...small, annualYen: 179_999n }, large] }).pension).toBe(large)
  })

  it('without a pension of 180,000 the first by precedence is shown', () => {
    const first = { ...small, annualYen: 100n }
    expect(judge({ pensions: [{ ...large, annualYen: 179_999n }, first] }).pension).toBe(first)
  })

  it('公立学校共済組合, 愛媛県広域連合: by payer, then by type; without a code last, in the order given', () => {
    const pensions: { readonly name: string; readonly code?: PensionCode }[] = [
      { name: 'a' },
      { name: 'b', code: '地方公務員共済 老齢基礎' },
      { name: 'c' },
      { name: 'd', code: '日本年金機構 遺族' },
      { name: 'e', code: '日本年金機構 老齢基礎' },
      { name: 'f', code: '国家公務員共済 旧法老齢' },
    ]
    expect(byPrecedence(pensions).map(({ name }) => name)).toEqual(['e', 'd', 'f', 'b', 'a', 'c'])
  })

  it('names 5 payers with 4 types each, the national pension first', () => {
    expect(PENSION_CODES).toHaveLength(20)
    expect([PENSION_CODES[0], PENSION_CODES[4], PENSION_CODES[19]]).toEqual([
      '日本年金機構 老齢基礎',
      '国家公務員共済 老齢基礎',
      '地方公務員共済 遺族',
    ])
  })
})
