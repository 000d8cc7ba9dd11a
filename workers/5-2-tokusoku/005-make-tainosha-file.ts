import { Type } from 'typebox'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { defineBatchStep } from '#runtime/define-step.ts'
import { closed, Count, RunId, Version } from '#runtime/schema.ts'
import { judgeTainosha } from '#rules/tokusoku/judge-tainosha.ts'
import { loadTainoshaCases, type TainoshaRowCase } from './data/load-tainosha-cases.ts'
import { stageTainosha } from './data/stage-tainosha.ts'

/** 広域連合送付滞納者情報作成: every row of the list is either a line of the file or in 非送付一覧 with its reason. */
export const makeTainoshaFile = defineBatchStep({
  id: '5-2-tokusoku/005-make-tainosha-file',
  officialName: '広域連合送付滞納者情報作成',
  functions: ['5.2.7'],
  basis: [],
  input: Type.Object({ runId: RunId }, closed),
  output: Type.Object({ fileId: RunId, fileVersion: Version, fileCount: Count }, closed),
  load: (_, ctx) => loadTainoshaCases(ctx),
  decide: (kase: TainoshaRowCase, _, options: TokusokuOptions) => ({ kase, judged: judgeTainosha(kase, options) }),
  persist: (verdicts, _, ctx) => stageTainosha(verdicts, ctx),
  summarise: (made) => made,
})
