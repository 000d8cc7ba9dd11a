import { Fault } from '#kernel/faults.ts'
import {
  EXCLUDE_REASONS,
  PULL_REASONS,
  VERDICT_REASONS,
  type ReasonEntry,
  type VerdictCode,
} from '#rules/tokusoku/reasons.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { UNDECLINABLE } from '#rules/tokusoku/propose-pull.ts'
import type { Mark, MarkAction, MarkedRow, MarkReason, MarkRules, TaskUser } from '#runtime/human-context.ts'

const reasonsOf = (catalogue: Readonly<Record<string, ReasonEntry>>, action: MarkAction): MarkReason[] =>
  Object.entries(catalogue).map(([code, entry]) => ({
    code,
    label: entry.label,
    action,
    role: entry.by === '係長' ? 'kakaricho' : null,
    needsNote: entry.noteMin,
    needsFollowUp: entry.needsFollowUpOn,
  }))

/** 002: 除外 with a reason of the closed list; 対象に戻す where the table of 001 allows it. */
export const delinquentMarks: MarkRules = {
  actions: ['exclude', 'include', 'note'],
  reasons: reasonsOf(EXCLUDE_REASONS, 'exclude'),
  tellProtected: (options) =>
    (options as TokusokuOptions).dvIndividualNotice // pinned by this flow
      ? '係長が対象に戻すと、督促状は一括の印刷ファイルに入れず、送付先だけを使う「個別送付」の印刷ファイルに分けます。個別送付は係長だけが受け取れます。'
      : '条例等の設定で個別送付をしないため、係長が対象に戻しても督促状は作れません(発行不能「抑止対象」)。',
  check(row, mark, user) {
    if (mark.action === 'include') checkReinclude(row, user)
  },
}

function checkReinclude(row: MarkedRow, user: TaskUser): void {
  for (const code of [row.reason, ...row.otherReasons]) {
    if (code === null || !(code in VERDICT_REASONS)) continue
    const { reinclude } = VERDICT_REASONS[code as VerdictCode] // checked on the line above
    if (code === 'A02') throw new Fault('F52-05')
    if (reinclude === 'never' || reinclude === 'redoOnly') throw new Fault('F52-15', { reason: code })
    if (reinclude === '係長' && !user.roles.includes('kakaricho')) throw new Fault('TASK-011', { reason: code })
  }
}

/** 004: 引抜き by proposal or by hand (P08, P99); 発送に戻す except where nothing is owed any more or 抑止 came. */
export const noticeMarks: MarkRules = {
  actions: ['pull', 'unpull', 'note'],
  reasons: reasonsOf(PULL_REASONS, 'pull'),
  check(row, mark) {
    if (mark.action === 'note') return
    if (isUnprintable(row)) throw new Fault('F52-44', { reason: row.reason ?? '' })
    const fixed = [row.reason, ...row.otherReasons].find((code) => code !== null && UNDECLINABLE.includes(code))
    if (mark.action === 'unpull' && fixed) throw new Fault('F52-15', { reason: fixed })
    if (mark.action === 'pull') checkPull(row, mark)
  },
}

const isUnprintable = (row: MarkedRow): boolean => row.reason !== null && !row.reason.startsWith('P')

function checkPull(row: MarkedRow, mark: Mark): void {
  const byHand = mark.reason === 'P08' || mark.reason === 'P99'
  if (!byHand && mark.reason !== row.reason) throw new Fault('TASK-009', { reason: mark.reason ?? '(なし)' })
}

/** 006: an individually sent person is decided by hand; everything else follows from the run. */
export const tainoshaMarks: MarkRules = {
  actions: ['include', 'exclude', 'note'],
  reasons: [],
  check(row, mark) {
    if (mark.action !== 'note' && row.reason !== '個別送付') throw new Fault('F52-45')
  },
}
