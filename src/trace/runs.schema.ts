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
import { BandStep } from '#tasklist/tasks.schema.ts'

const runStates = ['running', 'finished', 'cancelled'] as const
const params = Type.Record(Type.String(), Type.Unknown())
const Counts = Type.Record(Type.String(), CountNumber)

/** A flow a person may start, or look at. */
export const FlowInfo = closedObject({
  flow: Type.String(),
  number: Type.String({ description: '5.2' }),
  name: Type.String({ description: '督促' }),
  canStart: Type.Boolean(),
  /** JSON Schema of `params`. */
  form: Type.Record(Type.String(), Type.Unknown()),
  steps: Type.Array(closedObject({ step: Type.String(), name: Type.String(), kind: oneOf(['auto', 'human']) })),
})

/** 件数・残り・失敗 of what runs now. */
export const Progress = closedObject({
  step: Type.String(),
  phase: nullable(Type.String()),
  total: nullable(CountNumber),
  done: CountNumber,
  remaining: nullable(CountNumber),
  failed: CountNumber,
  startedAt: nullable(Instant),
})

export const RunSummary = closedObject({
  runId: Uuid,
  number: Type.String({ description: '処理番号' }),
  flow: Type.String(),
  flowName: Type.String(),
  title: Type.String(),
  state: oneOf(runStates),
  outcome: nullable(Type.String({ description: '終わり方(督促発送済)' })),
  step: nullable(Type.String({ description: 'いまの工程 002' })),
  stepName: nullable(Type.String()),
  isStopped: Type.Boolean({ description: '障害で止まっている' }),
  startedBy: nullable(Type.String()),
  createdAt: Instant,
  finishedAt: nullable(Instant),
})

/** A PDF of a run. */
export const DocumentInfo = closedObject({
  documentId: Type.String(),
  name: Type.String(),
  kind: oneOf(['print-file', 'individual']),
  version: Type.Integer(),
  number: Type.Integer(),
  noticeCount: CountNumber,
  pageCount: CountNumber,
  byteSize: CountNumber,
  sha256: Type.String(),
  state: oneOf(['building', 'current', 'superseded']),
  builtAt: Instant,
})

export const RunFile = closedObject({
  fileId: Uuid,
  kind: Type.String(),
  name: Type.String(),
  version: nullable(Type.Integer()),
  asOf: nullable(Day),
  lineCount: nullable(CountNumber),
  sumYen: nullable(YenNumber),
  sha256: nullable(Type.String()),
  byteSize: nullable(CountNumber),
  state: Type.String(),
  sentOn: nullable(Day),
  /** 送付の方法: its number on the form of 006. */
  sentBy: nullable(Type.String()),
  receiptNo: nullable(Type.String({ description: '受付番号' })),
  createdAt: Instant,
})

/** 送付票: the paper that goes with a file which leaves the house. */
export const FileSheet = closedObject({
  municipality: Type.String(),
  runNumber: Type.String(),
  runTitle: Type.String(),
  kindLabel: Type.String(),
  file: RunFile,
  printedBy: Type.String(),
  printedAt: Instant,
  terminal: Type.String(),
})

const Caution = closedObject({ text: Type.String(), next: Type.String() })

export const RunDetail = closedObject({
  ...RunSummary.properties,
  params,
  variables: params,
  progress: nullable(Progress),
  /** Counts named in the sheet: delinquentCount, targetCount … */
  results: Counts,
  steps: Type.Array(BandStep),
  documents: Type.Array(DocumentInfo),
  files: Type.Array(RunFile),
  /** 発行不能: わけ and 通数. */
  unprintable: Type.Array(closedObject({ code: Type.String(), label: Type.String(), count: CountNumber })),
  /** 送付ファイルの次の版: what can be done by hand. */
  report: nullable(
    closedObject({ kind: oneOf(['remake', 'send']), version: Type.Integer(), undispatched: CountNumber }),
  ),
  /** 気をつけること */
  cautions: Type.Array(Caution),
  openTask: nullable(closedObject({ taskId: Uuid, step: Type.String(), name: Type.String() })),
  instanceKey: nullable(IdText),
  canCancel: Type.Boolean(),
  cancelReason: nullable(Type.String()),
  cancelledBy: nullable(Type.String()),
  dataAgeMs: nullable(Type.Integer()),
  at: Instant,
})

/** One notice of a run, for the list of letters and for 発送しなかった通知. */
export const RunNotice = closedObject({
  noticeId: Uuid,
  noticeNo: nullable(Type.String({ description: '発行番号' })),
  printNo: nullable(Type.Integer()),
  version: Type.Integer(),
  insuredId: IdText,
  insuredNo: Type.String(),
  personName: Type.String(),
  isProtected: Type.Boolean(),
  period: Type.String(),
  fukaYear: Type.Integer(),
  lineCount: Type.Integer({ description: '一通に印字した期別の数。年度と期別はその最初のもの' }),
  printedYen: YenNumber,
  slipYen: YenNumber,
  state: oneOf(['made', 'released', 'dispatched', 'pulled', 'lapsed', 'cancelled']),
  pullReason: nullable(Type.String()),
})

/** 検算の一項目. */
const CheckedInvariant = closedObject({
  number: Type.Integer(),
  statement: Type.String({ description: '成り立つべきこと' }),
  count: CountNumber,
  /** The first rows that break it. */
  examples: Type.Array(Type.String()),
})

const runId = closedObject({ runId: Uuid })
const Start = closedObject({ flow: Type.String({ maxLength: 60 }), params })

export const runRoutes = {
  'GET /api/flows': { summary: '業務フロー', reply: closedObject({ items: Type.Array(FlowInfo) }) },
  'GET /api/flows/:flow/defaults': {
    summary: '処理の条件の初期値',
    params: closedObject({ flow: Type.String({ maxLength: 60 }) }),
    query: Type.Object(
      {},
      { additionalProperties: Type.String({ maxLength: 200 }), description: '選んだ条件(例 dueOn)' },
    ),
    reply: closedObject({ params }),
  },
  'POST /api/runs/check': {
    summary: '始める前の確認(何も始めない)',
    body: Start,
    reply: closedObject({
      title: nullable(Type.String()),
      params,
      variables: params,
      problem: nullable(closedObject({ code: Type.String(), message: Type.String(), next: Type.String() })),
      /** 始める前に知ること */
      cautions: Type.Array(Caution),
      /** Latest accepted file of each kind. */
      files: Type.Array(
        closedObject({
          fileId: Uuid,
          kind: Type.String(),
          label: Type.String(),
          name: Type.String(),
          receivedAt: Instant,
          lineCount: nullable(CountNumber),
          accepted: nullable(CountNumber),
          rejected: nullable(CountNumber),
        }),
      ),
    }),
  },
  'POST /api/runs': {
    summary: '処理を始める',
    body: Start,
    reply: closedObject({ runId: Uuid, number: Type.String() }),
    status: 201,
    idempotent: 'exact',
  },
  'GET /api/runs': {
    summary: '処理の一覧',
    query: closedObject({
      flow: Type.Optional(Type.String({ maxLength: 60 })),
      state: Type.Optional(oneOf(runStates)),
      number: Type.Optional(Type.String({ maxLength: 40, description: '処理番号' })),
      ...paging,
    }),
    reply: pageOf(RunSummary),
  },
  'GET /api/runs/:runId': { summary: '処理', params: runId, reply: RunDetail },
  'GET /api/runs/:runId/check': {
    summary: '処理の検算',
    params: runId,
    reply: closedObject({ items: Type.Array(CheckedInvariant), broken: CountNumber, at: Instant }),
  },
  'GET /api/runs/:runId/evidence': {
    summary: '処理の証拠一式(通信なしで開ける HTML)',
    params: runId,
    stream: 'text/html',
  },
  'POST /api/runs/:runId/cancel': {
    summary: '処理を中止する',
    params: runId,
    body: closedObject({ reason: Type.String({ minLength: 1, maxLength: 200 }) }),
    reply: closedObject({ runId: Uuid, state: oneOf(runStates) }),
    idempotent: true,
  },
  'POST /api/runs/:runId/report': {
    summary: '送付ファイルの次の版を作る(発送しなかった通知を除く)',
    params: runId,
    reply: closedObject({ runId: Uuid }),
    idempotent: true,
  },
  'POST /api/runs/:runId/report/sent': {
    summary: '人の手で作った版の送付を記録する',
    params: runId,
    body: closedObject({
      version: Type.Integer({ minimum: 1 }),
      sentOn: Day,
      sentBy: oneOf(['1', '2', '3']),
      receiptNo: Type.Optional(Type.String({ minLength: 1, maxLength: 30 })),
    }),
    reply: closedObject({ runId: Uuid }),
    idempotent: true,
  },
  'POST /api/runs/:runId/files/:fileId/sheet': {
    summary: '送付票(送付ファイルの名前・件数・SHA-256。出したことは記録に残ります)',
    params: closedObject({ runId: Uuid, fileId: Uuid }),
    reply: FileSheet,
  },
  'GET /api/runs/:runId/notices': {
    summary: '処理の通知',
    params: runId,
    query: closedObject({
      state: Type.Optional(oneOf(['made', 'released', 'dispatched', 'pulled', 'lapsed', 'cancelled'])),
      version: Type.Optional(Type.Integer({ minimum: 1 })),
      rowNo: Type.Optional(Type.Integer({ minimum: 1, description: '発行番号の終わりの番号' })),
      noticeId: Type.Optional(Uuid),
      ...paging,
    }),
    reply: pageOf(RunNotice),
  },
} as const satisfies RouteTable
