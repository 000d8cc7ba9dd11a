import { Type } from 'typebox'
import { closedObject, CountNumber, Day, Instant, nullable, oneOf, type RouteTable } from '#access/route-schema.ts'

/** Who is logged in. `csrf` goes into the header `x-csrf-token` of every POST and PUT. */
export const Me = closedObject({
  login: Type.String(),
  name: Type.String(),
  roles: Type.Array(closedObject({ role: Type.String(), label: Type.String() })),
  /** 「METHOD /path」 of every route this person may call: screens hide what is not in it. */
  rights: Type.Array(Type.String()),
  csrf: Type.String(),
  terminal: Type.String(),
  expiresAt: Instant,
})

/** What the head of every screen shows. */
export const Status = closedObject({
  municipality: Type.String(),
  isSample: Type.Boolean(),
  /** Our clock. */
  now: Instant,
  today: Day,
  /** Age of what the engine told us; null when it has never spoken. */
  dataAgeMs: nullable(Type.Integer()),
  engine: oneOf(['ok', 'behind', 'stopped']),
  /** What happened, in words, and 次にすること: for the banner of every screen. */
  alarms: Type.Array(closedObject({ at: Instant, kind: Type.String(), detail: Type.String(), next: Type.String() })),
  openTasks: CountNumber,
  /** What the pages begin with that are handed out now; a page that began with another is of an older version. */
  pages: nullable(Type.String()),
})

export const sessionRoutes = {
  'GET /api/login/options': {
    summary: 'ログインのしかた',
    reply: closedObject({
      municipality: Type.String(),
      isSample: Type.Boolean(),
      users: Type.Array(
        closedObject({
          login: Type.String(),
          name: Type.String(),
          roles: Type.Array(Type.String()),
          note: Type.String(),
        }),
      ),
    }),
  },
  'GET /api/login': {
    summary: 'ログイン画面へ移る',
    query: closedObject({
      as: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9]{0,30}$', description: '見本の利用者' })),
      return: Type.Optional(Type.String({ pattern: '^/(?!/)[^\\\\]*$', maxLength: 300 })),
    }),
    stream: 'redirect',
  },
  'GET /api/login/callback': {
    summary: 'ログインから戻る',
    query: Type.Object({}, { additionalProperties: Type.String({ maxLength: 4000 }) }),
    stream: 'redirect',
  },
  'POST /api/logout': { summary: 'ログアウト', reply: closedObject({ ok: Type.Boolean() }) },
  'GET /api/me': { summary: '自分', reply: Me },
  'GET /api/status': { summary: '状態', reply: Status },
  'GET /api/clock': {
    summary: '日付',
    reply: closedObject({ now: Instant, today: Day, isSample: Type.Boolean(), canMove: Type.Boolean() }),
  },
  'POST /api/clock': {
    summary: '日を進める(見本だけ)',
    body: closedObject({ date: Day }),
    reply: closedObject({ now: Instant, today: Day, isSample: Type.Boolean(), canMove: Type.Boolean() }),
  },
  'GET /api/events': {
    summary: '変わったことの知らせ(server-sent events: {topic, id})',
    stream: 'text/event-stream',
  },
} as const satisfies RouteTable

/** Data of one server-sent event. Ids only. */
export interface ChangeNotice {
  readonly topic: 'task' | 'run' | 'file' | 'instance' | 'audit' | 'clock' | 'status' | 'operations' | 'notification'
  readonly id: string | null
}
