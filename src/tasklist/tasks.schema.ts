import { Type } from 'typebox'
import {
  closedObject,
  CountNumber,
  Day,
  IdText,
  Instant,
  nullable,
  oneOf,
  pageOf,
  paging,
  Uuid,
  YenNumber,
  type RouteTable,
} from '#access/route-schema.ts'
import { TASK_STATUSES, TASK_VIEWS } from './queries/task-sql.ts'
import { ListVersion, worksheetInfo } from './worksheet.schema.ts'

/** State of a task: 準備中, 未着手・作業中, 送信中, 済, 取りやめ. */
export const taskStates = ['preparing', 'open', 'completing', 'completed', 'cancelled'] as const
/** 期限 in 開庁日 as a word. */
export const urgencies = ['overdue', 'today', 'soon', 'later', 'none'] as const

/** One line of the 作業一覧. */
export const Task = closedObject({
  taskId: Uuid,
  flow: Type.String(),
  flowNumber: Type.String({ description: '5.2' }),
  flowName: Type.String({ description: '督促' }),
  step: Type.String({ description: '002' }),
  name: Type.String({ description: '工程名' }),
  runId: nullable(Uuid),
  runNumber: nullable(Type.String({ description: '処理番号' })),
  runTitle: nullable(Type.String()),
  state: oneOf(taskStates),
  /** claimed: someone works on it; proposed: 二人目の確認待ち; returned: 差戻しで戻った版 */
  isProposed: Type.Boolean(),
  isReturned: Type.Boolean(),
  isUrgent: Type.Boolean(),
  role: Type.String({ description: '担当できる職' }),
  assignee: nullable(closedObject({ login: Type.String(), name: Type.String(), isMe: Type.Boolean() })),
  /** 代理: held by somebody this person stands in for today, so that they may take it over. */
  isStandIn: Type.Boolean(),
  claimedAt: nullable(Instant),
  dueOn: nullable(Day),
  /** 開庁日 left until dueOn; negative when overdue. */
  daysLeft: nullable(Type.Integer()),
  urgency: oneOf(urgencies),
  /** 再開日: not looked at before this 開庁日. */
  followUpOn: nullable(Day),
  isWaiting: Type.Boolean({ description: '再開日待ち' }),
  fiscalYear: nullable(Type.Integer({ description: '年度' })),
  levyDueOn: nullable(Type.String({ format: 'date', description: '納期限' })),
  count: nullable(CountNumber),
  yen: nullable(YenNumber),
  decisions: Type.Array(Type.String()),
  /** Names of others who have it open now. */
  present: Type.Array(Type.String()),
  createdAt: Instant,
})

const sorts = [
  'dueOn',
  '-dueOn',
  'runNumber',
  '-runNumber',
  'step',
  '-step',
  'count',
  '-count',
  'yen',
  '-yen',
  'createdAt',
  '-createdAt',
] as const

/** Conditions that may stand in an address and in a saved view: nothing personal. */
export const taskFilter = {
  view: Type.Optional(oneOf(TASK_VIEWS)),
  status: Type.Optional(oneOf(TASK_STATUSES)),
  urgency: Type.Optional(oneOf(urgencies)),
  flow: Type.Optional(Type.String({ maxLength: 60 })),
  step: Type.Optional(Type.String({ maxLength: 3 })),
  state: Type.Optional(oneOf(taskStates)),
  /** me · none · a login */
  assignee: Type.Optional(Type.String({ maxLength: 60 })),
  unit: Type.Optional(IdText),
  runId: Type.Optional(Uuid),
  /** 処理番号, or its beginning */
  runNumber: Type.Optional(Type.String({ maxLength: 20 })),
  fiscalYear: Type.Optional(Type.Integer({ minimum: 2008, maximum: 2099 })),
  levyDueOn: Type.Optional(Day),
  dueFrom: Type.Optional(Day),
  dueTo: Type.Optional(Day),
  yenFrom: Type.Optional(YenNumber),
  yenTo: Type.Optional(YenNumber),
}
export const taskOrder = { sort: Type.Optional(oneOf(sorts)) }

export const TaskPage = closedObject({
  items: Type.Array(Task),
  total: CountNumber,
  /** False: there are more than `total`. */
  isTotalExact: Type.Boolean(),
  nextCursor: nullable(Type.String()),
  /** The typed text fits more people than this, and only the tasks of so many are listed; null: those of all. */
  onlyOfPeople: nullable(CountNumber),
  dataAgeMs: nullable(Type.Integer()),
  at: Instant,
})

/** 件数 beside every filter of the left rail. */
export const TaskCounts = closedObject({
  views: closedObject({
    mine: CountNumber,
    can: CountNumber,
    all: CountNumber,
    second: CountNumber,
    proposed: CountNumber,
    waiting: CountNumber,
    deputy: CountNumber,
  }),
  urgencies: closedObject({
    overdue: CountNumber,
    today: CountNumber,
    soon: CountNumber,
    later: CountNumber,
    none: CountNumber,
  }),
  states: closedObject({
    unclaimed: CountNumber,
    working: CountNumber,
    returned: CountNumber,
    proposed: CountNumber,
    waiting: CountNumber,
  }),
  flows: Type.Array(closedObject({ flow: Type.String(), name: Type.String(), count: CountNumber })),
  dataAgeMs: nullable(Type.Integer()),
})

/** What the conditions of the list can be set to, from the open tasks. */
export const TaskChoices = closedObject({
  fiscalYears: Type.Array(Type.Integer()),
  levyDueOns: Type.Array(Day),
  /** With the open tasks that people of the 係 hold today, 再開日待ち left out. */
  units: Type.Array(
    closedObject({ unitId: IdText, name: Type.String(), isMine: Type.Boolean(), openTasks: CountNumber }),
  ),
  /** 担当を替える先: who may take tasks, with what they hold now and whether they are away today. */
  people: Type.Array(
    closedObject({
      login: Type.String(),
      name: Type.String(),
      units: Type.Array(Type.String()),
      openTasks: CountNumber,
      isAway: Type.Boolean(),
      /** 代理 of somebody who is away, by name. */
      standsInFor: Type.Array(Type.String()),
    }),
  ),
})

/** One act on many tasks, in one transaction; each task is answered for. */
export const BulkRequest = closedObject({
  act: oneOf(['claim', 'release', 'reassign', 'postpone']),
  taskIds: Type.Array(Uuid, { minItems: 1, maxItems: 500 }),
  /** reassign: the login of the new 担当. */
  to: Type.Optional(Type.String({ maxLength: 60 })),
  /** postpone: 再開日, or null to look at it again now. */
  followUpOn: Type.Optional(nullable(Day)),
  note: Type.Optional(Type.String({ maxLength: 200 })),
})
export const BulkResult = closedObject({
  taskId: Uuid,
  isDone: Type.Boolean(),
  /** Why not, when not. */
  code: nullable(Type.String()),
  message: nullable(Type.String()),
  next: nullable(Type.String()),
})

/** One cell of the step band. */
export const BandStep = closedObject({
  step: Type.String({ description: '001, or E2 for an unnumbered work' }),
  name: Type.String(),
  kind: oneOf(['auto', 'human']),
  state: oneOf(['done', 'current', 'waiting', 'failed', 'cancelled']),
  version: nullable(Type.Integer()),
  finishedAt: nullable(Instant),
  plannedOn: nullable(Day),
  taskId: nullable(Type.String({ description: '確認の作業。済んだ後も一覧と判断を見られる' })),
})

/** One line of 履歴. */
export const HistoryLine = closedObject({
  at: Instant,
  kind: Type.String(),
  actor: Type.String(),
  text: Type.String(),
})

/** A reason a mark may carry: the closed list of the sheet. */
export const MarkReasonChoice = closedObject({
  code: Type.String(),
  label: Type.String(),
  action: Type.String(),
  role: nullable(Type.String()),
  /** Least number of characters of the memo; 0 when it is free. */
  needsNote: Type.Integer(),
  needsFollowUp: Type.Boolean(),
  /** False when this user's roles do not allow it. */
  isAllowed: Type.Boolean(),
})

/** Everything the work screen shows around its list. */
export const TaskDetail = closedObject({
  ...Task.properties,
  /** The same task in one piece, as lists give it. */
  task: Task,
  stepId: Type.String(),
  params: Type.Record(Type.String(), Type.Unknown(), { description: '処理の条件' }),
  variables: Type.Record(Type.String(), Type.Unknown(), { description: '件数・日・版' }),
  steps: Type.Array(BandStep),
  worksheet: nullable(worksheetInfo),
  /** JSON Schema of what complete / propose / release take beside decision, hash and count. */
  form: Type.Record(Type.String(), Type.Unknown()),
  /** Values the form starts with (例: 発送日 = 予定日). */
  formDefaults: Type.Record(Type.String(), Type.Unknown()),
  marks: nullable(
    closedObject({
      actions: Type.Array(Type.String()),
      reasons: Type.Array(MarkReasonChoice),
      /** What taking back a person under 抑止 leads to; null where it leads to nothing. */
      ofProtected: nullable(Type.String()),
    }),
  ),
  fourEyes: nullable(
    closedObject({
      decision: Type.String(),
      first: nullable(closedObject({ name: Type.String(), at: Instant, isMe: Type.Boolean() })),
      canPropose: Type.Boolean(),
      canRelease: Type.Boolean(),
      /** Why the button is off, in Japanese; null when it is on. */
      refusal: nullable(Type.String()),
    }),
  ),
  draft: nullable(Type.Record(Type.String(), Type.Unknown())),
  draftSavedAt: nullable(Instant),
  /** 前の担当 whose draft it is still; null when it is one's own or there is none. */
  formerDrafter: nullable(Type.String()),
  /** The newest lines of 履歴, and how many there are. */
  history: Type.Array(HistoryLine),
  historyTotal: CountNumber,
  /** 添付, withdrawn ones too. */
  attachmentCount: CountNumber,
  /** Receipts are reflected up to this posting time. */
  ledgerAt: nullable(Instant),
  dataAgeMs: nullable(Type.Integer()),
  at: Instant,
})

const taskId = closedObject({ taskId: Uuid })
/** What a task's list is after it was built again. */
const ListNow = { worksheetId: nullable(IdText), hash: nullable(Type.String()), count: nullable(CountNumber) }
/** hash and count are those of the list on screen; null where the task shows no list. Further fields are the form's. */
export const Decision = Type.Object(
  {
    decision: Type.String({ maxLength: 30 }),
    hash: Type.Optional(nullable(Type.String())),
    count: Type.Optional(nullable(CountNumber)),
  },
  { additionalProperties: true, description: 'form fields stand beside; the step checks them with its closed form' },
)
const Decided = closedObject({ taskId: Uuid, state: oneOf(taskStates), isProposed: Type.Boolean() })

export const taskRoutes = {
  'GET /api/tasks': {
    summary: '作業一覧',
    query: closedObject({ ...taskFilter, ...taskOrder, ...paging }),
    reply: TaskPage,
  },
  'POST /api/tasks/search': {
    summary: '作業一覧を被保険者番号・氏名カナで探す',
    body: closedObject({ ...taskFilter, ...taskOrder, ...paging, text: Type.String({ minLength: 1, maxLength: 60 }) }),
    reply: TaskPage,
  },
  'GET /api/tasks/counts': { summary: '作業の件数', reply: TaskCounts },
  'GET /api/tasks/choices': { summary: '絞り込みの選択肢', reply: TaskChoices },
  'POST /api/tasks/bulk': {
    summary: '選んだ作業をまとめて担当する・手放す・担当を替える・再開日を決める',
    body: BulkRequest,
    reply: closedObject({ results: Type.Array(BulkResult), done: CountNumber, refused: CountNumber }),
    idempotent: 'exact',
  },
  'POST /api/tasks/next': {
    summary: '次の1件を担当する',
    body: closedObject({ flow: Type.Optional(Type.String({ maxLength: 60 })) }),
    reply: closedObject({ task: nullable(Task) }),
  },
  'GET /api/tasks/:taskId': { summary: '作業', params: taskId, reply: TaskDetail },
  'GET /api/tasks/:taskId/history': {
    summary: '作業の履歴',
    params: taskId,
    query: closedObject({ limit: paging.limit, offset: paging.offset }),
    reply: pageOf(HistoryLine),
  },
  'POST /api/tasks/:taskId/claim': { summary: '担当する', params: taskId, reply: Task },
  'POST /api/tasks/:taskId/unclaim': { summary: '手放す', params: taskId, reply: Task },
  'PUT /api/tasks/:taskId/draft': {
    summary: '下書きを残す',
    params: taskId,
    /** page: the page that writes; another page of the same person that had the task open before keeps it (TASK-014). */
    body: closedObject({ draft: Type.Record(Type.String(), Type.Unknown()), page: Type.Optional(Uuid) }),
    reply: closedObject({ draftSavedAt: Instant }),
  },
  'POST /api/tasks/:taskId/refresh': {
    summary: '最新の収納を反映する',
    params: taskId,
    reply: closedObject(ListNow),
    idempotent: true,
  },
  'POST /api/tasks/:taskId/letters': {
    summary: '発行不能の行を個別に作成する',
    params: taskId,
    body: closedObject({
      rows: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 500 }),
      version: Type.Optional(ListVersion),
    }),
    reply: closedObject({
      made: CountNumber,
      /** 発行不能 that is not repaired yet. */
      still: Type.Array(closedObject({ rowNo: Type.Integer(), code: Type.String(), label: Type.String() })),
      ...ListNow,
    }),
    idempotent: true,
  },
  'POST /api/tasks/:taskId/complete': {
    summary: '完了する',
    params: taskId,
    body: Decision,
    reply: Decided,
    idempotent: true,
  },
  'POST /api/tasks/:taskId/propose': {
    summary: '一人目の確認',
    params: taskId,
    body: Decision,
    reply: Decided,
    idempotent: true,
  },
  'POST /api/tasks/:taskId/release': {
    summary: '二人目の確認(承認)',
    params: taskId,
    body: Decision,
    reply: Decided,
    idempotent: true,
  },
} as const satisfies RouteTable
