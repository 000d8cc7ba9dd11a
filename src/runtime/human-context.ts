import type { Clock } from '#kernel/clock.ts'
import type { Tx } from '#db/database.ts'
import type { PlainDate } from '#kernel/plain-date.ts'

/** Who acts. `staffId` is the person: four-eyes compares persons, never logins. */
export interface TaskUser {
  readonly userId: bigint
  readonly staffId: bigint
  readonly login: string
  readonly name: string
  readonly roles: readonly string[]
  readonly terminal: string
}

/** What the decision of a person may use: everything inside one short transaction. */
export interface HumanContext {
  readonly tx: Tx
  readonly runId: string
  readonly taskId: string
  readonly stepRunId: string
  readonly worksheetId: bigint | null
  /** The run's process variables as PostgreSQL knows them. */
  readonly variables: Readonly<Record<string, unknown>>
  readonly options: unknown
  readonly user: TaskUser
  readonly clock: Clock
}

export type MarkAction = 'exclude' | 'include' | 'pull' | 'unpull' | 'note'

export interface Mark {
  readonly action: MarkAction
  readonly reason: string | null
  readonly note: string | null
  readonly followUpOn: PlainDate | null
}

/** A row as the rule for marks sees it. */
export interface MarkedRow {
  readonly rowNo: number
  readonly verdict: string
  readonly reason: string | null
  readonly otherReasons: readonly string[]
  readonly flags: readonly string[]
}

export interface MarkReason {
  readonly code: string
  readonly label: string
  readonly action: MarkAction
  readonly role: 'kakaricho' | null
  readonly needsNote: number
  readonly needsFollowUp: boolean
}

/** Which marks a review list takes. `check` is pure and throws a Fault for what is refused. */
export interface MarkRules {
  readonly actions: readonly MarkAction[]
  readonly reasons: readonly MarkReason[]
  /** What taking back a person under 抑止 leads to, in words, by the run's options; left out where it leads to nothing. */
  readonly tellProtected?: (options: unknown) => string
  check(row: MarkedRow, mark: Mark, user: TaskUser): void
}
