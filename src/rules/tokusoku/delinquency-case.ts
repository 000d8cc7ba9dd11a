import type { PlainDate } from '#kernel/plain-date.ts'
import type { Yen } from '#kernel/yen.ts'
import type { PrincipalMovement } from './balance.ts'
import type { Address, Delivery } from './choose-addressee.ts'
import type { ProtectionMeasure } from './protection.ts'

/** In force from `from` to `to` (null: open). */
export interface Period {
  readonly from: PlainDate
  readonly to: PlainDate | null
}

/**
 * 滞納者把握の一件: one 普徴 instalment with all that 001 looks at. Fields with `?` come from flows and files that may not be
 * loaded yet; left out means "nothing known", and the test that reads them does not hit.
 */
export interface DelinquencyCase {
  /** 納期限 (shifted). */
  readonly dueOn: PlainDate
  /** 調定額, 本料. */
  readonly chargedYen: Yen
  readonly movements: readonly PrincipalMovement[]
  /** 徴収猶予 of this instalment. */
  readonly deferrals: readonly Period[]
  /** 督促履歴 of this instalment key; a 返戻 does not cancel. */
  readonly history: readonly { readonly issuedOn: PlainDate; readonly cancelledOn: PlainDate | null }[]
  /** A live notice of another run has this instalment key. */
  readonly hasNoticeElsewhere: boolean
  /** The person's last 督促 of any instalment, for F-初. */
  readonly lastTokusokuOn: PlainDate | null
  readonly protections: readonly ProtectionMeasure[]
  readonly deathOn: PlainDate | null
  readonly movedOutOn: PlainDate | null
  readonly name: string
  /** 宛名 address; null when there is none. */
  readonly home: Address | null
  readonly deliveries: readonly Delivery[]

  /** 繰上徴収. */
  readonly isAccelerated?: boolean
  /** 執行停止 (5.4). */
  readonly stays?: readonly Period[]
  /** 返戻 of the 納入通知書 of this instalment. */
  readonly returns?: readonly { readonly resentOn: PlainDate | null; readonly postedOn: PlainDate | null }[]
  /** 口座振替 requested, no result yet. */
  readonly hasDebitPending?: boolean
  /** 速報 without 確報. */
  readonly hasOpenSokuho?: boolean
  /** An unmatched receipt (保管金) names the person. */
  readonly hasHeldReceipt?: boolean
  /** The person's open 過誤納. */
  readonly overpaidYen?: Yen
  /** An open 3.5 / 3.8 case for the 年度. */
  readonly hasOpenCorrection?: boolean
  /** 特徴→普徴 within the 賦課年度. */
  readonly hasLeftTokucho?: boolean
  /** The last 口座振替 of this instalment failed. */
  readonly hasFailedDebit?: boolean
  /** Another insured has the same name and birthday. */
  readonly hasNamesake?: boolean
  /** The glyph preflight found a character that cannot be printed. */
  readonly hasMissingGlyph?: boolean
}

/** What a run gives the rule beside the case. */
export interface DelinquencyRun {
  /** 納期限 of the run. */
  readonly dueOn: PlainDate
  readonly asOf: PlainDate
  readonly issueOn: PlainDate
}
