import { addMonths, daysBetween, isInForce, maxDate, type PlainDate } from '#kernel/plain-date.ts'
import type { Yen } from '#kernel/yen.ts'
import { computeEntaikin, type Entaikin } from '../entaikin/compute-entaikin.ts'
import { at } from '../options.ts'
import { prescribesOn } from '../prescription/prescription.ts'
import { type Balance, balanceAsOf, effectiveOn } from './balance.ts'
import { chooseAddressee } from './choose-addressee.ts'
import type { DelinquencyCase, DelinquencyRun } from './delinquency-case.ts'
import { issueLimitOn } from './issue-limit.ts'
import type { TokusokuOptions } from './options.ts'
import { isProtectedWithin } from './protection.ts'
import { type Flag, VERDICT_REASONS, type VerdictCode } from './reasons.ts'

export interface Delinquency {
  readonly verdict: '対象' | '除外' | '要確認' | '完納'
  /** The first hit in the order of `VERDICT_REASONS`; null when nothing hits. */
  readonly reason: VerdictCode | null
  readonly otherReasons: readonly VerdictCode[]
  readonly flags: readonly Flag[]
  readonly receivedYen: Yen
  readonly unpaidYen: Yen
  readonly feeYen: Yen
  readonly entaikinYen: Yen
  /** 発送期限. */
  readonly limitOn: PlainDate
  /** 時効完成日; null while a 徴収猶予 without end runs. */
  readonly prescribesOn: PlainDate | null
  /** 経過日数 from the 納期限 to the 発送日. */
  readonly daysLate: number
}

/** Whether an instalment belongs to a run's population: of its 納期限, or of an earlier one (取残し). Sheet 001. */
export const isInPopulation = (
  dueOn: PlainDate,
  run: { readonly dueOn: PlainDate; readonly includeCarriedOver: boolean },
): boolean => dueOn === run.dueOn || (run.includeCarriedOver && dueOn < run.dueOn)

/**
 * 滞納者把握の判定 (5.2 001): balance as of `asOf` by 領収日, every test A01–A13 (all hits kept, the first in the sheet's order is
 * primary), flags, 督促手数料 by the instalment's 納期限, 延滞金 from 納期限 + 1 to `issueOn`, 発送期限 and 時効. 完納 gets no row.
 */
export function judgeDelinquency(kase: DelinquencyCase, run: DelinquencyRun, options: TokusokuOptions): Delinquency {
  const balance = balanceAsOf(kase.chargedYen, kase.movements, run.asOf)
  const deferral = deferralFacts(kase, run)
  const limitOn = issueLimitOn({ dueOn: kase.dueOn, deferredUntil: deferral.endedOn }, options.issueLimitDays)
  const prescription = deferral.isOpenEnded
    ? null
    : prescribesOn(
        {
          dueOn: kase.dueOn,
          lastPartPaymentOn: lastPartPayment(kase, run.asOf),
          deferredUntil: deferral.lastDayOn,
        },
        options.prescriptionYears,
      )
  const common = {
    receivedYen: balance.receivedYen,
    unpaidYen: balance.unpaidYen,
    limitOn,
    prescribesOn: prescription,
    daysLate: daysBetween(kase.dueOn, run.issueOn),
  }
  if (balance.unpaidYen === 0n)
    return { ...common, verdict: '完納', reason: null, otherReasons: [], flags: [], feeYen: 0n, entaikinYen: 0n }

  const entaikin = printedEntaikin(kase, run, options)
  const hits = hitsOf(kase, run, options, balance, prescription)
  const [reason = null, ...otherReasons] = hits
  return {
    ...common,
    verdict: reason === null ? '対象' : VERDICT_REASONS[reason].verdict,
    reason,
    otherReasons,
    flags: flagsOf(kase, run, options, balance, limitOn, entaikin),
    feeYen: at(options.feeYen, kase.dueOn),
    entaikinYen: entaikin?.yen ?? 0n,
  }
}

/** All hits, in the order of the sheet's table. */
function hitsOf(
  kase: DelinquencyCase,
  run: DelinquencyRun,
  options: TokusokuOptions,
  balance: Balance,
  prescription: PlainDate | null,
): VerdictCode[] {
  const { asOf, issueOn } = run
  const hits: VerdictCode[] = []
  if (kase.hasNoticeElsewhere || kase.history.some((one) => one.cancelledOn === null)) hits.push('A02')
  if (prescription !== null && issueOn > prescription) hits.push('A10')
  if (kase.isAccelerated === true) hits.push('A12')
  if (kase.deferrals.some((one) => one.from <= issueOn && (one.to === null || one.to >= asOf))) hits.push('A01')
  if (kase.stays?.some((one) => isInForce(one.from, one.to, asOf)) === true) hits.push('A09')
  const measures = kase.protections.filter((one) => isProtectedWithin(one, asOf, issueOn))
  if (measures.some((one) => one.plannedEndOn === null || one.plannedEndOn >= asOf)) hits.push('A05')
  if (measures.some((one) => one.plannedEndOn !== null && one.plannedEndOn < asOf)) hits.push('A06')
  if (isDeadWithoutHeir(kase, issueOn)) hits.push('A04')
  if (kase.returns?.some((one) => one.resentOn === null && one.postedOn === null) === true) hits.push('A13')
  if (kase.hasDebitPending === true || kase.hasOpenSokuho === true || kase.hasHeldReceipt === true) hits.push('A07')
  if (kase.overpaidYen !== undefined && kase.overpaidYen >= balance.unpaidYen) hits.push('A08')
  if (kase.hasOpenCorrection === true) hits.push('A11')
  if (balance.unpaidYen < options.minUnpaidYen) hits.push('A03')
  return hits
}

function flagsOf(
  kase: DelinquencyCase,
  run: DelinquencyRun,
  options: TokusokuOptions,
  balance: Balance,
  limitOn: PlainDate,
  entaikin: Entaikin | null,
): Flag[] {
  const { issueOn } = run
  const flags: Flag[] = []
  if (issueOn > limitOn) flags.push('F-遅')
  if (kase.dueOn < run.dueOn) flags.push('F-残')
  if (kase.lastTokusokuOn === null || kase.lastTokusokuOn < addMonths(issueOn, -24)) flags.push('F-初')
  if (balance.unpaidYen >= options.highAmountYen) flags.push('F-高')
  if (kase.hasLeftTokucho === true) flags.push('F-併')
  if (kase.hasFailedDebit === true) flags.push('F-不能')
  if (balance.receivedYen > 0n) flags.push('F-部')
  const overpaidYen = kase.overpaidYen ?? 0n
  if (overpaidYen > 0n && overpaidYen < balance.unpaidYen) flags.push('F-過')
  if (kase.hasNamesake === true) flags.push('F-同')
  if (kase.movedOutOn !== null && kase.movedOutOn <= issueOn) flags.push('F-転')
  if (kase.hasMissingGlyph === true || hasAddressProblem(kase, issueOn)) flags.push('F-宛')
  if (entaikin !== null && entaikin.missingRateOn !== null) flags.push('F-率')
  return flags
}

/** 抑止 and 相続人なし are verdicts of their own (A05, A04); F-宛 is about the address. */
function hasAddressProblem(kase: DelinquencyCase, issueOn: PlainDate): boolean {
  const { name, deathOn, home, deliveries } = kase
  return chooseAddressee({ name, deathOn, home, deliveries, isProtected: false }, issueOn).problems.some(
    (problem) => problem !== 'U06',
  )
}

const isDeadWithoutHeir = (kase: DelinquencyCase, issueOn: PlainDate): boolean =>
  kase.deathOn !== null &&
  kase.deathOn <= issueOn &&
  !kase.deliveries.some((one) => one.kind === '相続人代表' && isInForce(one.from, one.to, issueOn))

interface DeferralFacts {
  /** The last 猶予 that was over before `asOf`: moves the 発送期限. */
  readonly endedOn: PlainDate | null
  /** The last day of any 猶予 begun by `issueOn`: moves 時効. */
  readonly lastDayOn: PlainDate | null
  readonly isOpenEnded: boolean
}

const NEVER_DEFERRED: DeferralFacts = { endedOn: null, lastDayOn: null, isOpenEnded: false }

function deferralFacts(kase: DelinquencyCase, run: DelinquencyRun): DeferralFacts {
  if (kase.deferrals.length === 0) return NEVER_DEFERRED
  let endedOn: PlainDate | null = null
  let lastDayOn: PlainDate | null = null
  let isOpenEnded = false
  for (const { from, to } of kase.deferrals) {
    if (from > run.issueOn) continue
    if (to === null) isOpenEnded = true
    else {
      lastDayOn = lastDayOn === null ? to : maxDate(lastDayOn, to)
      if (to < run.asOf) endedOn = endedOn === null ? to : maxDate(endedOn, to)
    }
  }
  return { endedOn, lastDayOn, isOpenEnded }
}

/** The last 領収日 with a 収納 that was not taken back; a 充当 by the office is no 承認 [own knowledge, verify]. */
function lastPartPayment(kase: DelinquencyCase, asOf: PlainDate): PlainDate | null {
  if (kase.movements.length === 0) return null
  const byDay = new Map<PlainDate, Yen>()
  for (const one of kase.movements) {
    const day = effectiveOn(one)
    if (one.kind === '収納' && day <= asOf) byDay.set(day, (byDay.get(day) ?? 0n) + one.yen)
  }
  let last: PlainDate | null = null
  for (const [day, yen] of byDay) if (yen > 0n && (last === null || day > last)) last = day
  return last
}

function printedEntaikin(kase: DelinquencyCase, run: DelinquencyRun, options: TokusokuOptions): Entaikin | null {
  if (options.entaikinPrint === 'none') return null
  const payments = kase.movements
    .map((one) => ({ paidOn: effectiveOn(one), yen: one.yen }))
    .filter((one) => one.paidOn <= run.asOf)
  return computeEntaikin(
    {
      dueOn: kase.dueOn,
      until: run.issueOn,
      chargedYen: kase.chargedYen,
      payments,
      lowMonths: at(options.lowMonths, kase.dueOn),
      exempt: kase.deferrals,
    },
    options.entaikinRates,
  )
}
