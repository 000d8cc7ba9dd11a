import { Type } from 'typebox'
import { Fault } from '#kernel/faults.ts'
import { FORMS } from '#processes/forms.generated.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { refuseIssuedOn } from '#rules/tokusoku/registration.ts'
import { defineHumanStep } from '#runtime/define-step.ts'
import { closed, Count } from '#runtime/schema.ts'
import { keptDates } from './data/run-params.ts'
import { readReleased, registerDispatch } from './data/register-dispatch.ts'

/** 督促発送情報登録: the history that is the truth, fees, clocks; wakes 催告 and 滞納処分. */
export const registerDispatchStep = defineHumanStep({
  id: '5-2-tokusoku/007-register-dispatch',
  officialName: '督促発送情報登録',
  functions: ['5.2.7'],
  basis: ['地方自治法 第231条の3第1項', '高齢者の医療の確保に関する法律 第160条'],
  input: FORMS['5-2-tokusoku/007-register-dispatch'],
  output: Type.Object({ issuedCount: Count }, closed),
  async load(_, ctx) {
    return {
      noticeIds: await readReleased(ctx.tx, ctx.runId),
      printed: keptDates(ctx.variables),
      today: ctx.clock.today(),
    }
  },
  decide(kase, form, options: TokusokuOptions) {
    const undispatched = new Map((form.undispatched ?? []).map((one) => [one.noticeId, one.reason]))
    if (form.issuedOn > kase.today) throw new Fault('TASK-010', { reason: '発送した日', need: '本日以前の日' })
    const refusal = refuseIssuedOn(form.issuedOn, kase.printed, options)
    if (refusal !== null) throw new Fault(refusal)
    for (const id of [...undispatched.keys(), ...(form.returns ?? []).map((one) => one.noticeId)])
      if (!kase.noticeIds.has(id)) throw new Fault('F52-11')
    if (form.dispatchedCount + undispatched.size !== kase.noticeIds.size) throw new Fault('F52-11')
    return { undispatched, options }
  },
  persist: (verdict, form, ctx) => registerDispatch(verdict, form, ctx),
  summarise: (_, __, issuedCount) => ({ issuedCount }),
})
