import { Type } from 'typebox'
import {
  closedObject,
  CountNumber,
  Day,
  guarded,
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
import { RETURN_END_REASONS, RETURN_REASONS } from '#rules/tokusoku/reasons.ts'
import { RETURN_STATES } from '#rules/tokusoku/returned-letter.ts'

const reasonCodes = Object.keys(RETURN_REASONS) as readonly (keyof typeof RETURN_REASONS)[]
const endCodes = Object.keys(RETURN_END_REASONS) as readonly (keyof typeof RETURN_END_REASONS)[]

/** 返戻の一件 in a list. 返戻・居所調査の記録 of a person under 抑止 is protected (sheet 1.1 §2.2): reason, days and notes are masked. */
const ReturnRow = {
  returnId: IdText,
  paper: Type.String(),
  state: oneOf(RETURN_STATES),
  reason: guarded,
  reasonLabel: guarded,
  returnedOn: guarded,
  /** Days since it came back; null when masked or closed. */
  daysWaiting: nullable(CountNumber),
  insuredId: IdText,
  insuredNo: Type.String(),
  personName: Type.String(),
  isProtected: Type.Boolean(),
  fukaYear: Type.Integer(),
  period: Type.String(),
  lineCount: Type.Integer({ description: '一通に印字した期別の数' }),
  unpaidYen: YenNumber,
  seizableFrom: nullable(Day),
  runId: nullable(Uuid),
  runNumber: nullable(Type.String()),
  /** 次にすること; empty for a closed case. */
  next: Type.String(),
}
export const ReturnItem = closedObject(ReturnRow)

export const ReturnDetail = closedObject({
  ...ReturnRow,
  tsuchishoNo: Type.String(),
  /** Number of the last step: an act names it, so that two people do not decide on different screens. */
  step: Type.Integer({ minimum: 1 }),
  steps: Type.Array(
    closedObject({
      number: Type.Integer(),
      state: oneOf(RETURN_STATES),
      actedOn: guarded,
      reasonLabel: guarded,
      note: guarded,
      designatedOn: nullable(Day),
      servedOn: nullable(Day),
      seizableFrom: nullable(Day),
      by: Type.String(),
      at: Instant,
      /** The paper of a 再発送 that still stands. */
      documentId: nullable(Type.String()),
    }),
  ),
  plan: nullable(
    closedObject({
      resentOn: Day,
      designatedOn: Day,
      isNewSlip: Type.Boolean(),
      printedYen: YenNumber,
      unpaidYen: YenNumber,
      isSameAddressee: Type.Boolean(),
      refusal: nullable(closedObject({ code: Type.String(), message: Type.String(), next: Type.String() })),
    }),
  ),
  canWithdraw: Type.Boolean(),
  canDisclose: Type.Boolean(),
  today: Day,
})

const returnId = closedObject({ returnId: IdText })
const step = Type.Integer({ minimum: 1 })
const note = Type.Optional(Type.String({ minLength: 1, maxLength: 500 }))
const act = { params: returnId, reply: ReturnDetail, idempotent: true } as const

export const returnRoutes = {
  'GET /api/returns': {
    summary: '返戻・居所調査の一覧',
    query: closedObject({
      state: Type.Optional(oneOf(['open', 'all', ...RETURN_STATES])),
      reason: Type.Optional(oneOf(reasonCodes)),
      runId: Type.Optional(Uuid),
      insuredId: Type.Optional(IdText),
      limit: paging.limit,
      offset: paging.offset,
    }),
    reply: closedObject({
      ...pageOf(ReturnItem).properties,
      counts: Type.Record(Type.String(), CountNumber, { description: '状態ごとの件数' }),
      at: Instant,
    }),
  },
  'GET /api/returns/:returnId': { summary: '返戻の一件', params: returnId, reply: ReturnDetail },
  'POST /api/returns/:returnId/disclose': {
    summary: '返戻の伏せた項目を理由を書いて開く',
    params: returnId,
    body: closedObject({ reason: Type.String({ minLength: 5, maxLength: 200 }) }),
    reply: ReturnDetail,
  },
  'POST /api/notices/:noticeId/return': {
    summary: '返戻を登録する',
    params: closedObject({ noticeId: Uuid }),
    body: closedObject({ returnedOn: Day, reason: oneOf(reasonCodes), note }),
    reply: ReturnDetail,
    status: 201,
    idempotent: true,
  },
  'POST /api/returns/:returnId/note': {
    summary: '調査の経過を書く',
    body: closedObject({ step, note: Type.String({ minLength: 1, maxLength: 500 }) }),
    ...act,
  },
  'POST /api/returns/:returnId/resend': {
    summary: '再発送する',
    body: closedObject({ step, resentOn: Day, isSameAddressConfirmed: Type.Optional(Type.Boolean()), note }),
    ...act,
  },
  'POST /api/returns/:returnId/withdraw': {
    summary: '再発送を取りやめる',
    body: closedObject({ step, note: Type.String({ minLength: 5, maxLength: 500 }) }),
    ...act,
  },
  'POST /api/returns/:returnId/post': {
    summary: '公示送達を登録する',
    body: closedObject({ step, postedOn: Day, note }),
    ...act,
  },
  'POST /api/returns/:returnId/end': {
    summary: '調査を終える',
    body: closedObject({ step, reason: oneOf(endCodes), note }),
    ...act,
  },
} as const satisfies RouteTable
