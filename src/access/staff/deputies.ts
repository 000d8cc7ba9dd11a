import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import type { Sql } from '#db/database.ts'
import { unitsOf } from '../persons.ts'
import { loginsHolding, userById, type CurrentUser } from '../users.ts'
import { checkSpan, lockUser, tellStaff, type LockedUser, type StaffAct } from './act.ts'

/** waiting: not approved · planned · inForce · ended: over, or withdrawn before it was */
export type DeputyState = 'waiting' | 'planned' | 'inForce' | 'ended'

export interface Deputy {
  readonly deputyId: string
  readonly absentUserId: string
  readonly absentName: string
  readonly deputyUserId: string
  readonly deputyName: string
  readonly fromOn: PlainDate
  readonly toOn: PlainDate
  readonly reason: string
  readonly state: DeputyState
  readonly recordedBy: string
  readonly approvedBy: string | null
  /** May the person who asks approve it, and withdraw it? */
  readonly canApprove: boolean
  readonly canWithdraw: boolean
}

/** 不在と代理, newest first, as one person sees them. */
export async function listDeputies(sql: Sql, user: CurrentUser, today: PlainDate): Promise<Deputy[]> {
  const rows = await sql.rows<Omit<Deputy, 'canApprove' | 'canWithdraw'>>(
    `select d.id::text as "deputyId", d.absent_user_id::text as "absentUserId", abs.name as "absentName",
       d.deputy_user_id::text as "deputyUserId", des.name as "deputyName", d.from_on as "fromOn", d.to_on as "toOn", d.reason,
       case when d.withdrawn_on < $1 or d.to_on < $1 or (d.withdrawn_on is not null and d.approved_by is null) then 'ended'
            when d.approved_by is null then 'waiting' when d.from_on > $1 then 'planned' else 'inForce' end as state,
       rs.name as "recordedBy", aps.name as "approvedBy"
     from deputies d
     join users a on a.id = d.absent_user_id join staff abs on abs.id = a.staff_id
     join users b on b.id = d.deputy_user_id join staff des on des.id = b.staff_id
     join users r on r.id = d.recorded_by join staff rs on rs.id = r.staff_id
     left join users p on p.id = d.approved_by left join staff aps on aps.id = p.staff_id
     order by d.from_on desc, d.id desc`,
    [today],
  )
  const led = await ledBy(
    sql,
    user,
    rows.map(({ absentUserId }) => absentUserId),
    today,
  )
  return rows.map((row) => {
    const isParty = [row.absentUserId, row.deputyUserId].includes(`${user.userId}`)
    const isLead = led.has(row.absentUserId)
    return {
      ...row,
      canApprove: row.state === 'waiting' && !isParty && isLead,
      canWithdraw: row.state !== 'ended' && (isLead || row.absentUserId === `${user.userId}`),
    }
  })
}

/**
 * Those of the logins whose 不在 this person decides about: a 係長 about the people of an own 係; about another 係長, and about
 * who is in no 係, every 係長 does.
 */
async function ledBy(
  sql: Sql,
  user: CurrentUser,
  absentUserIds: readonly string[],
  on: PlainDate,
): Promise<ReadonlySet<string>> {
  if (!user.roles.includes('kakaricho')) return new Set()
  const units = await unitsOf(sql, [...absentUserIds, `${user.userId}`], on)
  const mine = units.get(`${user.userId}`) ?? []
  const heads = await loginsHolding(sql, 'kakaricho', on)
  return new Set(
    absentUserIds.filter((absent) => {
      const theirs = units.get(absent) ?? []
      return heads.has(absent) || theirs.length === 0 || theirs.some((unit) => mine.includes(unit))
    }),
  )
}

const leads = async (sql: Sql, user: CurrentUser, absentUserId: bigint, on: PlainDate): Promise<boolean> =>
  (await ledBy(sql, user, [`${absentUserId}`], on)).has(`${absentUserId}`)

interface NewDeputy {
  readonly absentUserId: string
  readonly deputyUserId: string
  readonly fromOn: PlainDate
  readonly toOn: PlainDate
  readonly reason: string
}

/**
 * 不在と代理を決める. The absent person may ask for it; a 係長 of the 係 who is neither of the two decides it at once. Throws
 * USER-005 for past days, USER-010 without the right, USER-011 when the deputy cannot do the work or is away too.
 */
export async function recordDeputy(act: StaffAct, request: NewDeputy): Promise<string> {
  const { tx, user, clock } = act
  const absent = await lockUser(tx, request.absentUserId)
  const deputy = await lockUser(tx, request.deputyUserId)
  const { fromOn, toOn, reason } = request
  checkSpan(fromOn, toOn)
  if (fromOn < clock.today()) throw new Fault('USER-005', { detail: '始めの日は今日からにしてください' })
  const isLead = await leads(tx, user, absent.userId, clock.today())
  if (!isLead && user.userId !== absent.userId) throw new Fault('USER-010')
  await checkAble(tx, absent, deputy, fromOn, toOn)
  const isDecided = isLead && ![absent.staffId, deputy.staffId].includes(user.staffId)
  const now = clock.now()
  await tx.run(
    `insert into absences (user_id, from_on, to_on, reason, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6)`,
    [absent.userId, fromOn, toOn, reason, user.userId, now],
  )
  const { id } = await tx.one<{ id: string }>(
    `insert into deputies (absent_user_id, deputy_user_id, from_on, to_on, reason, recorded_by, recorded_at, approved_by, approved_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id::text as id`,
    [
      absent.userId,
      deputy.userId,
      fromOn,
      toOn,
      reason,
      user.userId,
      now,
      isDecided ? user.userId : null,
      isDecided ? now : null,
    ],
  )
  await tellStaff(act, 'deputy-set', absent, {
    before: null,
    after: { deputy: deputy.login, fromOn, toOn, isApproved: isDecided },
    reason,
  })
  return id
}

/** The deputy is another person who works tasks, is not away, and stands in for nobody twice. Throws USER-011. */
async function checkAble(
  sql: Sql,
  absent: LockedUser,
  deputy: LockedUser,
  fromOn: PlainDate,
  toOn: PlainDate,
): Promise<void> {
  const roles = (await userById(sql, deputy.userId, fromOn))?.roles ?? []
  const { away } = await sql.one<{ away: boolean }>(
    `select exists (select from absences where user_id = $1 and withdrawn_on is null and from_on <= $3 and $2 <= to_on)
       or exists (select from deputies where absent_user_id = $4 and withdrawn_on is null and from_on <= $3 and $2 <= to_on) as away`,
    [deputy.userId, fromOn, toOn, absent.userId],
  )
  const isWorking = roles.includes('tantou') || roles.includes('kakaricho')
  if (absent.staffId === deputy.staffId || !isWorking || away) throw new Fault('USER-011')
}

interface DeputyRow {
  readonly absentUserId: bigint
  readonly deputyUserId: bigint
  readonly fromOn: PlainDate
  readonly toOn: PlainDate
  readonly isApproved: boolean
  readonly isWithdrawn: boolean
}

async function lockDeputy({ tx }: StaffAct, deputyId: string): Promise<DeputyRow> {
  const row = await tx.maybe<DeputyRow>(
    `select absent_user_id as "absentUserId", deputy_user_id as "deputyUserId", from_on as "fromOn", to_on as "toOn",
       approved_by is not null as "isApproved", withdrawn_on is not null as "isWithdrawn"
     from deputies where id = $1 for update`,
    [deputyId],
  )
  if (row === null) throw new Fault('USER-003')
  return row
}

/** 代理を認める. Throws USER-008 when nothing waits, USER-012 for one of the two, USER-010 without the right. */
export async function approveDeputy(act: StaffAct, deputyId: string): Promise<void> {
  const { tx, user, clock } = act
  const row = await lockDeputy(act, deputyId)
  if (row.isApproved || row.isWithdrawn || row.toOn < clock.today()) throw new Fault('USER-008')
  const absent = await lockUser(tx, `${row.absentUserId}`)
  const deputy = await lockUser(tx, `${row.deputyUserId}`)
  if ([absent.staffId, deputy.staffId].includes(user.staffId)) throw new Fault('USER-012')
  if (!(await leads(tx, user, absent.userId, clock.today()))) throw new Fault('USER-010')
  await tx.run(`update deputies set approved_by = $2, approved_at = $3 where id = $1`, [
    deputyId,
    user.userId,
    clock.now(),
  ])
  const says = (isApproved: boolean) => ({ deputy: deputy.login, fromOn: row.fromOn, toOn: row.toOn, isApproved })
  await tellStaff(act, 'deputy-approved', absent, { before: says(false), after: says(true) })
}

/** 代理をやめる: today is its last day, and stays one for 二人の確認. Throws USER-008, USER-010. */
export async function withdrawDeputy(act: StaffAct, deputyId: string, reason: string): Promise<void> {
  const { tx, user, clock } = act
  const today = clock.today()
  const row = await lockDeputy(act, deputyId)
  if (row.isWithdrawn || row.toOn < today) throw new Fault('USER-008')
  const absent = await lockUser(tx, `${row.absentUserId}`)
  if (user.userId !== absent.userId && !(await leads(tx, user, absent.userId, today))) throw new Fault('USER-010')
  await tx.run(`update deputies set withdrawn_by = $2, withdrawn_on = $3 where id = $1`, [deputyId, user.userId, today])
  await tx.run(
    `update absences set withdrawn_by = $2, withdrawn_on = $3
     where user_id = $1 and from_on = $4 and to_on = $5 and withdrawn_on is null`,
    [absent.userId, user.userId, today, row.fromOn, row.toOn],
  )
  await tellStaff(act, 'deputy-withdrawn', absent, {
    before: { fromOn: row.fromOn, toOn: row.toOn, isWithdrawn: false },
    after: { fromOn: row.fromOn, toOn: row.toOn, isWithdrawn: true },
    reason,
  })
}
