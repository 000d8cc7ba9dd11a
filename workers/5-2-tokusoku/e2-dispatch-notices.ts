import { Type } from 'typebox'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { proposePull } from '#rules/tokusoku/propose-pull.ts'
import { defineBatchStep } from '#runtime/define-step.ts'
import { closed, Count, PlainDateText, RunId } from '#runtime/schema.ts'
import { factsHash, loadPrinted, type MadeNotice } from './data/load-printed.ts'
import { stagePrintFiles } from './data/stage-print-files.ts'

/** 督促状の発送: checks every released notice once more, then builds the print files without what changed since. */
export const dispatchNotices = defineBatchStep({
  id: '5-2-tokusoku/e2-dispatch-notices',
  officialName: '督促状の発送',
  functions: [],
  basis: ['[source: S18]'],
  input: Type.Object({ runId: RunId, asOf: PlainDateText, issueOn: PlainDateText }, closed),
  output: Type.Object({ releasedCount: Count, pulledCount: Count, printFileCount: Count }, closed),
  load: (input, ctx) => loadPrinted(ctx.read, { ...input, runId: ctx.runId }, ['released']),
  decide(notice: MadeNotice, run, options: TokusokuOptions) {
    if (notice.isDunned) return { notice, pull: 'A02' }
    if (factsHash(notice.now) === notice.releasedFacts) return { notice, pull: null }
    return { notice, pull: proposePull(notice.printed, notice.now, run, options)?.code ?? null }
  },
  persist: (verdicts, _, ctx) => stagePrintFiles(verdicts, ctx),
  summarise: (counts) => ({
    releasedCount: counts['released'] ?? 0,
    pulledCount: counts['pulled'] ?? 0,
    printFileCount: counts['files'] ?? 0,
  }),
})
