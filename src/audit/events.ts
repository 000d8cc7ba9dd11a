import type { ChangeField } from './change-words.ts'

/**
 * Every kind of audit event (記録), one union. A payload holds ids, codes, counts, dates and what a person typed as a
 * reason: never a name, an address, a telephone number or an account. A new kind is a new row here and in `describe.ts`.
 */
export interface Actor {
  /** Null for the system itself. */
  readonly userId: bigint | null
  /** Login, or 「システム」. */
  readonly name: string
  readonly terminal: string
}

export const SYSTEM: Actor = { userId: null, name: 'システム', terminal: '' }

/** What an event is about beside its run and task: `insured` (our id), `file`, `notice`, `document`, `user`, `instance`. */
export interface EventSubject {
  readonly kind: 'insured' | 'file' | 'notice' | 'document' | 'user' | 'instance' | 'option' | 'setting'
  readonly id: string
}

interface Envelope {
  readonly at: string
  readonly actor: Actor
  readonly runId?: string | null
  readonly stepRunId?: string | null
  readonly taskId?: string | null
  readonly subjects?: readonly EventSubject[]
}

interface Of<K extends string, P extends object> extends Envelope {
  readonly kind: K
  readonly payload: P
}

type StepPayload = { readonly step: string; readonly [more: string]: unknown }

/** 人が作業に対して行ったこと. */
type TaskEvent = Of<
  | 'task-opened'
  | 'task-claimed'
  | 'task-unclaimed'
  | 'task-refreshed'
  | 'rows-marked'
  | 'proposals-accepted'
  | 'letters-made'
  | 'task-completed'
  | 'task-proposed'
  | 'task-released'
  | 'task-reassigned'
  | 'task-postponed'
  | 'task-commented'
  | 'attachment-added'
  | 'attachment-withdrawn',
  StepPayload
>
/** 表示: conditions of the list, kept for a person or a 係. */
type ViewEvent = Of<'task-view-saved' | 'task-view-removed', { readonly name: string; readonly isShared: boolean }>
type StepEvent = Of<'step-done' | 'step-failed', StepPayload>
type RunEvent =
  | Of<
      'run-started',
      { readonly flow: string; readonly number: string; readonly params: unknown; readonly options: unknown }
    >
  | Of<'run-cancelled', { readonly reason: string }>
  | Of<'run-finished', { readonly outcome: string }>

type SessionEvent =
  | Of<'login', { readonly session: string }>
  | Of<'logout', { readonly session: string }>
  | Of<'token-issued', { readonly login: string; readonly expiresAt: string }>

/** A refused attempt. `act` is the route or the act, `what` what the route does, `code` our fault code. */
type RefusalEvent = Of<'refused', { readonly code: string; readonly act: string; readonly what?: string }>

/** 閲覧: one event for a list or a person, with its subjects. */
type ReadEvent = Of<'read', { readonly what: string; readonly count: number; readonly detail?: unknown }>
/** 開示: protected fields of one person were opened. */
type DisclosureEvent = Of<
  'disclosed',
  { readonly reason: string; readonly fields: readonly string[]; readonly attachmentId?: string }
>
/** 出力: CSV, PDF, file, export. */
type OutputEvent = Of<
  'output',
  { readonly what: string; readonly count: number; readonly omitted?: number; readonly detail?: unknown }
>

type FileEvent =
  | Of<
      'file-received',
      { readonly fileKind: string; readonly fileLabel: string; readonly sha256: string; readonly byteSize: number }
    >
  | Of<'file-accepted', { readonly fileKind: string; readonly accepted: number; readonly rejected: number }>
  | Of<'file-refused', { readonly fileKind: string; readonly code: string }>
  | Of<
      'file-made',
      { readonly fileKind: string; readonly version: number; readonly lines: number; readonly sha256: string }
    >
  | Of<'file-sent', { readonly fileKind: string; readonly version: number; readonly sentOn: string }>
  /** A print file was built again without what changed since the release. */
  | Of<'print-file-replaced', { readonly number: number; readonly version: number; readonly pulled: number }>

/** 返戻とその後. For a person under 抑止 the reason is left out: 返戻の記録 is a protected field (sheet 1.1 §2.2). */
type ReturnedLetterEvent = Of<
  'letter-returned' | 'letter-resent' | 'letter-resend-withdrawn' | 'letter-posted' | 'return-noted' | 'return-ended',
  {
    readonly returnId: string
    readonly reason: string | null
    readonly from: string | null
    readonly to: string
    readonly seizableFrom: string | null
    readonly on: string | null
  }
>

/** 代替表記: code points that have no glyph, never the text of a person. */
type SpellingEvent =
  | Of<
      'spelling-decided',
      {
        readonly field: string
        readonly missing: readonly string[]
        readonly validFrom: string
        readonly validTo: string | null
        readonly reason: string
      }
    >
  | Of<'spelling-ended', { readonly field: string; readonly endsOn: string; readonly reason: string }>

type EngineEvent = Of<
  'engine.duplicate-start' | 'engine.instance-of-closed-run' | 'engine.instance-terminated' | 'engine.epoch',
  Readonly<Record<string, string | number | null>>
>
/** 引継ぎ: a run left its instance of an older epoch and goes on at these elements in a new one. */
type RebuildEvent = Of<
  'engine.run-moved',
  { readonly fromEpoch: number; readonly epoch: number; readonly elements: readonly string[] }
>
type OperationEvent =
  | Of<'incident-retried', { readonly incidentKey: string; readonly reason: string }>
  | Of<
      'seal-registered',
      { readonly sha256: string; readonly type: string; readonly byteSize: number; readonly note: string }
    >
  | Of<'clock-moved', { readonly from: string; readonly to: string }>
  | Of<'journal-verified', { readonly isSound: boolean; readonly checked: number; readonly firstBad: string | null }>
  | Of<'model-deployed', { readonly processId: string; readonly version: number; readonly sha256: string }>
  | Of<'backup-made', { readonly cause: string; readonly bytes: number; readonly sha256: string }>
  | Of<'restored', { readonly madeAt: string; readonly sha256: string }>
  | Of<'alarm-cleared', { readonly alarm: string; readonly detail: string; readonly reason: string }>
  | Of<'record-projected-again', { readonly record: string; readonly projector: string; readonly isDone: boolean }>
  | Of<'sample-loaded', { readonly insured: number; readonly seed: number }>

/** What stands in the books of one thing: a field without a Japanese name does not compile. */
export type Stand = { readonly [F in ChangeField]?: unknown }
/** 前と後 of what was changed; null where there is nothing. */
export interface Change {
  readonly before: Stand | null
  readonly after: Stand | null
  readonly reason?: string
}
/** 職員・役割・係・代理. The login says who; a name never stands here. */
type StaffEvent = Of<
  | 'user-added'
  | 'user-disabled'
  | 'user-enabled'
  | 'role-granted'
  | 'role-approved'
  | 'role-ended'
  | 'unit-set'
  | 'member-set'
  | 'deputy-set'
  | 'deputy-approved'
  | 'deputy-withdrawn',
  Change & { readonly login: string | null }
>
export type StaffEventKind = StaffEvent['kind']
/** 条例等の設定, 開庁日. `title` is what the screen calls it. */
type OptionEvent = Of<
  'option-proposed' | 'option-enforced' | 'option-refused' | 'closure-set' | 'closure-removed',
  Change & { readonly title: string; readonly validFrom?: string }
>
/** 自治体の設定, ファイルの様式: whole values, whose fields the setting itself names (`src/api/settings`). */
type SettingEvent = Of<
  'setting-proposed' | 'setting-enforced' | 'setting-refused',
  {
    readonly title: string
    readonly before: object | null
    readonly after: object | null
    readonly reason?: string
  }
>

export type AuditEvent =
  | TaskEvent
  | ViewEvent
  | StepEvent
  | RunEvent
  | SessionEvent
  | RefusalEvent
  | ReadEvent
  | DisclosureEvent
  | OutputEvent
  | FileEvent
  | SpellingEvent
  | ReturnedLetterEvent
  | EngineEvent
  | RebuildEvent
  | OperationEvent
  | StaffEvent
  | OptionEvent
  | SettingEvent

export type EventKind = AuditEvent['kind']
