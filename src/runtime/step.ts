import type { Clock } from '#kernel/clock.ts'
import type { Database, Tx } from '#db/database.ts'
import type { StepId } from '#processes/contracts.generated.ts'
import type { FileStore } from './file-store.ts'
import type { HumanContext, MarkRules, TaskUser } from './human-context.ts'
import type { AnyObject } from './schema.ts'

/** 件数 by name, as a step counts them. */
export type Counts = Readonly<Record<string, number>>

/** What a running automatic step may use. Reads go through `read`, one snapshot for the whole step. */
export interface StepContext {
  readonly runId: string
  readonly stepRunId: string
  readonly stepId: StepId
  /** Fencing number: rows written for an older attempt are void. */
  readonly attempt: number
  /** A read-only snapshot; postings up to `postingNumber` are in it. */
  readonly read: Tx
  /** Staging writes, each in its own short transaction; nothing of them is visible before `finish`. */
  readonly db: Database
  readonly postingNumber: bigint
  readonly options: unknown
  readonly clock: Clock
  readonly files: FileStore
  /** 件数・残り・失敗 for the screen. */
  progress(phase: string, done: number, total?: number, failed?: number): Promise<void>
}

/** Work that is written but not yet visible. `finish` makes it so, inside the step's final transaction. */
export interface Staged<Result = Counts> {
  finish(tx: Tx): Promise<Result>
}

interface StepBase {
  readonly id: StepId
  readonly officialName: string
  readonly functions: readonly string[]
  readonly basis: readonly string[]
  readonly input: AnyObject
  readonly output: AnyObject
}

/** A 自動 step as the runner sees it: stage outside, finish inside the final transaction. */
export interface AutomaticStep extends StepBase {
  readonly shape: 'step' | 'batch'
  stage(input: unknown, ctx: StepContext): Promise<Staged<object>>
}

/** A 確認/操作/判断 step as the runner sees it. */
export interface HumanStep extends StepBase {
  readonly shape: 'human'
  /** Kind of the review list that is shown, if any. */
  readonly worksheet: string | null
  readonly marks: MarkRules | null
  readonly fourEyes: FourEyes | null
  /** Builds the list of this step, or null when it shows one that an earlier step made. */
  readonly prepare: ((ctx: StepContext) => Promise<Staged>) | null
  /** 個別作成: makes what an earlier step could not make for these rows of the list; null where a list has no such rows. */
  readonly makeAlone: ((rowNos: readonly number[], ctx: HumanContext) => Promise<MadeAlone>) | null
  /** Throws the refusal of a decision; what it returns writes the decision and gives the process variables. */
  judge(form: unknown, ctx: HumanContext): Promise<() => Promise<object>>
}

/** What 個別作成 made, and what still cannot be made for which reason. */
export interface MadeAlone {
  readonly made: readonly { readonly rowNo: number }[]
  readonly still: readonly { readonly rowNo: number; readonly reason: string }[]
}

/** 二人の確認: which decision needs a second person, and whose work of this run keeps one from being it. */
export interface FourEyes {
  readonly decision: string
  /** Steps whose completer may not release. */
  readonly notCompleterOf: readonly StepId[]
  readonly fault: 'F52-07'
  mayPropose(user: TaskUser): boolean
  mayRelease(user: TaskUser): boolean
}

export type StepDefinition = AutomaticStep | HumanStep
