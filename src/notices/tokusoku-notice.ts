import type { PlainDate } from '#kernel/plain-date.ts'
import type { Yen } from '#kernel/yen.ts'
import type { SpellingDecision } from '#rules/names/printed-spelling.ts'
import type { Addressee } from '#rules/tokusoku/choose-addressee.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'

/** 期割の一行: what is demanded of one instalment, with a slip of its own. */
export interface TokusokuLine {
  readonly key: {
    readonly fukaYear: number
    readonly choteiYear: number
    readonly tsuchishoNo: string
    readonly period: string
  }
  readonly dueOn: PlainDate
  readonly chargedYen: Yen
  readonly receivedYen: Yen
  readonly unpaidYen: Yen
  readonly feeYen: Yen
  readonly entaikinYen: Yen
  /** 再発行区分: slips of this instalment issued before. */
  readonly reissue: number
  /** 納付番号 and 確認番号 when the municipality uses MPN. */
  readonly mpn?: { readonly paymentNo: string; readonly confirmNo: string }
}

/** One row 対象 of the approved worksheet, with who gets the letter. */
export interface TokusokuNotice extends TokusokuLine {
  /** 発行番号, as it is printed. */
  readonly noticeNo: string
  /** Further instalments of the person on the same sheet (`noticeUnit` = person), in their order; `MOST_LINES` with the first. */
  readonly others?: readonly TokusokuLine[]
  readonly insuredNo: string
  readonly insuredName: string
  readonly addressee: Addressee
  readonly run: { readonly asOf: PlainDate; readonly issueOn: PlainDate; readonly designatedOn: PlainDate }
  /** 代替表記 decided for the person. */
  readonly spellings?: readonly SpellingDecision[]
  /** The day whose spellings count, when it is not the 発送日: of a 再発送. */
  readonly spelledOn?: PlainDate
}

/** Lines of one sheet at most: as many as take no more room than the tables of a letter about one instalment. */
export const MOST_LINES = 6

/** 再発行区分 has one digit: beyond it the slip goes without barcode. */
export const MAX_REISSUE = 9

export const sumYen = (yens: readonly Yen[]): Yen => yens.reduce((total, yen) => total + yen, 0n)

/** What the letter demands of a line. */
export const owedYen = (line: TokusokuLine): Yen => line.unpaidYen + line.feeYen + line.entaikinYen

/** 納付書の金額 of a line: 延滞金 only by the ordinance. */
export const slipYenOf = (line: TokusokuLine, options: Pick<TokusokuOptions, 'slipIncludesEntaikin'>): Yen =>
  line.unpaidYen + line.feeYen + (options.slipIncludesEntaikin ? line.entaikinYen : 0n)

/** 「第1期」, 「随時(81)」. */
export const periodText = (period: string): string =>
  Number(period) <= 12 ? `第${Number(period)}期` : `随時(${period})`
