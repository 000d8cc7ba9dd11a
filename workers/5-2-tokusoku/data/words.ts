import {
  EXCLUDE_REASONS,
  FLAGS,
  PULL_REASONS,
  type ReasonEntry,
  RESEND_REASONS,
  RETURN_END_REASONS,
  RETURN_REASONS,
  UNPRINTABLE_REASONS,
  VERDICT_REASONS,
} from '#rules/tokusoku/reasons.ts'
import type { FlowWords } from '#runtime/flow.ts'

const labels = (catalogue: Readonly<Record<string, ReasonEntry>>): Record<string, string> =>
  Object.fromEntries(Object.entries(catalogue).map(([code, { label }]) => [code, label]))

/** 理由と注意の言い方. 転出 of a protected person is a protected fact (sheet 1.1 §2.2). */
export const tokusokuWords: FlowWords = {
  reasons: {
    ...labels(VERDICT_REASONS),
    ...labels(EXCLUDE_REASONS),
    ...labels(UNPRINTABLE_REASONS),
    ...labels(PULL_REASONS),
    ...labels(RESEND_REASONS),
    ...labels(RETURN_REASONS),
    ...labels(RETURN_END_REASONS),
  },
  flags: {
    ...FLAGS,
    個別送付: '個別送付',
    個別作成: '発行不能を直すなどして個別に作成しました',
    連記: '同じ印刷番号の期別と一通に印字します',
  },
  guardedFlags: ['F-転'],
}
