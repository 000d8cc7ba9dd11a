import type { PlainDate } from '#kernel/plain-date.ts'
import type { Yen } from '#kernel/yen.ts'
import { noticeGlyphs } from '#notices/glyphs.ts'
import { MOST_LINES, slipYenOf, type TokusokuLine } from '#notices/tokusoku-notice.ts'
import { tokusokuView, type MadeTokusoku } from '#notices/tokusoku.view.ts'
import { type Addressee, isSameAddressee } from '#rules/tokusoku/choose-addressee.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import type { UnprintableCode } from '#rules/tokusoku/reasons.ts'
import type { LetterCase } from './letters.ts'
import type { NoticeCase } from './load-notice-cases.ts'
import { addresseeOf } from './person-facts.ts'

/** One 期割 of a letter with the amount of its own slip. */
export interface LetterLine {
  readonly kase: NoticeCase
  readonly slipYen: Yen
}

export type NoticeVerdict =
  | {
      readonly kind: 'notice'
      /** 期割 on the sheet, in print order; one, unless the unit is the person. */
      readonly lines: readonly [LetterLine, ...LetterLine[]]
      readonly made: MadeTokusoku
      readonly addressee: Addressee
      readonly isIndividual: boolean
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

type Unprintable = Extract<NoticeVerdict, { kind: 'unprintable' }>

/** A row that may be printed, and for whom. */
interface Ready {
  readonly kind: 'ready'
  readonly kase: NoticeCase
  readonly addressee: Addressee
  readonly isIndividual: boolean
}

/**
 * 督促状を作る、または発行不能 with the first reason of the closed list (sheet 5.2, 003 rules 1–5). Rows of one person to one
 * addressee stand on one sheet, at most `MOST_LINES`; what follows begins the next letter.
 */
export function makeLetters(cases: LetterCase, run: Run, options: TokusokuOptions): readonly NoticeVerdict[] {
  const judged = cases.map((kase) => judgeRow(kase, run, options))
  return [
    ...judged.filter((one) => one.kind === 'unprintable'),
    ...sheets(judged.filter((one) => one.kind === 'ready')).flatMap((sheet) => makeLetter(sheet, run, options)),
  ]
}

function judgeRow(kase: NoticeCase, run: Run, options: TokusokuOptions): Ready | Unprintable {
  const isApproved = kase.isApproved && options.dvIndividualNotice
  const choice = addresseeOf(kase, run, isApproved)
  // 抑止 first: what else is missing (the address is not looked at then) is not for the clerk to repair
  const [problem] = choice.problems.includes('U04') ? (['U04'] as const) : choice.problems.toSorted()
  if (choice.addressee === null || problem !== undefined) return unprintable(kase, problem ?? 'U01')
  if (kase.unpaidAsOfNow !== kase.unpaidYen || kase.chargedNow !== kase.chargedYen) return unprintable(kase, 'U08')
  return { kind: 'ready', kase, addressee: choice.addressee, isIndividual: choice.isProtected }
}

const unprintable = (kase: NoticeCase, reason: UnprintableCode, detail: string | null = null): Unprintable => ({
  kind: 'unprintable',
  kase,
  reason,
  detail,
})

type Sheet = readonly [Ready, ...Ready[]]

/** 印刷順 of the lines: 賦課年度, 通知書番号, 期別, 調定年度, as in the key by which letters are sorted. */
const orderOf = ({ fukaYear, tsuchishoNo, period, choteiYear }: NoticeCase): string =>
  [fukaYear, tsuchishoNo, period, choteiYear].join('/')

const byOrder = (a: Ready, b: Ready): number => {
  const [one, other] = [orderOf(a.kase), orderOf(b.kase)]
  return one < other ? -1 : one > other ? 1 : 0
}

function sheets(ready: readonly Ready[]): Sheet[] {
  const open: [Ready, ...Ready[]][] = []
  for (const one of ready.toSorted(byOrder)) {
    const sheet = open.find(
      ([first, ...others]) =>
        others.length + 1 < MOST_LINES &&
        first.isIndividual === one.isIndividual &&
        isSameAddressee(first.addressee, one.addressee),
    )
    if (sheet === undefined) open.push([one])
    else sheet.push(one)
  }
  return open
}

function makeLetter(sheet: Sheet, run: Run, options: TokusokuOptions): readonly NoticeVerdict[] {
  const [{ kase, addressee, isIndividual }, ...others] = sheet
  const made = tokusokuView(
    {
      noticeNo: `${kase.runNumber}-${String(kase.rowNo).padStart(6, '0')}`,
      ...lineOf(kase),
      others: others.map((one) => lineOf(one.kase)),
      insuredNo: kase.insuredNo,
      insuredName: kase.name,
      addressee,
      spellings: kase.spellings,
      run,
    },
    options,
    kase.settings,
    noticeGlyphs(),
  )
  const [first] = made.problems
  if (first) return sheet.map((one) => unprintable(one.kase, first.code, first.detail))
  const withSlip = (one: Ready): LetterLine => ({ kase: one.kase, slipYen: slipYenOf(lineOf(one.kase), options) })
  return [{ kind: 'notice', lines: [withSlip(sheet[0]), ...others.map(withSlip)], made, addressee, isIndividual }]
}

const lineOf = (kase: NoticeCase): TokusokuLine => ({
  key: kase,
  dueOn: kase.dueOn,
  chargedYen: kase.chargedYen,
  receivedYen: kase.receivedYen,
  unpaidYen: kase.unpaidYen,
  feeYen: kase.feeYen,
  entaikinYen: kase.entaikinYen,
  reissue: kase.slipsBefore,
})
