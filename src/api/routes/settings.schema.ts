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

const Reason = Type.String({ minLength: 2, maxLength: 200 })
const OptionValue = Type.Union([Type.Boolean(), Type.Integer(), Type.String({ maxLength: 100 })])
const done = closedObject({ ok: Type.Boolean() })
const made = closedObject({ id: IdText })

const optionFields = {
  flow: Type.String(),
  flowName: Type.String(),
  name: Type.String(),
  label: Type.String(),
  basis: oneOf(['賦課年度', '納期限', '発送日', '納付日', '暦年']),
  type: oneOf(['integer', 'yen', 'percent', 'boolean', 'choice']),
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

export const Version = closedObject({
  changeId: IdText,
  state: oneOf(['inForce', 'waiting', 'refused']),
  reason: Type.String(),
  decidedBy: Type.String(),
  recordedAt: Instant,
  enforcedBy: nullable(Type.String()),
  enforcedAt: nullable(Instant),
  refusedBy: nullable(Type.String()),
  refusedWhy: nullable(Type.String()),
  /** Against what was in force before it. */
  differences: Type.Array(
    closedObject({ label: Type.String(), before: nullable(Type.String()), after: nullable(Type.String()) }),
  ),
})
/** What both kinds of settings say about their change that waits. */
const waitingFields = {
  waiting: nullable(Version),
  canPropose: Type.Boolean(),
  canEnforce: Type.Boolean(),
  enforceRefusal: nullable(Type.String()),
  canRefuse: Type.Boolean(),
  /** Newest first. */
  history: Type.Array(Version),
}
const JsonObject = Type.Record(Type.String(), Type.Unknown())

const SettingField = closedObject({
  path: Type.String(),
  label: Type.String(),
  kind: oneOf(['group', 'text', 'lines', 'integer', 'number', 'yesno', 'choice']),
  isOptional: Type.Boolean(),
  maxLength: nullable(Type.Integer()),
  choices: Type.Array(closedObject({ value: Type.String(), label: Type.String() })),
})
const ProfileColumn = closedObject({
  name: Type.String(),
  field: Type.String(),
  type: Type.String(),
  isRequired: Type.Boolean(),
  isProtected: Type.Boolean(),
})
const kindKey = closedObject({ kind: Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' }) })
const profileText = Type.String({ minLength: 2, maxLength: 200_000 })

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
  'GET /api/settings/municipality/:name': {
    summary: '自治体の設定',
    params: closedObject({ name: Type.String({ maxLength: 40 }) }),
    reply: closedObject({
      name: Type.String(),
      title: Type.String(),
      reach: Type.String(),
      /** Since when the value holds; null: nothing is set. */
      recordedAt: nullable(Instant),
      value: nullable(JsonObject),
      fields: Type.Array(SettingField),
      ...waitingFields,
    }),
  },
  'POST /api/settings/municipality/:name': {
    summary: '自治体の設定の変更を出す',
    params: closedObject({ name: Type.String({ maxLength: 40 }) }),
    body: closedObject({ value: JsonObject, reason: Reason }),
    reply: made,
    status: 201,
    idempotent: 'exact',
  },
  'POST /api/settings/seals': {
    summary: '公印の画像を登録する(自治体の設定で選んで施行すると印字される)',
    body: closedObject({
      /** Base64 of the PNG or SVG. */
      picture: Type.String({ minLength: 1, maxLength: 300_000, pattern: '^[A-Za-z0-9+/]+={0,2}$' }),
      note: Type.String({ minLength: 2, maxLength: 60 }),
    }),
    reply: closedObject({ sha256: Type.String(), type: oneOf(['svg', 'png']) }),
    status: 201,
  },
  'GET /api/settings/profiles': {
    summary: 'ファイルの様式の一覧',
    reply: closedObject({
      items: Type.Array(
        closedObject({
          kind: Type.String(),
          title: Type.String(),
          direction: oneOf(['in', 'out']),
          version: Type.Integer(),
          encoding: Type.String(),
          columnCount: CountNumber,
          isOwn: Type.Boolean(),
          isWaiting: Type.Boolean(),
        }),
      ),
    }),
  },
  'GET /api/settings/profiles/:kind': {
    summary: 'ファイルの様式',
    params: kindKey,
    reply: closedObject({
      kind: Type.String(),
      title: Type.String(),
      direction: oneOf(['in', 'out']),
      isOwn: Type.Boolean(),
      /** The layout in force, as the JSON text that is edited. */
      text: Type.String(),
      columns: Type.Array(ProfileColumn),
      /** Files of this kind that were received lately, to try a layout on. */
      files: Type.Array(
        closedObject({ fileId: Uuid, name: Type.String(), receivedAt: Instant, status: Type.String() }),
      ),
      ...waitingFields,
    }),
  },
  'POST /api/settings/profiles/:kind': {
    summary: 'ファイルの様式の変更を出す',
    params: kindKey,
    body: closedObject({ text: profileText, reason: Reason }),
    reply: made,
    status: 201,
    idempotent: 'exact',
  },
  'POST /api/settings/profiles/:kind/try': {
    summary: '様式を受け入れたファイルで試す(何も残さない)',
    params: kindKey,
    body: closedObject({ text: profileText, fileId: Uuid }),
    reply: closedObject({
      lines: CountNumber,
      rejected: CountNumber,
      errors: Type.Array(
        closedObject({
          line: Type.Integer(),
          field: nullable(Type.String()),
          value: nullable(Type.String()),
          code: Type.String(),
          message: Type.String(),
        }),
      ),
      refusal: nullable(closedObject({ code: Type.String(), message: Type.String() })),
    }),
  },
  'POST /api/settings/changes/:changeId/enforce': {
    summary: '自治体の設定・ファイルの様式の変更を二人目として施行する',
    params: changeId,
    reply: done,
    idempotent: 'exact',
  },
  'POST /api/settings/changes/:changeId/refuse': {
    summary: '自治体の設定・ファイルの様式の変更を差し戻す',
    params: changeId,
    body: closedObject({ reason: Reason }),
    reply: done,
    idempotent: 'exact',
  },
  'GET /api/settings/closures': {
    summary: '休庁日',
    reply: closedObject({
      today: Day,
      /** 祝日 and 休庁日 of the coming year. */
      holidays: Type.Array(closedObject({ day: Day, name: Type.String(), isOwn: Type.Boolean() })),
      items: Type.Array(
        closedObject({
          closedOn: Day,
          name: Type.String(),
          recordedBy: nullable(Type.String()),
          recordedAt: Instant,
        }),
      ),
    }),
  },
  'GET /api/settings/closures/:day': {
    summary: '休庁日にするとおよぶ範囲',
    params: closedObject({ day: Day }),
    reply: closedObject({
      isOpenDay: Type.Boolean(),
      tasksDueThen: CountNumber,
      tasksWithLess: CountNumber,
      runs: Type.Array(
        closedObject({ runId: Uuid, number: Type.String(), title: Type.String(), dates: Type.Array(Type.String()) }),
      ),
    }),
  },
  'POST /api/settings/closures': {
    summary: '休庁日を登録する',
    body: closedObject({ closedOn: Day, name: Type.String({ minLength: 2, maxLength: 60 }) }),
    reply: done,
    status: 201,
    idempotent: 'exact',
  },
  'POST /api/settings/closures/:day/remove': {
    summary: '休庁日を取り消す',
    params: closedObject({ day: Day }),
    reply: done,
    idempotent: 'exact',
  },
} as const satisfies RouteTable
