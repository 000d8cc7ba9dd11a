import type { PlainDate } from '#kernel/plain-date.ts'
import type { Database } from '#db/database.ts'
import { ROLE_LABELS, ROLES } from '#access/roles.ts'
import type { Register } from '#access/route.ts'
import { addStaff, disableLogin, enableLogin } from '#access/staff/accounts.ts'
import type { StaffAct } from '#access/staff/act.ts'
import { approveDeputy, listDeputies, recordDeputy, withdrawDeputy } from '#access/staff/deputies.ts'
import { listStaff, listUnits } from '#access/staff/list.ts'
import { approveRole, endRole, grantRole, needsSecond } from '#access/staff/roles.ts'
import { addMember, addUnit, changeUnit, endMember } from '#access/staff/units.ts'
import type { CurrentUser } from '#access/users.ts'
import type { Api } from '../contract.ts'
import type { ApiDeps } from '../deps.ts'

/** A day of a body or a path: the schema's date format has checked it. */
const day = (text: string): PlainDate => text as PlainDate
const dayOrNull = (text: string | null): PlainDate | null => text as PlainDate | null
const span = ({ validFrom, validTo }: { validFrom: string; validTo: string | null }) => ({
  validFrom: day(validFrom),
  validTo: dayOrNull(validTo),
})

/** 設定 → 職員. Every change is one transaction with its event; rights below the table stand in `src/access/staff`. */
export function staffRoutes(route: Register<Api>, { clock }: ApiDeps): void {
  const acting = <T>(db: Database, user: CurrentUser, work: (act: StaffAct) => Promise<T>): Promise<T> =>
    db.tx((tx) => work({ tx, user, clock }))
  const done = async (work: Promise<void>): Promise<{ ok: boolean }> => {
    await work
    return { ok: true }
  }
  const made = async (work: Promise<string>): Promise<{ id: string }> => ({ id: await work })

  route('GET /api/settings/staff', ({ db, user }) =>
    db.tx(async (tx) => {
      const today = clock.today()
      const staff = await listStaff(tx, user.userId, today)
      const isSecond = user.roles.includes('kanri') || user.roles.includes('kakaricho')
      return {
        today,
        staff: staff.map((member) => ({
          ...member,
          isMe: member.userId === `${user.userId}`,
          roles: member.roles.map(({ isThird, ...grant }) => ({
            ...grant,
            label: ROLE_LABELS[grant.role],
            canApprove: isSecond && isThird && grant.state === 'waiting',
          })),
        })),
        units: await listUnits(tx),
        deputies: await listDeputies(tx, user, today),
        roles: ROLES.map((role) => ({ role, label: ROLE_LABELS[role], needsSecond: needsSecond(role) })),
      }
    }),
  )
  route('POST /api/settings/staff', ({ db, user, body }) => made(acting(db, user, (act) => addStaff(act, body))))
  route('POST /api/settings/staff/:userId/disable', ({ db, user, params, body }) =>
    done(acting(db, user, (act) => disableLogin(act, params.userId, body.reason))),
  )
  route('POST /api/settings/staff/:userId/enable', ({ db, user, params, body }) =>
    done(acting(db, user, (act) => enableLogin(act, params.userId, body.reason))),
  )
  route('POST /api/settings/staff/:userId/roles', ({ db, user, params, body }) =>
    made(acting(db, user, (act) => grantRole(act, { ...body, ...span(body), userId: params.userId }))),
  )
  route('POST /api/settings/roles/:roleId/approve', ({ db, user, params }) =>
    done(acting(db, user, (act) => approveRole(act, params.roleId))),
  )
  route('POST /api/settings/roles/:roleId/end', ({ db, user, params, body }) =>
    done(acting(db, user, (act) => endRole(act, params.roleId, { on: dayOrNull(body.on), reason: body.reason }))),
  )
  route('POST /api/settings/units', ({ db, user, body }) =>
    made(acting(db, user, (act) => addUnit(act, { ...body, ...span(body) }))),
  )
  route('PUT /api/settings/units/:unitId', ({ db, user, params, body }) =>
    done(acting(db, user, (act) => changeUnit(act, params.unitId, { ...body, validTo: dayOrNull(body.validTo) }))),
  )
  route('POST /api/settings/units/:unitId/members', ({ db, user, params, body }) =>
    made(acting(db, user, (act) => addMember(act, params.unitId, { userId: body.userId, ...span(body) }))),
  )
  route('POST /api/settings/members/:memberId/end', ({ db, user, params, body }) =>
    done(acting(db, user, (act) => endMember(act, params.memberId, day(body.on)))),
  )
  route('POST /api/settings/deputies', ({ db, user, body }) =>
    made(acting(db, user, (act) => recordDeputy(act, { ...body, fromOn: day(body.fromOn), toOn: day(body.toOn) }))),
  )
  route('POST /api/settings/deputies/:deputyId/approve', ({ db, user, params }) =>
    done(acting(db, user, (act) => approveDeputy(act, params.deputyId))),
  )
  route('POST /api/settings/deputies/:deputyId/withdraw', ({ db, user, params, body }) =>
    done(acting(db, user, (act) => withdrawDeputy(act, params.deputyId, body.reason))),
  )
}
