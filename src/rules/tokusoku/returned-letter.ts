import { addDays, type PlainDate } from '#kernel/plain-date.ts'
import type { Yen } from '#kernel/yen.ts'
import { type Holidays, isBusinessDay } from '../calendar/business-day.ts'
import { type Addressee, type AddresseeChoice, isSameAddressee } from './choose-addressee.ts'
import type { Period } from './delinquency-case.ts'
import { type ReturnCode, UNPRINTABLE_REASONS } from './reasons.ts'
import { seizableFrom, servedByPostingOn } from './registration.ts'
import { designatedOn } from './run-dates.ts'

/** 返戻の状態 (sheet 5.2, 007 「返戻 afterwards」). The first two are open: somebody has to look for the person. */
export const RETURN_STATES = ['居所調査', '相続人調査', '再発送', '公示送達', '調査終了'] as const
export type ReturnState = (typeof RETURN_STATES)[number]
export const OPEN_RETURN_STATES: readonly ReturnState[] = ['居所調査', '相続人調査']

/** A letter comes back: R5 死亡 asks for the heirs, everything else for the person's whereabouts. */
export const stateOnReturn = (reason: ReturnCode): ReturnState => (reason === 'R5' ? '相続人調査' : '居所調査')

/** The latest day for which a 再発送 may be made: papers are checked on the day they are made. */
const RESEND_AHEAD_DAYS = 14

/** 再発送する日: a 開庁日 from today on, at most 14 days ahead. */
export const mayResendOn = (resentOn: PlainDate, today: PlainDate, holidays: Holidays): boolean =>
  resentOn >= today && resentOn <= addDays(today, RESEND_AHEAD_DAYS) && isBusinessDay(resentOn, holidays)

export interface ServedDates {
  /** 指定期限 that holds from now on. */
  readonly designatedOn: PlainDate
  /** 送達の日. */
  readonly servedOn: PlainDate
  readonly seizableFrom: PlainDate
}

/**
 * 再発送の日付: the printed 指定期限 stays while it has not passed on the new 発送日, else 発送日 + `designatedDays`, moved to
 * the next 開庁日. 差押え可能日 counts from the new delivery. 8/31 re-sent on 2026-09-10 → 9/24, 差押え可能日 9/25.
 */
export function resendDates(
  resentOn: PlainDate,
  printed: PlainDate,
  options: { readonly designatedDays: number },
  holidays: Holidays,
): ServedDates & { readonly isRenewed: boolean } {
  const isRenewed = printed < resentOn
  const designated = isRenewed ? designatedOn(resentOn, options, holidays) : printed
  return {
    designatedOn: designated,
    servedOn: resentOn,
    seizableFrom: seizableFrom(resentOn, designated),
    isRenewed,
  }
}

/** 公示送達の日付: served on `postedOn` + 7; the printed 指定期限 stays. 2026-10-01 → served 10/8, 差押え可能日 10/19. */
export function postingDates(postedOn: PlainDate, printed: PlainDate): ServedDates {
  const servedOn = servedByPostingOn(postedOn)
  return { designatedOn: printed, servedOn, seizableFrom: seizableFrom(servedOn, printed) }
}

/** What is known on the day something is to be done with a returned letter. */
export interface ReturnedLetterFacts {
  readonly reason: ReturnCode
  readonly printed: { readonly chargedYen: Yen; readonly addressee: Addressee }
  readonly now: {
    readonly chargedYen: Yen
    readonly unpaidYen: Yen
    readonly deferrals: readonly Period[]
    /** Protected on the day (抑止). */
    readonly isProtected: boolean
    readonly choice: AddresseeChoice
  }
  /** The 督促 itself was taken back. */
  readonly isCancelled: boolean
}

export interface ReturnRefusal {
  readonly code: 'F52-23' | 'F52-24' | 'F52-25' | 'F52-26' | 'F52-27'
  /** わけ of F52-24. */
  readonly reason?: string
}

/** Reasons that say: at this address the person cannot be reached. */
const WRONG_ADDRESS: readonly ReturnCode[] = ['R1', 'R2']

const because = (reason: string): ReturnRefusal => ({ code: 'F52-24', reason })

/** What stands in the way of serving the letter at all, in whatever way. */
function refuseServing(facts: ReturnedLetterFacts, on: PlainDate): ReturnRefusal | null {
  const { printed, now } = facts
  if (facts.isCancelled) return because('督促の取消')
  if (now.unpaidYen === 0n) return { code: 'F52-23' }
  if (now.chargedYen !== printed.chargedYen) return because('調定変更')
  if (now.deferrals.some((one) => one.from <= on && (one.to === null || one.to >= on))) return because('徴収猶予中')
  return null
}

/**
 * 再発送の再確認: payment in full (F52-23), 取消・調定変更・猶予 and what keeps a letter from being made (F52-24), 抑止 without a 係長
 * (F52-26), and the very address it came back from (F52-25). A letter of R5 goes to the 相続人代表 only. Null when it may go.
 */
export function refuseResend(
  facts: ReturnedLetterFacts,
  resentOn: PlainDate,
  by: { readonly isLead: boolean; readonly isSameAddressConfirmed: boolean },
): ReturnRefusal | null {
  const { now } = facts
  if (now.isProtected && !by.isLead) return { code: 'F52-26' }
  const serving = refuseServing(facts, resentOn)
  if (serving !== null) return serving
  const { addressee, problems } = now.choice
  const [problem] = problems.toSorted()
  if (addressee === null || problem !== undefined) return because(UNPRINTABLE_REASONS[problem ?? 'U01'].label)
  if (facts.reason === 'R5' && addressee.kind !== '相続人代表') return because(UNPRINTABLE_REASONS.U06.label)
  const isAgain = WRONG_ADDRESS.includes(facts.reason) && isSameAddressee(addressee, facts.printed.addressee)
  return isAgain && !by.isSameAddressConfirmed ? { code: 'F52-25' } : null
}

/**
 * 公示送達の再確認. A person under 抑止 is never posted automatically: a 係長 who did not record the 返戻 decides, with reasons
 * (F52-27; sheet 1.1 PP5). A dead person cannot be served so (F52-24).
 */
export function refusePosting(
  facts: ReturnedLetterFacts,
  postedOn: PlainDate,
  by: { readonly isLead: boolean; readonly isRecorder: boolean; readonly hasReason: boolean },
): ReturnRefusal | null {
  const isDecided = by.isLead && !by.isRecorder && by.hasReason
  if (facts.now.isProtected && !isDecided) return { code: 'F52-27' }
  if (facts.reason === 'R5') return because('死亡')
  return refuseServing(facts, postedOn)
}

/** 次にすること of an open case, as the work list says it. */
export function nextOnReturn(facts: {
  readonly paper: '督促状' | '納入通知書'
  readonly state: ReturnState
  readonly reason: ReturnCode
  readonly unpaidYen: Yen
  readonly isProtected: boolean
}): string {
  if (!OPEN_RETURN_STATES.includes(facts.state)) return ''
  if (facts.unpaidYen === 0n) return '納付済みのため、調査を終える'
  if (facts.isProtected) return '係長が安全な送付先を確かめる'
  if (facts.paper === '納入通知書') return '納入通知書を送り直し、結果を返戻のファイルで受け入れる'
  if (facts.state === '相続人調査') return '相続人代表者を登録し、再発送する'
  if (WRONG_ADDRESS.includes(facts.reason)) return '住民票・送付先を調べ、再発送か公示送達'
  return '宛先を確かめ、再発送する'
}
