import type { PlainDate } from '#kernel/plain-date.ts'
import { resolveTokusokuOptions, TOKUSOKU_OPTIONS } from '#rules/tokusoku/options.ts'
import { tokusokuWords } from './data/words.ts'
import type { FlowDefinition } from '#runtime/flow.ts'
import { identifyDelinquents } from './001-identify-delinquents.ts'
import { confirmDelinquents } from './002-confirm-delinquents.ts'
import { makeTokusokuNotices } from './003-make-tokusoku-notices.ts'
import { checkNotices } from './004-check-notices.ts'
import { makeTainoshaFile } from './005-make-tainosha-file.ts'
import { confirmTainoshaFile } from './006-confirm-tainosha-file.ts'
import { registerDispatchStep } from './007-register-dispatch.ts'
import { dispatchNotices } from './e2-dispatch-notices.ts'
import { cancelTokusoku } from './data/cancel.ts'
import { tokusokuCautions } from './data/cautions.ts'
import { planRun, runDefaults, tokusokuParams, type PinnedOptions } from './data/plan.ts'
import { openDocument } from './data/open-document.ts'
import { tainoshaByHand } from './data/tainosha-by-hand.ts'
import { tokusokuResults } from './data/results.ts'
import { tokusokuInvariants } from './invariants/index.ts'
import { delinquentList } from './lists/delinquents.ts'
import { noticeCheckList } from './lists/notice-check.ts'
import { tainoshaList } from './lists/tainosha.ts'
import { tokusokuReturns } from './returns/acts.ts'

/** 期限 of each human step, as the process variable that holds it. */
const DUE_ON: Readonly<Record<string, string>> = {
  '5-2-tokusoku/002-confirm-delinquents': 'confirmDueOn',
  '5-2-tokusoku/004-check-notices': 'issueOn',
  '5-2-tokusoku/006-confirm-tainosha-file': 'registerDueOn',
  '5-2-tokusoku/007-register-dispatch': 'registerDueOn',
}

/** What the forms start with beside the run's variables of the same name. */
const FORM_DEFAULTS: Readonly<
  Record<string, (variables: Readonly<Record<string, unknown>>, today: PlainDate) => Readonly<Record<string, unknown>>>
> = {
  '5-2-tokusoku/006-confirm-tainosha-file': (_, today) => ({ sentOn: today }),
  '5-2-tokusoku/007-register-dispatch': (variables) => ({
    issuedOn: variables['issueOn'],
    dispatchedCount: variables['releasedCount'],
  }),
}

/** 5.2 督促. */
export const tokusoku: FlowDefinition = {
  flow: '5-2-tokusoku',
  numberCode: '52',
  steps: [
    identifyDelinquents,
    confirmDelinquents,
    makeTokusokuNotices,
    checkNotices,
    dispatchNotices,
    makeTainoshaFile,
    confirmTainoshaFile,
    registerDispatchStep,
  ],
  worksheets: [delinquentList, noticeCheckList, tainoshaList],
  params: tokusokuParams,
  plan: planRun,
  optionDefinitions: TOKUSOKU_OPTIONS,
  options: (pinned, variables) =>
    resolveTokusokuOptions((pinned as PinnedOptions).versions, variables['issueOn'] as PlainDate), // as planRun stored them
  defaults: runDefaults,
  dueOn: (stepId, variables) => (variables[DUE_ON[stepId] ?? ''] as PlainDate | undefined) ?? null,
  cancel: (tx, runId) => cancelTokusoku(tx, runId),
  results: tokusokuResults,
  invariants: tokusokuInvariants,
  openDocument,
  returnedLetters: tokusokuReturns,
  cautions: tokusokuCautions,
  report: tainoshaByHand,
  words: tokusokuWords,
  formDefaults: (stepId, variables, today) => FORM_DEFAULTS[stepId]?.(variables, today) ?? {},
}
