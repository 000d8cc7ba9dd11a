import type { Clock } from '#kernel/clock.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import type { Sql, Tx } from '#db/database.ts'
import type { OptionDefinition } from '#rules/options.ts'
import type { FlowId } from '#processes/contracts.generated.ts'
import type { Caution } from './caution.ts'
import type { RuntimeDeps } from './deps.ts'
import type { ReportByHand } from './report.ts'
import type { ReturnedLetters } from './returned-letters.ts'
import type { AnyObject } from './schema.ts'
import type { Counts, StepDefinition } from './step.ts'
import type { WorksheetKind } from './worksheet/kind.ts'
import type { RunInvariant } from './check-run.ts'

/** What a run starts with, after its parameters were checked and completed. */
export interface RunPlan {
  readonly title: string
  readonly fiscalYear: number
  /** The parameters with their defaults filled in. */
  readonly params: object
  /** Ordinance options in force, pinned: a later change never alters this run. */
  readonly options: object
  /** First process variables: ids, dates, counts, decisions. */
  readonly variables: object
  /** 始める前に知ること: it may be started all the same. */
  readonly cautions?: readonly Caution[]
}

/** A PDF that may be handed out now. */
export interface OpenedDocument {
  readonly runId: string
  /** File name when saved. */
  readonly name: string
  /** What the journal and a person call it: 「督促状の印刷ファイル1 第1版」. */
  readonly title: string
  readonly pdf: Buffer
  /** Insured persons the document speaks of, for the read event. */
  readonly insuredIds: readonly bigint[]
  /** Names what 支援措置 keeps secret (個別送付): for a 係長 only, as in 被保険者照会. */
  readonly isGuarded: boolean
}

/** 用語: what the codes of a flow are called on a screen. */
export interface FlowWords {
  readonly reasons: Readonly<Record<string, string>>
  readonly flags: Readonly<Record<string, string>>
  /** Flags that are left out for a person under 抑止. */
  readonly guardedFlags: readonly string[]
}

/** One official flow: its steps in order, its lists, and what is special about its runs. */
export interface FlowDefinition {
  readonly flow: FlowId
  /** 「52」 of a 処理番号 R8-52-0011. */
  readonly numberCode: string
  readonly steps: readonly StepDefinition[]
  readonly worksheets: readonly WorksheetKind[]
  readonly params: AnyObject
  /** Checks and completes the parameters; throws a Fault. */
  plan(params: unknown, tx: Tx, clock: Clock): Promise<RunPlan>
  /** 条例等の設定: what a municipality may set for this flow; left out: nothing. */
  readonly optionDefinitions?: Readonly<Record<string, OptionDefinition>>
  /** The pinned options as the steps' pure rules take them. */
  options(pinned: unknown, variables: Readonly<Record<string, unknown>>): unknown
  /** The parameters a form starts with; `hint` holds what the person has chosen so far. */
  defaults(sql: Sql, clock: Clock, hint: Readonly<Record<string, unknown>>): Promise<object>
  /** 期限 of a human step, from the run's variables. */
  dueOn(stepId: string, variables: Readonly<Record<string, unknown>>): PlainDate | null
  /** Throws the flow's Fault when the run can no longer be cancelled, else frees what it holds. */
  cancel(tx: Tx, runId: string, clock: Clock): Promise<void>
  /** The counts a finished or running run shows. */
  results(sql: Sql, runId: string): Promise<Counts>
  /** A document by its id, checked once more before it leaves; null when it is none of this flow. Throws the flow's refusal. */
  openDocument?(deps: RuntimeDeps, documentId: string): Promise<OpenedDocument | null>
  /** 返戻とその後 of the letters this flow sends. */
  readonly returnedLetters?: ReturnedLetters
  /** 送付ファイルの次の版 by hand, after the run's own steps. */
  readonly report?: ReportByHand
  /** 気をつけること of a run. */
  cautions?(sql: Sql, runId: string): Promise<readonly Caution[]>
  /** 検算: what must hold at a run's end, in the sheet's numbers. */
  readonly invariants?: readonly RunInvariant[]
  /** Left out: codes are shown as they are. */
  readonly words?: FlowWords
  /** What a step's form starts with beside the run's variables of the same name. */
  formDefaults?(
    stepId: string,
    variables: Readonly<Record<string, unknown>>,
    today: PlainDate,
  ): Readonly<Record<string, unknown>>
}
