import type { PlainDate } from '#kernel/plain-date.ts'
import type { Yen } from '#kernel/yen.ts'

/**
 * 本料の動き of one instalment: 収納, 充当 in or 不納欠損. A 取消 is the negative amount with the 領収日 of its original.
 * 延滞金 and 手数料 never appear here: they do not reduce the principal.
 */
export interface PrincipalMovement {
  readonly kind: '収納' | '充当' | '不納欠損'
  readonly yen: Yen
  /** 領収日; empty for movements that have none. */
  readonly receivedOn: PlainDate | null
  /** 会計日: counts where there is no 領収日. */
  readonly accountedOn: PlainDate
}

/** 効力日: 領収日, else 会計日 [rules §13: own knowledge, verify]. */
export const effectiveOn = (movement: PrincipalMovement): PlainDate => movement.receivedOn ?? movement.accountedOn

export interface Balance {
  readonly receivedYen: Yen
  /** Never negative: an overpayment is 過誤納, not a negative debt. */
  readonly unpaidYen: Yen
}

/** 未納額: 調定 − (収納 + 充当 + 不納欠損) over movements effective on or before `asOf` (null: all that are known). */
export function balanceAsOf(chargedYen: Yen, movements: readonly PrincipalMovement[], asOf: PlainDate | null): Balance {
  let receivedYen = 0n
  for (const one of movements) if (asOf === null || effectiveOn(one) <= asOf) receivedYen += one.yen
  return { receivedYen, unpaidYen: chargedYen > receivedYen ? chargedYen - receivedYen : 0n }
}
