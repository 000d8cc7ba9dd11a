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
      letters: await readReleased(ctx.tx, ctx.runId),
      printed: keptDates(ctx.variables),
      today: ctx.clock.today(),
    }
  },
  decide(kase, form, options: TokusokuOptions) {
    if (form.issuedOn > kase.today) throw new Fault('TASK-010', { reason: '発送した日', need: '本日以前の日' })
    const refusal = refuseIssuedOn(form.issuedOn, kase.printed, options)
    if (refusal !== null) throw new Fault(refusal)
    const letterOf = (noticeId: string): string => {
      const letter = kase.letters.get(noticeId)
      if (letter === undefined) throw new Fault('F52-11')
      return letter
    }
    const kept = new Map((form.undispatched ?? []).map((one) => [letterOf(one.noticeId), one.reason]))
    for (const one of form.returns ?? []) letterOf(one.noticeId)
    if (form.dispatchedCount + kept.size !== new Set(kase.letters.values()).size) throw new Fault('F52-11')
    // a letter stays in the house with all its 期割
    const rows = [...kase.letters].flatMap(([id, letter]) => {
      const reason = kept.get(letter)
      return reason === undefined ? [] : [[id, reason] as const]
    })
    return { undispatched: new Map(rows), options }
  },
  persist: (verdict, form, ctx) => registerDispatch(verdict, form, ctx),
  summarise: (_, __, issuedCount) => ({ issuedCount }),
})
