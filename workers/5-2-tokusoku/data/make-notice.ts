import type { PlainDate } from '#kernel/plain-date.ts'
import { noticeGlyphs } from '#notices/glyphs.ts'
import { tokusokuView, type MadeTokusoku } from '#notices/tokusoku.view.ts'
import type { Addressee } from '#rules/tokusoku/choose-addressee.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import type { UnprintableCode } from '#rules/tokusoku/reasons.ts'
import type { NoticeCase } from './load-notice-cases.ts'
import { addresseeOf } from './person-facts.ts'

/** 再発行区分 has one digit: beyond it the slip goes without barcode. */
export const MAX_REISSUE = 9

export type NoticeVerdict =
  | {
      readonly kind: 'notice'
      readonly kase: NoticeCase
      readonly made: MadeTokusoku
      readonly addressee: Addressee
      readonly isIndividual: boolean
      readonly reissue: number
    }
  | {
      readonly kind: 'unprintable'
      readonly kase: NoticeCase
      readonly reason: UnprintableCode
      readonly detail: string | null
    }

interface Run {
  readonly asOf: PlainDate
  readonly issueOn: PlainDate
  readonly designatedOn: PlainDate
}

/** 一通を作る、または発行不能 with the first reason of the closed list (sheet 5.2, 003 rules 1–5). */
export function makeNotice(kase: NoticeCase, run: Run, options: TokusokuOptions): NoticeVerdict {
  const unprintable = (reason: UnprintableCode, detail: string | null = null): NoticeVerdict => ({
    kind: 'unprintable',
    kase,
    reason,
    detail,
  })
  const isApproved = kase.isApproved && options.dvIndividualNotice
  const choice = addresseeOf(kase, run, isApproved)
  // 抑止 first: what else is missing (the address is not looked at then) is not for the clerk to repair
  const [problem] = choice.problems.includes('U04') ? (['U04'] as const) : choice.problems.toSorted()
  if (choice.addressee === null || problem !== undefined) return unprintable(problem ?? 'U01')
  if (kase.unpaidAsOfNow !== kase.unpaidYen || kase.chargedNow !== kase.chargedYen) return unprintable('U08')
  const made = tokusokuView(
    {
      noticeNo: `${kase.runNumber}-${String(kase.rowNo).padStart(6, '0')}`,
      key: kase,
      dueOn: kase.dueOn,
      chargedYen: kase.chargedYen,
      receivedYen: kase.receivedYen,
      unpaidYen: kase.unpaidYen,
      feeYen: kase.feeYen,
      entaikinYen: kase.entaikinYen,
      insuredNo: kase.insuredNo,
      insuredName: kase.name,
      addressee: choice.addressee,
      reissue: kase.slipsBefore,
      spellings: kase.spellings,
      run,
    },
    options,
    kase.slipsBefore > MAX_REISSUE ? { ...kase.settings, companyCode: null } : kase.settings,
    noticeGlyphs(),
  )
  const [first] = made.problems
  if (first) return unprintable(first.code, first.detail)
  return {
    kind: 'notice',
    kase,
    made,
    addressee: choice.addressee,
    isIndividual: choice.isProtected,
    reissue: kase.slipsBefore,
  }
}
