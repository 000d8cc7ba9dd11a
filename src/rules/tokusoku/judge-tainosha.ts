import type { Yen } from '#kernel/yen.ts'
import type { TokusokuOptions } from './options.ts'

/** One row of 滞納者一覧 with what became of it, as the file for the 広域連合 looks at it. */
export interface TainoshaCase {
  /** What 002 made of the row. */
  readonly verdict: '対象' | '除外' | '要確認'
  readonly reason: string | null
  /** State of its notice: 発送可, or why there is none. */
  readonly notice:
    | { readonly state: 'released'; readonly isIndividual: boolean }
    | { readonly state: 'none'; readonly reason: string | null }
  /** Principal still owed on the day the file is made. */
  readonly unpaidYen: Yen
  /** What 006 decided about an individually sent person in the version before. */
  readonly decision: '送付' | '非送付' | null
}

export interface TainoshaVerdict {
  readonly section: '送付' | '非送付'
  readonly status: '督促' | '猶予' | null
  readonly verdict: '対象' | '除外' | '要確認'
  /** Why the row is not in the file. */
  readonly reason: string | null
}

const left = (reason: string | null): TainoshaVerdict => ({ section: '非送付', status: null, verdict: '除外', reason })

/**
 * 滞納者情報の判定 (5.2 005): a released row that still owes principal → 督促; a row under 徴収猶予 (A01) → 猶予, by option; an
 * individually sent protected person waits for 006; a person paid since the release → 送付前完納. Sheet 5.2, 005.
 */
export function judgeTainosha(
  kase: TainoshaCase,
  options: Pick<TokusokuOptions, 'tainoshaIncludesYuyo'>,
): TainoshaVerdict {
  if (kase.verdict === '除外' && kase.reason === 'A01' && options.tainoshaIncludesYuyo)
    return kase.unpaidYen > 0n ? { section: '送付', status: '猶予', verdict: '対象', reason: null } : left('送付前完納')
  if (kase.notice.state !== 'released') return left(kase.notice.reason ?? kase.reason)
  if (kase.unpaidYen === 0n) return left('送付前完納')
  if (kase.notice.isIndividual && kase.decision !== '送付')
    return kase.decision === null
      ? { section: '非送付', status: null, verdict: '要確認', reason: '個別送付' }
      : left('個別送付')
  return { section: '送付', status: '督促', verdict: '対象', reason: null }
}
