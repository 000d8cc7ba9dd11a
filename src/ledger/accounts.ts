import type { PlainDate } from '#kernel/plain-date.ts'
import type { Yen } from '#kernel/yen.ts'

/** 収納の道: how money arrives. 充当 and 滞納処分 are roads inside the office. */
export const ROADS = ['窓口', '金融機関', 'コンビニ', '口座', 'MPN', '特徴', '充当', '滞納処分'] as const
export type Road = (typeof ROADS)[number]

/** 勘定. Each stands with an instalment, or as its outer side without one. Source: sheet shuno-common §3. */
export type Account = '調定' | `収納:${Road}` | '保管金' | '過誤納' | '還付' | '不納欠損'

/** 本料 P, 延滞金 E, 督促手数料 T, 還付加算金 K. */
export type Component = 'P' | 'E' | 'T' | 'K'

/** One side of a movement: an account, with its instalment or the outer side. */
export interface Side {
  readonly account: Account
  readonly instalmentId: bigint | null
}

/** 動き: credits one side (its balance falls) and debits the other (its balance rises) by `yen` > 0. */
export interface Movement {
  readonly component: Component
  readonly credit: Side
  readonly debit: Side
  readonly yen: Yen
  /** 領収日: the payer's day; empty where nobody paid. */
  readonly receivedOn?: PlainDate | null
  /** 収納日: the day the money reached our bank. */
  readonly collectedOn?: PlainDate | null
  readonly personId?: bigint | null
}

/** Why a posting stands in the books. */
export type Cause =
  | { readonly kind: 'file'; readonly fileId: string; readonly line: bigint }
  | { readonly kind: 'run'; readonly runId: string }
  | { readonly kind: 'decision'; readonly decision: string }
  | { readonly kind: 'reversal'; readonly reverses: bigint; readonly decision: string }

/** 仕訳: one receipt line, one decision or one correction. */
export interface NewPosting {
  readonly kind: '調定' | '収納' | '督促手数料' | '訂正'
  readonly cause: Cause
  readonly actorUserId: bigint | null
  /** 会計日. */
  readonly bookedOn: PlainDate
  /** 会計年度. */
  readonly fiscalYear: number
  readonly movements: readonly Movement[]
}

/** V1 調定増: 調定(外) → 調定(i). */
export const chargeMovement = (instalmentId: bigint, component: Component, yen: Yen): Movement => ({
  component,
  credit: { account: '調定', instalmentId: null },
  debit: { account: '調定', instalmentId },
  yen,
})
