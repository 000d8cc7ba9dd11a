import type { PlainDate } from '#kernel/plain-date.ts'

/**
 * The shapes the browser reads. Stable ones are those of the issue; whatever a route schema of the server exports is
 * taken from there and leaves this file.
 */

export type Role = 'tantou' | 'kakaricho' | 'gyomu' | 'kansa' | 'kanri'

/** GET /api/session: who sits here. 401 when nobody. POST /api/session {login, password}; DELETE /api/session. */
export interface Session {
  readonly user: { readonly login: string; readonly name: string; readonly roles: readonly Role[] }
  readonly municipality: string
  readonly csrfToken: string
}
/** GET /api/session/users: the sample people of the embedded login; empty in a real office. */
export interface SampleUser {
  readonly login: string
  readonly name: string
  readonly role: Role
}

/** GET /api/clock; POST /api/clock {today} moves the sample day forward. */
export interface SampleClock {
  readonly isSample: boolean
  readonly today: PlainDate
  readonly nextBusinessDay: PlainDate
}

export type TaskState = 'preparing' | 'open' | 'completing' | 'completed' | 'cancelled'

export interface TaskItem {
  readonly taskId: string
  readonly flow: string
  readonly flowName: string
  readonly step: string
  readonly name: string
  readonly runId: string
  readonly runNumber: string
  readonly runTitle: string
  readonly state: TaskState
  readonly assignee: { readonly login: string; readonly name: string } | null
  readonly proposedBy: { readonly login: string; readonly name: string } | null
  readonly dueOn: PlainDate | null
  /** 開庁日 from today to the due day; negative when late. */
  readonly businessDaysLeft: number | null
  readonly rowCount: number | null
  readonly yen: number | null
  readonly decisions: readonly string[]
}
export interface TaskList {
  readonly items: readonly TaskItem[]
  readonly total: number
  readonly dataAgeMs: number
  readonly nextCursor: string | null
}
/** GET /api/tasks/counts: numbers beside the filters, without loading lists. */
export interface TaskCounts {
  readonly views: Readonly<Record<TaskView, number>>
  readonly due: Readonly<Record<DueBand, number>>
  readonly states: Readonly<Record<TaskBand, number>>
  readonly flows: readonly { readonly flow: string; readonly name: string; readonly count: number }[]
}
export type TaskView = 'mine' | 'possible' | 'section' | 'second' | 'proposed'
export type DueBand = 'late' | 'today' | 'soon' | 'later'
export type TaskBand = 'untouched' | 'working' | 'waiting-second' | 'preparing'

export interface BandStepView {
  readonly no: string
  readonly name: string
  readonly kind: 'automatic' | 'human'
  readonly state: 'done' | 'now' | 'todo'
  readonly finishedAt: string | null
  readonly version: number | null
  readonly plannedOn: PlainDate | null
}
export interface ReasonChoice {
  readonly code: string
  readonly label: string
  readonly action: MarkAction
  readonly role: Role | null
  readonly needsNote: number
  readonly needsFollowUp: boolean
}
export type MarkAction = 'exclude' | 'include' | 'pull' | 'unpull' | 'note'

export interface Column {
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'yen' | 'date' | 'integer' | 'list' | 'instalment'
  readonly isSortable: boolean
  readonly isTotalled: boolean
}

export interface TaskDetail extends TaskItem {
  readonly params: Readonly<Record<string, unknown>>
  readonly steps: readonly BandStepView[]
  readonly form: FormSchema
  readonly draft: { readonly form: Readonly<Record<string, unknown>>; readonly savedAt: string } | null
  readonly worksheet: {
    readonly kind: string
    readonly version: number
    readonly columns: readonly Column[]
    readonly actions: readonly MarkAction[]
    readonly reasons: readonly ReasonChoice[]
  } | null
  readonly fourEyes: {
    readonly decision: string
    readonly mayPropose: boolean
    readonly mayRelease: boolean
    /** Why this person may not release, as F52-07 would say it. */
    readonly refusal: string | null
    readonly proposedAt: string | null
  } | null
  readonly history: readonly HistoryLine[]
}
export interface HistoryLine {
  readonly at: string
  readonly kind: string
  readonly text: string
  readonly by: string | null
}

/** A step's form: JSON Schema with Japanese titles. */
export interface FormSchema {
  readonly properties: Readonly<Record<string, FormProperty>>
  readonly required: readonly string[]
}
export interface FormProperty {
  readonly type?: string
  readonly title?: string
  readonly description?: string
  readonly format?: string
  readonly maxLength?: number
  readonly oneOf?: readonly { readonly const: string; readonly title: string }[]
  readonly [keyword: string]: unknown
}

export interface WorksheetRow {
  readonly rowNo: number
  readonly insuredId: string
  readonly insuredNo: string
  readonly personName: string
  readonly isProtected: boolean
  readonly key: {
    readonly fukaYear: number
    readonly choteiYear: number
    readonly tsuchishoNo: string
    readonly period: string
    readonly method: string
  }
  readonly verdict: '対象' | '除外' | '要確認'
  readonly baseVerdict: '対象' | '除外' | '要確認'
  readonly reason: string | null
  readonly markReason: string | null
  readonly otherReasons: readonly string[]
  readonly flags: readonly string[]
  readonly unpaidYen: number
  readonly feeYen: number
  readonly entaikinYen: number
  readonly markedBy: string | null
  readonly note: string | null
  readonly followUpOn: PlainDate | null
  readonly noticeId?: string | null
  readonly proposal?: string | null
  readonly printedYen?: number
  readonly currentYen?: number
  /** The list's own columns by name; null where masked or empty. */
  readonly cells: Readonly<Record<string, string | number | readonly string[] | null>>
}
export interface WorksheetPage {
  readonly rows: readonly WorksheetRow[]
  readonly totals: {
    readonly count: number
    readonly people: number
    readonly byVerdict: readonly { readonly verdict: string; readonly count: number; readonly yen: number }[]
    readonly sums: Readonly<Record<string, number>>
  }
  readonly hash: string
  readonly count: number
}
export type MarkTarget = { readonly rows: readonly number[] } | { readonly rows: { readonly filter: string; readonly hash: string } }
