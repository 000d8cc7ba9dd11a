import { Type } from 'typebox'
import { Fault } from '#kernel/faults.ts'
import { FORMS } from '#processes/forms.generated.ts'
import { defineHumanStep } from '#runtime/define-step.ts'
import { closed, Decision } from '#runtime/schema.ts'
import { tallyOf } from '#runtime/worksheet/review.ts'
import { tainoshaMarks } from './data/mark-rules.ts'
import { countNotYetInFile, readMadeFile, recordSending } from './data/tainosha-sending.ts'

/** 広域連合送付滞納者確認: the file is checked against its list once more, and its sending recorded once. */
export const confirmTainoshaFile = defineHumanStep({
  id: '5-2-tokusoku/006-confirm-tainosha-file',
  officialName: '広域連合送付滞納者確認',
  functions: ['5.2.8'],
  basis: [],
  input: FORMS['5-2-tokusoku/006-confirm-tainosha-file'],
  output: Type.Object({ decision: Decision }, closed),
  worksheet: 'tainosha',
  marks: tainoshaMarks,
  async load(_, ctx) {
    const worksheetId = ctx.worksheetId ?? 0n
    return {
      tally: await tallyOf(ctx.tx, worksheetId),
      notYetInFile: await countNotYetInFile(ctx.tx, worksheetId),
      file: await readMadeFile(ctx.tx, ctx.runId),
      today: ctx.clock.today(),
    }
  },
  decide(kase, form) {
    if (form.decision === 'redo') {
      if (form.reason === 'S99' && (form.comment?.trim().length ?? 0) < 5)
        throw new Fault('TASK-010', { reason: 'S99', need: '5字以上のコメント' })
      return
    }
    if (kase.tally.review > 0) throw new Fault('F52-06', { n: kase.tally.review })
    if (kase.notYetInFile > 0) throw new Fault('F52-16', { n: kase.notYetInFile })
    if (kase.file.lines !== kase.file.listed || kase.file.sumYen !== kase.file.listedYen || kase.file.badLines > 0n)
      throw new Fault('F52-17')
    if ((form.sentOn ?? '') > kase.today) throw new Fault('TASK-010', { reason: '送付した日', need: '本日以前の日' })
  },
  persist: (_, form, ctx) => recordSending(ctx, form),
  summarise: (_, form) => ({ decision: form.decision }),
})
