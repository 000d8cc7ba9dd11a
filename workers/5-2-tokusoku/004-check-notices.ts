import { Type } from 'typebox'
import { Fault } from '#kernel/faults.ts'
import { FORMS } from '#processes/forms.generated.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { defineHumanStep } from '#runtime/define-step.ts'
import { closed, Count, Decision } from '#runtime/schema.ts'
import { tallyOf } from '#runtime/worksheet/review.ts'
import { RunDateVariables } from './data/dates.ts'
import { letterOf } from './data/letters.ts'
import { makeAlone } from './data/make-alone.ts'
import { noticeMarks } from './data/mark-rules.ts'
import { dateFacts, newDates, storeLateReason } from './data/new-dates.ts'
import { hasNewerMovement, hasUnlisted, lapseNotices, releaseNotices, tornLetters } from './data/release.ts'
import { keptDates } from './data/run-params.ts'
import { stageNoticeCheck } from './data/stage-notice-check.ts'

/** 督促状・納付書作成対象者確認: 引抜き, then the release by a second person; nothing leaves the house without it. */
export const checkNotices = defineHumanStep({
  id: '5-2-tokusoku/004-check-notices',
  officialName: '督促状・納付書作成対象者確認',
  functions: ['5.2.5', '5.2.6'],
  basis: [],
  input: FORMS['5-2-tokusoku/004-check-notices'],
  output: Type.Object({ decision: Decision, ...RunDateVariables, releasedCount: Count, pulledCount: Count }, closed),
  worksheet: 'notice-check',
  prepare: stageNoticeCheck,
  marks: noticeMarks,
  makeAlone,
  fourEyes: {
    decision: 'ok',
    notCompleterOf: ['5-2-tokusoku/002-confirm-delinquents'],
    fault: 'F52-07',
    mayPropose: (user) => user.roles.includes('tantou') || user.roles.includes('kakaricho'),
    mayRelease: (user) => user.roles.includes('kakaricho'),
  },
  async load(_, ctx) {
    const worksheetId = ctx.worksheetId ?? 0n
    return {
      tally: await tallyOf(ctx.tx, worksheetId),
      hasNewerMovement: await hasNewerMovement(ctx.tx, worksheetId),
      torn: await tornLetters(ctx.tx, ctx.runId, worksheetId),
      hasUnlisted: await hasUnlisted(ctx.tx, ctx.runId, worksheetId),
      dates: await dateFacts(ctx.tx, ctx.variables, ctx.clock.today()),
      kept: keptDates(ctx.variables),
    }
  },
  decide(kase, form, options: TokusokuOptions) {
    if (form.decision === 'recheck') return newDates(form, kase.dates, options)
    if (form.decision === 'redo') return kase.kept
    if (kase.tally.review > 0) throw new Fault('F52-08', { n: kase.tally.review })
    if (kase.kept.issueOn < kase.dates.today) throw new Fault('F52-10')
    if (kase.hasNewerMovement) throw new Fault('F52-09')
    if (kase.hasUnlisted) throw new Fault('F52-42')
    if (kase.torn.length > 0) throw new Fault('F52-43', { printNo: kase.torn.join('、') })
    return kase.kept
  },
  async persist(dates, form, ctx) {
    if (form.decision === 'recheck') await lapseNotices(ctx.tx, ctx.runId)
    if (form.decision === 'ok') await releaseNotices(ctx.tx, ctx.runId, ctx.worksheetId ?? 0n, ctx.clock)
    await storeLateReason(ctx, form)
    return ctx.tx.one<{ released: number; pulled: number }>(
      `select (count(distinct ${letterOf('n')}) filter (where state = 'released'))::int as released,
         (count(distinct ${letterOf('n')}) filter (where state = 'pulled'))::int as pulled
       from notices n where run_id = $1`,
      [ctx.runId],
    )
  },
  summarise: (dates, form, saved) => ({
    decision: form.decision,
    ...dates,
    releasedCount: saved.released,
    pulledCount: saved.pulled,
  }),
})
