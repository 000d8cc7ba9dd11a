import { Type } from 'typebox'
import {
  closedObject,
  CountNumber,
  Day,
  IdText,
  Instant,
  nullable,
  oneOf,
  Uuid,
  type RouteTable,
} from '#access/route-schema.ts'

export const Reason = Type.String({ minLength: 2, maxLength: 200 })
const OptionValue = Type.Union([Type.Boolean(), Type.Integer(), Type.String({ maxLength: 100 })])
const done = closedObject({ ok: Type.Boolean() })
const made = closedObject({ id: IdText })

const optionFields = {
  flow: Type.String(),
  flowName: Type.String(),
  name: Type.String(),
  label: Type.String(),
  basis: oneOf(['賦課年度', '納期限', '発送日', '納付日']),
  type: oneOf(['integer', 'yen', 'boolean', 'choice']),
  unit: Type.String(),
  min: nullable(Type.Integer()),
  max: nullable(Type.Integer()),
  choices: Type.Array(closedObject({ value: Type.String(), label: Type.String() })),
  defaultText: Type.String(),
  /** 根拠 of the value in force, else where the default comes from. */
  source: Type.String(),
  /** The default holds, and nobody has confirmed it. */
  isUnconfirmed: Type.Boolean(),
  valueText: Type.String(),
  validFrom: nullable(Day),
  next: nullable(closedObject({ valueText: Type.String(), validFrom: Day })),
  waiting: nullable(closedObject({ changeId: IdText, valueText: Type.String(), validFrom: Day })),
}
export const OptionInfo = closedObject(optionFields)

const OptionHistory = closedObject({
  changeId: IdText,
  state: oneOf(['inForce', 'waiting', 'refused']),
  valueText: Type.String(),
  validFrom: Day,
  legalSource: Type.String(),
  reason: Type.String(),
  decidedBy: nullable(Type.String()),
  recordedAt: Instant,
  enforcedBy: nullable(Type.String()),
  enforcedAt: nullable(Instant),
  refusedBy: nullable(Type.String()),
  refusedWhy: nullable(Type.String()),
})

export const OptionDetail = closedObject({
  ...optionFields,
  history: Type.Array(OptionHistory),
  /** Why the person who asks cannot put the waiting change in force; null: they can, or nothing waits. */
  enforceRefusal: nullable(Type.String()),
  canEnforce: Type.Boolean(),
  canRefuse: Type.Boolean(),
  impact: closedObject({
    openRunCount: CountNumber,
    openRuns: Type.Array(
      closedObject({ runId: Uuid, number: Type.String(), title: Type.String(), value: Type.String() }),
    ),
    affectedInstalments: nullable(CountNumber),
    examples: Type.Array(closedObject({ day: Day, before: Type.String(), after: Type.String() })),
  }),
})

const changeId = closedObject({ changeId: IdText })
const optionKey = closedObject({
  flow: Type.String({ maxLength: 60 }),
  name: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]{0,59}$' }),
})

/** 設定: 条例等, texts of the municipality, 開庁日, ファイルの様式. */
export const settingsRoutes = {
  'GET /api/settings/options': {
    summary: '条例等の設定の一覧',
    query: closedObject({ on: Type.Optional(Day) }),
    reply: closedObject({ on: Day, items: Type.Array(OptionInfo) }),
  },
  'GET /api/settings/options/:flow/:name': {
    summary: '条例等の設定: これまでの値、待っている変更、およぶ範囲',
    params: optionKey,
    query: closedObject({ on: Type.Optional(Day) }),
    reply: OptionDetail,
  },
  'POST /api/settings/options/:flow/:name': {
    summary: '条例等の設定の変更を出す(別の人が施行してから効く)',
    params: optionKey,
    body: closedObject({
      value: OptionValue,
      validFrom: Day,
      legalSource: Type.String({ minLength: 2, maxLength: 200 }),
      reason: Reason,
    }),
    reply: made,
    status: 201,
    idempotent: 'exact',
  },
  'POST /api/settings/option-changes/:changeId/enforce': {
    summary: '条例等の設定の変更を二人目として施行する',
    params: changeId,
    reply: done,
    idempotent: 'exact',
  },
  'POST /api/settings/option-changes/:changeId/refuse': {
    summary: '条例等の設定の変更を差し戻す(出した人は取り下げる)',
    params: changeId,
    body: closedObject({ reason: Reason }),
    reply: done,
    idempotent: 'exact',
  },
} as const satisfies RouteTable
