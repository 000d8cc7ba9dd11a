import { err, ok, type Result } from '#kernel/result.ts'
import type { Yen } from '#kernel/yen.ts'
import { halfTest, type HalfTest } from './half-test.ts'
import { byPrecedence, type PensionCode } from './pension-order.ts'

/** 特別徴収の下限年金額. Source: 令22 (O-32). */
export const MINIMUM_PENSION_YEN = 180_000n

/** 特別徴収とならない理由, in the order in which one is the main one. Source: flows §0.7; the numbers are those of 確定賦課 009. */
export const TOKUCHO_REASONS = {
  T01: '年金対象者情報なし',
  T03: '年金額18万円未満',
  T04: '介護保険料が普通徴収',
  T06: '2分の1超過',
} as const

export type TokuchoReason = keyof typeof TOKUCHO_REASONS

/** 2分の1判定で使う後期の1回分: a sixth of the year [source: 逗子市], or what is really ordered: the first, the greatest. */
export type HalfTestBasis = 'annual/6' | 'first-ordered' | 'greatest-ordered'

export interface Pension {
  readonly annualYen: Yen
  readonly code?: PensionCode | undefined
}

export interface TokuchoCase {
  readonly pensions: readonly Pension[]
  readonly kaigoPerPaymentYen: Yen
  readonly kokiAnnualYen: Yen
  readonly kaigoIsTokucho: boolean
  readonly halfTestBasis: HalfTestBasis
  /** 各回の依頼額, needed when the basis is an ordered amount. */
  readonly orderedYen: readonly Yen[]
}

export interface TokuchoJudgement {
  readonly eligible: boolean
  /** All that hold, the main one first. */
  readonly reasons: readonly TokuchoReason[]
  /** The pension judged: the first by precedence of those of 180,000 円 or more, else the first of all; null without any. */
  readonly pension: Pension | null
  readonly kokiPerPaymentYen: Yen
  readonly half: HalfTest
}

/**
 * 特別徴収の可否判定: one pension of 180,000 円 or more (two are not added), 介護保険料 specially collected, and 後期 + 介護 of one
 * payment at most half of one payment of that pension. A lower pension is not tried when the first fails [source: 栃木市, 伊東市].
 * Source: rules §3.1, §3.2, flows §0.7. Refuses when the basis is an ordered amount and none is given.
 */
export function judgeTokucho(kase: TokuchoCase): Result<TokuchoJudgement, 'no-ordered-amount'> {
  const kokiPerPaymentYen = kokiOf(kase)
  if (kokiPerPaymentYen === null) return err('no-ordered-amount')
  const ordered = byPrecedence(kase.pensions)
  const qualifying = ordered.find((one) => one.annualYen >= MINIMUM_PENSION_YEN)
  const pension = qualifying ?? ordered[0] ?? null
  const half = halfTest(pension?.annualYen ?? 0n, kokiPerPaymentYen, kase.kaigoPerPaymentYen)
  const reasons: TokuchoReason[] = []
  if (pension === null) reasons.push('T01')
  else if (qualifying === undefined) reasons.push('T03')
  if (!kase.kaigoIsTokucho) reasons.push('T04')
  if (qualifying !== undefined && !half.passes) reasons.push('T06')
  return ok({ eligible: reasons.length === 0, reasons, pension, kokiPerPaymentYen, half })
}

function kokiOf({ halfTestBasis, kokiAnnualYen, orderedYen }: TokuchoCase): Yen | null {
  switch (halfTestBasis) {
    case 'annual/6':
      return kokiAnnualYen / 6n
    case 'first-ordered':
      return orderedYen[0] ?? null
    case 'greatest-ordered':
      return orderedYen.reduce<Yen | null>((most, one) => (most === null || one > most ? one : most), null)
    default:
      return halfTestBasis satisfies never
  }
}
