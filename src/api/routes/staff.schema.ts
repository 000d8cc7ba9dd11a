import { Type } from 'typebox'
import { closedObject, Day, IdText, nullable, oneOf, type RouteTable } from '#access/route-schema.ts'
import { ROLES } from '#access/roles.ts'

const Name = Type.String({ minLength: 1, maxLength: 60 })
const Reason = Type.String({ minLength: 2, maxLength: 200 })
const span = { validFrom: Day, validTo: nullable(Day) }

const RoleGrant = closedObject({
  roleId: IdText,
  role: oneOf(ROLES),
  label: Type.String(),
  ...span,
  state: oneOf(['ended', 'waiting', 'planned', 'inForce']),
  reason: Type.String(),
  grantedBy: nullable(Type.String()),
  approvedBy: nullable(Type.String()),
  endedWhy: nullable(Type.String()),
  /** May who asks be the second person for it? */
  canApprove: Type.Boolean(),
})

/** A login with its person, roles and 係. */
export const StaffMember = closedObject({
  userId: IdText,
  login: Type.String(),
  name: Type.String(),
  kana: Type.String(),
  hasSubject: Type.Boolean(),
  isDisabled: Type.Boolean(),
  isMe: Type.Boolean(),
  roles: Type.Array(RoleGrant),
  units: Type.Array(closedObject({ memberId: IdText, unitId: IdText, ...span })),
})

const Unit = closedObject({ unitId: IdText, code: Type.String(), name: Type.String(), kana: Type.String(), ...span })

const Deputy = closedObject({
  deputyId: IdText,
  absentUserId: IdText,
  absentName: Type.String(),
  deputyUserId: IdText,
  deputyName: Type.String(),
  fromOn: Day,
  toOn: Day,
  reason: Type.String(),
  state: oneOf(['waiting', 'planned', 'inForce', 'ended']),
  recordedBy: Type.String(),
  approvedBy: nullable(Type.String()),
  canApprove: Type.Boolean(),
  canWithdraw: Type.Boolean(),
})

const withId = <N extends string>(name: N) => closedObject({ [name]: IdText } as Record<N, typeof IdText>)
const done = closedObject({ ok: Type.Boolean() })
const made = closedObject({ id: IdText })
const unitTexts = { name: Name, kana: Type.String({ minLength: 1, maxLength: 60 }), validTo: nullable(Day) }

/** 設定 → 職員: logins, roles, 係, deputies. */
export const staffRoutes = {
  'GET /api/settings/staff': {
    summary: '職員、役割、係、代理',
    reply: closedObject({
      today: Day,
      staff: Type.Array(StaffMember),
      units: Type.Array(Unit),
      deputies: Type.Array(Deputy),
      roles: Type.Array(closedObject({ role: oneOf(ROLES), label: Type.String(), needsSecond: Type.Boolean() })),
    }),
  },
  'POST /api/settings/staff': {
    summary: '職員を登録する',
    body: closedObject({
      login: Type.String({ pattern: '^[a-z][a-z0-9._-]{1,39}$' }),
      name: Name,
      kana: Type.String({ minLength: 1, maxLength: 60 }),
      subject: nullable(Type.String({ minLength: 1, maxLength: 200 })),
    }),
    reply: made,
    status: 201,
    idempotent: 'exact',
  },
  'POST /api/settings/staff/:userId/disable': {
    summary: 'ログインを止める',
    params: withId('userId'),
    body: closedObject({ reason: Reason }),
    reply: done,
    idempotent: 'exact',
  },
  'POST /api/settings/staff/:userId/enable': {
    summary: 'ログインを戻す',
    params: withId('userId'),
    body: closedObject({ reason: Reason }),
    reply: done,
    idempotent: 'exact',
  },
  'POST /api/settings/staff/:userId/roles': {
    summary: '役割を与える(係長・監査・管理者は二人目が認めてから効く)',
    params: withId('userId'),
    body: closedObject({ role: oneOf(ROLES), ...span, reason: Reason }),
    reply: made,
    status: 201,
    idempotent: 'exact',
  },
  'POST /api/settings/roles/:roleId/approve': {
    summary: '役割を二人目として認める',
    params: withId('roleId'),
    reply: done,
    idempotent: 'exact',
  },
  'POST /api/settings/roles/:roleId/end': {
    summary: '役割を終える(on がなければ直ちに)',
    params: withId('roleId'),
    body: closedObject({ on: nullable(Day), reason: Reason }),
    reply: done,
    idempotent: 'exact',
  },
  'POST /api/settings/units': {
    summary: '係を登録する',
    body: closedObject({ code: Type.String({ pattern: '^[0-9A-Za-z-]{1,10}$' }), validFrom: Day, ...unitTexts }),
    reply: made,
    status: 201,
    idempotent: 'exact',
  },
  'PUT /api/settings/units/:unitId': {
    summary: '係の名前と終わりの日を改める',
    params: withId('unitId'),
    body: closedObject(unitTexts),
    reply: done,
  },
  'POST /api/settings/units/:unitId/members': {
    summary: '係に入れる',
    params: withId('unitId'),
    body: closedObject({ userId: IdText, ...span }),
    reply: made,
    status: 201,
    idempotent: 'exact',
  },
  'POST /api/settings/members/:memberId/end': {
    summary: '係から外す',
    params: withId('memberId'),
    body: closedObject({ on: Day }),
    reply: done,
    idempotent: 'exact',
  },
  'POST /api/settings/deputies': {
    summary: '不在と代理を決める',
    body: closedObject({ absentUserId: IdText, deputyUserId: IdText, fromOn: Day, toOn: Day, reason: Reason }),
    reply: made,
    status: 201,
    idempotent: 'exact',
  },
  'POST /api/settings/deputies/:deputyId/approve': {
    summary: '代理を認める',
    params: withId('deputyId'),
    reply: done,
    idempotent: 'exact',
  },
  'POST /api/settings/deputies/:deputyId/withdraw': {
    summary: '代理をやめる',
    params: withId('deputyId'),
    body: closedObject({ reason: Reason }),
    reply: done,
    idempotent: 'exact',
  },
} as const satisfies RouteTable
