import type { PlainDate } from '#kernel/plain-date.ts'
import type { Yen } from '#kernel/yen.ts'
import { type Addressee, isSameAddressee } from './choose-addressee.ts'
import type { Period } from './delinquency-case.ts'
import { isProtectedWithin, type ProtectionMeasure } from './protection.ts'
import type { PullCode } from './reasons.ts'

/** What was printed (003). */
export interface PrintedNotice {
  readonly unpaidYen: Yen
  readonly chargedYen: Yen
  /** 充当 into the instalment that 003 already knew. */
  readonly allocatedYen: Yen
  readonly deathOn: PlainDate | null
  readonly addressee: Addressee
  /** Made as 個別送付 after a 係長's decision. */
  readonly isIndividual: boolean
}

/** What is known now, from **all** movements, whatever their 領収日. */
export interface CurrentFacts {
  readonly unpaidYen: Yen
  readonly chargedYen: Yen
  readonly allocatedYen: Yen
  readonly deferrals: readonly Period[]
  readonly deathOn: PlainDate | null
  readonly protections: readonly ProtectionMeasure[]
  /** The choice of today's facts for the 発送日; null when nobody can be named any more. */
  readonly addressee: Addressee | null
}

/** What facts about one 期割 propose. P10 follows from another line of the letter. */
export type ProposedPull = Exclude<PullCode, 'P08' | 'P10' | 'P99'>

/**
 * 断れない提案: P01, because nobody who owes nothing is dunned (sheet §7-6); P06, because a letter made before the 抑止 names the
 * address to be kept secret and would lie in a bulk file (§7-10). An individual letter is made again by way of 001.
 */
export const UNDECLINABLE: readonly string[] = ['P01', 'P06'] satisfies ProposedPull[]

export interface PullProposal {
  readonly code: ProposedPull
  /** All that hit, in the sheet's order. */
  readonly all: readonly ProposedPull[]
  /** `send` only when a part payment is all that happened and `partPaidAt004` says so. */
  readonly suggest: 'pull' | 'send'
  /** False when a code of `UNDECLINABLE` hit. */
  readonly canDecline: boolean
}

/**
 * 引抜きの提案 (5.2 004, and once more at E2): P01 完納, P02 一部納付, P03 調定変更, P04 猶予決定, P05 死亡判明, P06 抑止設定, P07 宛先変更, P09 充当.
 * Null when nothing changed. A balance that **rose** with an equal 調定 (a receipt was reversed) is P03 too: the printed amount
 * is wrong, and the sheet has no code of its own for it.
 */
export function proposePull(
  printed: PrintedNotice,
  now: CurrentFacts,
  run: { readonly asOf: PlainDate; readonly issueOn: PlainDate },
  options: { readonly partPaidAt004: 'pull' | 'send' },
): PullProposal | null {
  const all: ProposedPull[] = []
  const wasAllocated = now.allocatedYen > printed.allocatedYen
  const paidYen = printed.unpaidYen - now.unpaidYen - (wasAllocated ? now.allocatedYen - printed.allocatedYen : 0n)
  const isCharged = now.chargedYen === printed.chargedYen
  if (now.unpaidYen === 0n) all.push('P01')
  else if (isCharged && paidYen > 0n) all.push('P02')
  if (!isCharged || now.unpaidYen > printed.unpaidYen) all.push('P03')
  if (now.deferrals.some((one) => one.from <= run.issueOn && (one.to === null || one.to >= run.asOf))) all.push('P04')
  if (now.deathOn !== null && now.deathOn <= run.issueOn && printed.deathOn === null) all.push('P05')
  if (!printed.isIndividual && now.protections.some((one) => isProtectedWithin(one, run.asOf, run.issueOn)))
    all.push('P06')
  if (now.addressee === null || !isSameAddressee(printed.addressee, now.addressee)) all.push('P07')
  if (wasAllocated) all.push('P09')

  const suggest = all.every((code) => code === 'P02') ? options.partPaidAt004 : 'pull'
  const code = all[0]
  return code === undefined ? null : { code, all, suggest, canDecline: !all.some((one) => UNDECLINABLE.includes(one)) }
}
