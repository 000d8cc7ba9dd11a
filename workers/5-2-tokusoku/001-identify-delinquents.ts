import { Type } from 'typebox'
import { judgeDelinquency } from '#rules/tokusoku/judge-delinquency.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { defineBatchStep } from '#runtime/define-step.ts'
import { closed, Count, PlainDateText, RunId, Version } from '#runtime/schema.ts'
import { loadCases, type TokusokuCase } from './data/load-cases.ts'
import { stageDelinquents } from './data/stage-delinquents.ts'
import { readRunParams } from './data/run-params.ts'

/** 滞納者把握: every unpaid 普徴 instalment of the 納期限 (and 取残し) gets one row with its verdict. */
export const identifyDelinquents = defineBatchStep({
  id: '5-2-tokusoku/001-identify-delinquents',
  officialName: '滞納者把握',
  functions: ['5.2.1'],
  basis: ['地方自治法 第231条の3第1項'],
  input: Type.Object({ runId: RunId, dueOn: PlainDateText, asOf: PlainDateText, issueOn: PlainDateText }, closed),
  output: Type.Object(
    {
      worksheetVersion: Version,
      delinquentCount: Count,
      targetCount: Count,
      reviewCount: Count,
      excludedCount: Count,
    },
    closed,
  ),
  async *load(input, ctx) {
    yield* loadCases(ctx, { ...input, ...(await readRunParams(ctx.read, ctx.runId)) })
  },
  decide: (kase: TokusokuCase, run, options: TokusokuOptions) => ({
    kase,
    judged: judgeDelinquency(kase, run, options),
  }),
  persist: (verdicts, input, ctx) => stageDelinquents(verdicts, input, ctx),
  summarise: (counts) => ({
    worksheetVersion: counts['version'] ?? 0,
    delinquentCount: counts['rows'] ?? 0,
    targetCount: counts['対象'] ?? 0,
    reviewCount: counts['要確認'] ?? 0,
    excludedCount: counts['除外'] ?? 0,
  }),
})
