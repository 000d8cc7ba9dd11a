import { Type } from 'typebox'
import { Fault } from '#kernel/faults.ts'
import { FORMS } from '#processes/forms.generated.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { defineHumanStep } from '#runtime/define-step.ts'
import { closed, Count, Decision } from '#runtime/schema.ts'
import { tallyOf } from '#runtime/worksheet/review.ts'
import { RunDateVariables } from './data/dates.ts'
import { delinquentMarks } from './data/mark-rules.ts'
import { dateFacts, newDates, storeLateReason } from './data/new-dates.ts'
import { isOutlier, previousTargetCount } from './data/previous-run.ts'
import { keptDates } from './data/run-params.ts'

/** 督促・滞納者確認: every 要確認 is decided; NG goes back to 001 with new dates. */
export const confirmDelinquents = defineHumanStep({
  id: '5-2-tokusoku/002-confirm-delinquents',
  officialName: '督促・滞納者確認',
  functions: ['5.2.2'],
  basis: [],
  input: FORMS['5-2-tokusoku/002-confirm-delinquents'],
  output: Type.Object(
    {
      decision: Decision,
      ...RunDateVariables,
      targetCount: Count,
      reviewCount: Count,
      excludedCount: Count,
      // set here so that every gateway behind reads a number on every path
      noticeCount: Count,
      unprintableCount: Count,
      releasedCount: Count,
      pulledCount: Count,
      printFileCount: Count,
      issuedCount: Count,
    },
    closed,
  ),
  worksheet: 'delinquents',
  marks: delinquentMarks,
  async load(_, ctx) {
    return {
      tally: await tallyOf(ctx.tx, ctx.worksheetId ?? 0n),
      previousTarget: await previousTargetCount(ctx.tx, ctx.runId),
      dates: await dateFacts(ctx.tx, ctx.variables, ctx.clock.today()),
      kept: keptDates(ctx.variables),
    }
  },
  decide(kase, form, options: TokusokuOptions) {
    if (form.decision === 'redo') return { ...kase.tally, dates: newDates(form, kase.dates, options) }
    if (kase.tally.review > 0) throw new Fault('F52-06', { n: kase.tally.review })
    if (isOutlier(kase.tally.target, kase.previousTarget, options) && !form.acknowledged?.includes('outlierCount'))
      throw new Fault('TASK-010', { reason: '対象件数の差', need: '見たことの確認' })
    return { ...kase.tally, dates: kase.kept }
  },
  persist: (_, form, ctx) => storeLateReason(ctx, form),
  summarise: (verdict, form) => ({
    decision: form.decision,
    ...verdict.dates,
    targetCount: verdict.target,
    reviewCount: verdict.review,
    excludedCount: verdict.excluded,
    noticeCount: 0,
    unprintableCount: 0,
    releasedCount: 0,
    pulledCount: 0,
    printFileCount: 0,
    issuedCount: 0,
  }),
})
