import { Type } from 'typebox'
import { defineBatchStep } from '#runtime/define-step.ts'
import { closed, Count, PlainDateText, RunId, Version } from '#runtime/schema.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { letterCases } from './data/letters.ts'
import { noticeCases } from './data/load-notice-cases.ts'
import { makeLetters } from './data/make-notice.ts'
import { stageNotices } from './data/stage-notices.ts'

/** 督促状・納付書作成: a notice for each 対象 (or one for all of a person, by 督促状の単位), or the reason why it cannot be made. Paper comes only after the release. */
export const makeTokusokuNotices = defineBatchStep({
  id: '5-2-tokusoku/003-make-tokusoku-notices',
  officialName: '督促状・納付書作成',
  functions: ['5.2.3', '5.2.4'],
  basis: ['地方自治法 第231条の3第1項'],
  input: Type.Object(
    { runId: RunId, asOf: PlainDateText, issueOn: PlainDateText, designatedOn: PlainDateText },
    closed,
  ),
  output: Type.Object({ noticeVersion: Version, noticeCount: Count, unprintableCount: Count }, closed),
  load(input, ctx) {
    const { noticeUnit } = ctx.options as TokusokuOptions // pinned by this flow
    return letterCases(noticeCases(ctx.read, ctx.runId, input), noticeUnit)
  },
  decide: makeLetters,
  persist: (verdicts, input, ctx) => stageNotices(verdicts, input, ctx),
  summarise: (counts) => ({
    noticeVersion: counts['version'] ?? 0,
    noticeCount: counts['made'] ?? 0,
    unprintableCount: counts['unprintable'] ?? 0,
  }),
})
