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

/** A hit of a search. */
export const InsuredHit = closedObject({
  insuredId: IdText,
  insuredNo: Type.String(),
  atenaNo: Type.String(),
  name: Type.String(),
  kana: guarded,
  bornOn: nullable(Day),
  address: guarded,
  /** 資格あり · 喪失 · 死亡 · 転出 */
  status: Type.String(),
  isProtected: Type.Boolean(),
  /** Same name and birthday as another hit. */
  isSimilar: Type.Boolean(),
})

const Instalment = closedObject({
  instalmentId: IdText,
  fukaYear: Type.Integer(),
  choteiYear: Type.Integer(),
  tsuchishoNo: Type.String(),
  period: Type.String(),
  method: Type.String(),
  dueOn: Day,
  chargedYen: YenNumber,
  receivedYen: YenNumber,
  unpaidYen: YenNumber,
  excessYen: YenNumber,
  feeYen: YenNumber,
  lastReceivedOn: nullable(Day),
  /** 納付 · 未納 · 督促済 · 猶予中 · これから · 取消 */
  status: Type.String(),
})

const Movement = closedObject({
  postingNumber: IdText,
  bookedOn: Day,
  receivedOn: nullable(Day),
  fukaYear: nullable(Type.Integer()),
  period: nullable(Type.String()),
  kind: Type.String(),
  component: oneOf(['P', 'E', 'T', 'K']),
  creditAccount: Type.String(),
  debitAccount: Type.String(),
  /** Change of what is unpaid: + charged, − received. */
  yen: YenNumber,
  cause: Type.String({ description: 'ファイル名と行、または処理番号' }),
})

/** 一覧での判定: why a run sent a 督促状 or did not. */
const Judgement = closedObject({
  runId: Uuid,
  runNumber: Type.String(),
  taskId: nullable(Uuid),
  step: nullable(Type.String()),
  name: nullable(Type.String()),
  kind: Type.String(),
  fukaYear: Type.Integer(),
  period: Type.String(),
  verdict: Type.String(),
  reasonCode: nullable(Type.String()),
  reason: nullable(Type.String()),
  by: nullable(Type.String()),
  at: nullable(Instant),
  followUpOn: nullable(Day),
})

/** Who looked at a person: 閲覧 (of one day together), 開示, 出力, 拒否. */
const Reader = closedObject({
  eventId: IdText,
  at: Instant,
  firstAt: Instant,
  times: CountNumber,
  actor: Type.String(),
  text: Type.String(),
  runNumber: nullable(Type.String({ description: '処理番号' })),
  isRefused: Type.Boolean(),
})

export const InsuredDetail = closedObject({
  insuredId: IdText,
  insuredNo: Type.String(),
  atenaNo: Type.String(),
  name: Type.String(),
  kana: guarded,
  bornOn: nullable(Day),
  sex: nullable(Type.String()),
  postalCode: guarded,
  address: guarded,
  phone: guarded,
  household: guarded,
  status: Type.String(),
  diedOn: nullable(Day),
  movedOutOn: nullable(Day),
  periods: Type.Array(
    closedObject({
      acquiredOn: Day,
      acquiredReason: Type.String(),
      lostOn: nullable(Day),
      lostReason: nullable(Type.String()),
    }),
  ),
  /** 支援措置; the other party is never shown. */
  protection: nullable(
    closedObject({ measure: Type.String(), startsOn: Day, expiresOn: nullable(Day), isExpired: Type.Boolean() }),
  ),
  isProtected: Type.Boolean(),
  deliveries: Type.Array(
    closedObject({
      kind: Type.String(),
      name: guarded,
      postalCode: guarded,
      address: guarded,
      startsOn: Day,
      endsOn: nullable(Day),
    }),
  ),
  years: Type.Array(
    closedObject({
      fukaYear: Type.Integer(),
      chargedYen: YenNumber,
      receivedYen: YenNumber,
      unpaidYen: YenNumber,
      overdueYen: YenNumber,
      instalments: Type.Array(Instalment),
    }),
  ),
  /** The newest lines of お金の動き, and how many there are. */
  movements: Type.Array(Movement),
  movementTotal: CountNumber,
  notices: Type.Array(
    closedObject({
      noticeId: Uuid,
      documentId: Type.String(),
      kind: Type.String(),
      runId: Uuid,
      runNumber: Type.String(),
      period: Type.String(),
      fukaYear: Type.Integer(),
      slipYen: YenNumber,
      issueOn: Day,
      designatedOn: Day,
      state: Type.String(),
      dispatchedOn: nullable(Day),
      pullReason: nullable(Type.String()),
      noticeNo: nullable(Type.String({ description: '発行番号' })),
      printFile: nullable(
        closedObject({ number: Type.Integer(), position: Type.Integer({ description: '何通目か' }) }),
      ),
    }),
  ),
  deferrals: Type.Array(closedObject({ period: Type.String(), fukaYear: Type.Integer(), startsOn: Day, endsOn: Day })),
  tasks: Type.Array(
    closedObject({
      taskId: Uuid,
      step: Type.String(),
      name: Type.String(),
      runNumber: Type.String(),
      dueOn: nullable(Day),
    }),
  ),
  /** The newest lines of 一覧での判定, and how many there are. */
  judgements: Type.Array(Judgement),
  judgementTotal: CountNumber,
  /** この人を見た人(90日): the newest, and how many there are. */
  readers: Type.Array(Reader),
  readerTotal: CountNumber,
  canDisclose: Type.Boolean(),
  at: Instant,
})

const insuredId = closedObject({ insuredId: IdText })

export const insuredRoutes = {
  'POST /api/insured/search': {
    summary: '被保険者を探す(番号・宛名番号・カナ・氏名・生年月日)',
    body: closedObject({
      q: Type.String({ minLength: 1, maxLength: 60 }),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
      cursor: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    reply: pageOf(InsuredHit),
  },
  'GET /api/insured/:insuredId': { summary: '被保険者照会', params: insuredId, reply: InsuredDetail },
  'GET /api/insured/:insuredId/movements': {
    summary: '被保険者のお金の動き',
    params: insuredId,
    query: closedObject({ limit: paging.limit, offset: paging.offset }),
    reply: pageOf(Movement),
  },
  'GET /api/insured/:insuredId/judgements': {
    summary: '被保険者の一覧での判定',
    params: insuredId,
    query: closedObject({ limit: paging.limit, offset: paging.offset }),
    reply: pageOf(Judgement),
  },
  'GET /api/insured/:insuredId/readers': {
    summary: 'この人を見た人(90日)',
    params: insuredId,
    query: closedObject({
      limit: paging.limit,
      offset: paging.offset,
      upTo: Type.Optional({ ...IdText, description: 'この記録より新しいものを除く' }),
    }),
    reply: pageOf(Reader),
  },
  'POST /api/insured/:insuredId/disclose': {
    summary: '伏せた項目を理由を書いて開く',
    params: insuredId,
    body: closedObject({ reason: Type.String({ minLength: 5, maxLength: 200 }) }),
    reply: InsuredDetail,
  },
} as const satisfies RouteTable
