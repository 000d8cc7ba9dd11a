import type { Tone } from '#web/ui/badge.tsx'
import type { IconName } from '#web/ui/icon.tsx'
import type { MarkAction } from '../marks.ts'

export interface VerdictWord {
  readonly word: string
  readonly tone: Tone
  readonly icon: IconName
  readonly isBare?: boolean
}

export interface MarkWord {
  readonly action: MarkAction
  /** 「除外する」 */
  readonly verb: string
  /** 「除外」 */
  readonly noun: string
}

/** How a kind of review list speaks and looks; what it holds comes from the server. */
export interface KindLook {
  /** 「滞納者」 */
  readonly noun: string
  readonly counter: '件' | '通'
  /** 「把握した滞納」 and 「督促の対象」 of the sums. */
  readonly whole: string
  readonly rest: string
  readonly verdicts: Readonly<Record<string, VerdictWord>>
  /** Where the chip of a 判定 holds more than its word says. */
  readonly chips?: Readonly<Record<string, string>>
  readonly out: MarkWord | null
  readonly back: MarkWord | null
  /** Columns to show first, by name, with their width in rem; the others follow. */
  readonly columns: readonly (readonly [name: string, width: number])[]
  /** Columns whose content stands elsewhere. */
  readonly hidden: readonly string[]
  /** 内訳 can be asked for. */
  readonly hasBreakdown?: boolean
  /** The right side shows the paper of the row (紙面). */
  readonly hasPaper: boolean
  /** The list is what a file holds: the file stands above it. */
  readonly hasFile?: boolean
}
