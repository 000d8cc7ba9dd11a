import type { StepContracts, StepId } from '#processes/contracts.generated.ts'
import type { HumanContext, MarkRules } from './human-context.ts'
import type { AnyObject, Of } from './schema.ts'
import type { AutomaticStep, Counts, FourEyes, HumanStep, MadeAlone, Staged, StepContext } from './step.ts'
import type { Tx } from '#db/database.ts'
import { inSlices } from './in-slices.ts'

interface Common<Id extends StepId, I extends AnyObject, O extends AnyObject> {
  /** Path of the file under `workers/`, and the job type in the model. */
  readonly id: Id
  /** 工程名, character by character as in the model. */
  readonly officialName: StepContracts[Id]['name']
  /** 機能要件 numbers of the standard. */
  readonly functions: readonly string[]
  /** Statute, ordinance or source. */
  readonly basis: readonly string[]
  readonly input: I
  readonly output: O
}

/**
 * 自動 step about one case: `load` reads, `decide` is pure, `persist` writes inside the final transaction,
 * `summarise` gives the process variables.
 */
export function defineStep<Id extends StepId, I extends AnyObject, O extends AnyObject, Case, Verdict, Options>(
  step: Common<Id, I, O> & {
    load(input: Of<I>, ctx: StepContext): Promise<Case>
    decide(kase: Case, input: Of<I>, options: Options): Verdict
    persist(verdict: Verdict, input: Of<I>, tx: Tx, ctx: StepContext): Promise<void>
    summarise(verdict: Verdict, input: Of<I>): Of<O>
  },
): AutomaticStep {
  return {
    ...describe(step),
    shape: 'step',
    async stage(raw, ctx) {
      const input = raw as Of<I> // the runner has checked it against step.input
      const verdict = step.decide(await step.load(input, ctx), input, ctx.options as Options) // pinned by the flow
      return {
        async finish(tx) {
          await step.persist(verdict, input, tx, ctx)
          return step.summarise(verdict, input)
        },
      }
    },
  }
}

/**
 * 自動 step over a population: `load` gives pages of cases, `decide` judges one case and is pure, `persist` is a sink
 * that stages the verdicts, `summarise` turns its counts into process variables.
 */
export function defineBatchStep<
  Id extends StepId,
  I extends AnyObject,
  O extends AnyObject,
  Case,
  Verdict,
  Options,
  Made = Counts,
>(
  step: Common<Id, I, O> & {
    load(input: Of<I>, ctx: StepContext): AsyncIterable<readonly Case[]>
    decide(kase: Case, input: Of<I>, options: Options): Verdict
    persist(verdicts: AsyncIterable<readonly Verdict[]>, input: Of<I>, ctx: StepContext): Promise<Staged<Made>>
    summarise(made: Made, input: Of<I>): Of<O>
  },
): AutomaticStep {
  return {
    ...describe(step),
    shape: 'batch',
    async stage(raw, ctx) {
      const input = raw as Of<I> // the runner has checked it against step.input
      const options = ctx.options as Options // pinned by the flow
      async function* judged(): AsyncGenerator<readonly Verdict[]> {
        for await (const page of step.load(input, ctx))
          yield await inSlices(page, (kase) => step.decide(kase, input, options))
      }
      const staged = await step.persist(judged(), input, ctx)
      return { finish: async (tx) => step.summarise(await staged.finish(tx), input) }
    },
  }
}

/**
 * 確認/操作/判断 step: a person decides. `input` is the form; `load` reads what the decision hangs on, `decide` is pure
 * and throws a Fault when the decision is refused, `persist` writes (and may give counts of what it wrote), `summarise`
 * gives the process variables.
 */
export function defineHumanStep<
  Id extends StepId,
  I extends AnyObject,
  O extends AnyObject,
  Case,
  Verdict,
  Options,
  Saved,
>(
  step: Common<Id, I, O> & {
    /** Kind of the review list; `prepare` builds it, else an earlier step has. */
    readonly worksheet?: string
    prepare?(ctx: StepContext): Promise<Staged>
    readonly marks?: MarkRules
    readonly fourEyes?: FourEyes
    /** 個別作成 for rows of the list; their list is built again afterwards. */
    makeAlone?(rowNos: readonly number[], ctx: HumanContext): Promise<MadeAlone>
    load(form: Of<I>, ctx: HumanContext): Promise<Case>
    decide(kase: Case, form: Of<I>, options: Options): Verdict
    persist(verdict: Verdict, form: Of<I>, ctx: HumanContext): Promise<Saved>
    summarise(verdict: Verdict, form: Of<I>, saved: Saved): Of<O>
  },
): HumanStep {
  return {
    ...describe(step),
    shape: 'human',
    worksheet: step.worksheet ?? null,
    marks: step.marks ?? null,
    fourEyes: step.fourEyes ?? null,
    prepare: step.prepare?.bind(step) ?? null,
    makeAlone: step.makeAlone?.bind(step) ?? null,
    async judge(raw, ctx) {
      const form = raw as Of<I> // the runner has checked it against step.input
      const verdict = step.decide(await step.load(form, ctx), form, ctx.options as Options) // pinned by the flow
      return async () => step.summarise(verdict, form, await step.persist(verdict, form, ctx))
    },
  }
}

const describe = <S extends Common<StepId, AnyObject, AnyObject>>(step: S) => ({
  id: step.id,
  officialName: step.officialName,
  functions: step.functions,
  basis: step.basis,
  input: step.input,
  output: step.output,
})
