import type { Static } from 'typebox'
import { Fault } from '#kernel/faults.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { appendEvent } from '#audit/append.ts'
import type { Database, Sql } from '#db/database.ts'
import { isAllowed } from '#access/rights.ts'
import type { Register } from '#access/route.ts'
import type { CurrentUser } from '#access/users.ts'
import { parseOwnProfile, profileInForce } from '#intake/own-profiles.ts'
import type { Profile } from '#intake/profile.ts'
import { actorOf } from '#runtime/actor.ts'
import type { Api } from '../contract.ts'
import type { ApiDeps } from '../deps.ts'
import { addClosure, closureEffect, comingHolidays, listClosures, removeClosure } from '../settings/closures.ts'
import { checkSetting, fieldsOf, municipalitySetting } from '../settings/municipality.ts'
import type { SettingAct } from '../settings/option-change.ts'
import { registerSeal } from '../settings/register-seal.ts'
import { profileDifferences } from '../settings/profile-differences.ts'
import {
  enforceSetting,
  lockWaiting,
  proposeSetting,
  refuseSetting,
  settingVersions,
  type SettingKey,
  type SettingVersion,
  type WaitingSetting,
} from '../settings/setting-change.ts'
import { differencesOf } from '../settings/setting-fields.ts'
import { tryProfile } from '../settings/try-profile.ts'
import type { Version } from './settings.schema.ts'

type Differences = (before: unknown, after: unknown) => Static<typeof Version>['differences']

/** 設定 → 自治体の設定, ファイルの様式, 開庁日. Texts and layouts count once a second person has put them in force. */
export function settingsRoutes(route: Register<Api>, deps: ApiDeps): void {
  const { clock, registry, profiles } = deps
  const acting = <T>(db: Database, user: CurrentUser, work: (act: SettingAct) => Promise<T>): Promise<T> =>
    db.tx((tx) => work({ tx, user, clock, registry }))
  const profileOf = (kind: string): Profile => {
    const found = [...profiles.kinds('in'), ...profiles.kinds('out')].find((one) => one.kind === kind)
    if (found === undefined) throw new Fault('SET-004')
    return found
  }
  const current = async (sql: Sql, { area, name }: Pick<WaitingSetting, 'area' | 'name'>): Promise<unknown> => {
    if (area === 'profile') return (await profileInForce(sql, profiles, name, profileOf(name).direction)).profile
    const row = await sql.maybe<{ value: unknown }>(`select value from municipality_settings where name = $1`, [name])
    return row?.value ?? null
  }
  const keyOf = ({ area, name }: Pick<WaitingSetting, 'area' | 'name'>): SettingKey => ({
    area,
    name,
    title: area === 'profile' ? `ファイルの様式 ${profileOf(name).title}` : municipalitySetting(name).title,
  })

  route('GET /api/settings/municipality/:name', ({ db, user, params: { name } }) =>
    db.tx(async (tx) => {
      const setting = municipalitySetting(name)
      const row = await tx.maybe<{ value: Record<string, unknown>; recordedAt: string }>(
        `select value, recorded_at as "recordedAt" from municipality_settings where name = $1`,
        [name],
      )
      const fields = await fieldsOf(tx, setting)
      const versions = await settingVersions(tx, 'municipality', name, user, clock.today())
      return {
        name,
        title: setting.title,
        reach: setting.reach,
        recordedAt: row?.recordedAt ?? null,
        value: row?.value ?? null,
        fields,
        ...waitingOf(versions, user, await firstValue(tx, name, row?.value ?? null), (before, after) =>
          differencesOf(fields, before, after),
        ),
      }
    }),
  )
  route('POST /api/settings/seals', ({ db, user, body }) => acting(db, user, (act) => registerSeal(act, body)))
  route('POST /api/settings/municipality/:name', async ({ db, user, params: { name }, body }) => ({
    id: await acting(db, user, async (act) => {
      const setting = municipalitySetting(name)
      await checkSetting(act.tx, setting, body.value)
      const key = keyOf({ area: 'municipality', name })
      return proposeSetting(act, key, { ...body, current: await current(act.tx, key) })
    }),
  }))

  route('GET /api/settings/profiles', async ({ db, user }) => {
    const versions = await settingVersions(db, 'profile', null, user, clock.today())
    const items = []
    for (const base of [...profiles.kinds('in'), ...profiles.kinds('out')]) {
      const { profile, versionId } = await profileInForce(db, profiles, base.kind, base.direction)
      items.push({
        kind: base.kind,
        title: profile.title,
        direction: base.direction,
        version: profile.version,
        encoding: profile.encoding,
        columnCount: profile.columns.length,
        isOwn: versionId !== null,
        isWaiting: versions.some(({ name, state }) => name === base.kind && state === 'waiting'),
      })
    }
    return { items }
  })
  route('GET /api/settings/profiles/:kind', ({ db, user, params: { kind } }) =>
    db.tx(async (tx) => {
      const base = profileOf(kind)
      const { profile, versionId } = await profileInForce(tx, profiles, kind, base.direction)
      const versions = await settingVersions(tx, 'profile', kind, user, clock.today())
      return {
        kind,
        title: profile.title,
        direction: base.direction,
        isOwn: versionId !== null,
        text: `${JSON.stringify(profile, null, 2)}\n`,
        columns: profile.columns.map(({ name, field, type, required, isProtected }) => ({
          name,
          field,
          type,
          isRequired: required === true,
          isProtected: isProtected === true,
        })),
        files: await tx.rows<{ fileId: string; name: string; receivedAt: string; status: string }>(
          `select id as "fileId", name, received_at as "receivedAt", state as status from files
           where direction = 'in' and kind = $1 and sha256 is not null order by received_at desc limit 10`,
          [kind],
        ),
        ...waitingOf(versions, user, base, (before, after) => profileDifferences(before as Profile, after as Profile)),
      }
    }),
  )
  route('POST /api/settings/profiles/:kind', async ({ db, user, params: { kind }, body }) => ({
    id: await acting(db, user, async (act) => {
      const value = parseOwnProfile(profiles, kind, body.text)
      const key = keyOf({ area: 'profile', name: kind })
      const before = (await current(act.tx, key)) as Profile
      if (value.version <= before.version)
        throw new Fault('SET-003', { detail: `version は ${before.version + 1} 以上にしてください` })
      return proposeSetting(act, key, { value, current: before, reason: body.reason })
    }),
  }))
  route('POST /api/settings/profiles/:kind/try', async ({ db, user, params: { kind }, body }) => {
    const profile = parseOwnProfile(profiles, kind, body.text)
    const trial = await tryProfile({ db, store: deps.files }, profile, body.fileId)
    await db.tx((tx) =>
      appendEvent(tx, {
        at: clock.now(),
        kind: 'read',
        actor: actorOf(user),
        subjects: [{ kind: 'file', id: body.fileId }],
        payload: { what: '様式の試し読み', count: trial.errors.length },
      }),
    )
    return { ...trial, errors: [...trial.errors] }
  })

  route('POST /api/settings/changes/:changeId/enforce', async ({ db, user, params }) => {
    await acting(db, user, async (act) => {
      const waiting = await lockWaiting(act, params.changeId)
      if (!waiting.isOther) throw new Fault('SET-001')
      if (waiting.area === 'profile') parseOwnProfile(profiles, waiting.name, JSON.stringify(waiting.value))
      else await checkSetting(act.tx, municipalitySetting(waiting.name), waiting.value)
      await enforceSetting(act, params.changeId, keyOf(waiting), {
        value: waiting.value,
        current: await current(act.tx, waiting),
      })
    })
    return { ok: true }
  })
  route('POST /api/settings/changes/:changeId/refuse', async ({ db, user, params, body }) => {
    await acting(db, user, async (act) => {
      const waiting = await lockWaiting(act, params.changeId)
      if (!waiting.isMine && !mayEnforce(user)) throw new Fault('AUTH-002')
      await refuseSetting(act, params.changeId, keyOf(waiting), body.reason)
    })
    return { ok: true }
  })

  route('GET /api/settings/closures', async ({ db }) => ({
    today: clock.today(),
    holidays: await comingHolidays(db, clock.today()),
    items: await listClosures(db),
  }))
  route(
    'GET /api/settings/closures/:day',
    ({ db, params }) => closureEffect(db, params.day as PlainDate, clock.today()), // date format
  )
  route('POST /api/settings/closures', async ({ db, user, body }) => {
    await acting(db, user, (act) => addClosure(act, { ...body, closedOn: body.closedOn as PlainDate }))
    return { ok: true }
  })
  route('POST /api/settings/closures/:day/remove', async ({ db, user, params }) => {
    await acting(db, user, (act) => removeClosure(act, params.day as PlainDate))
    return { ok: true }
  })
}

const mayEnforce = (user: CurrentUser): boolean => isAllowed('POST /api/settings/changes/:changeId/enforce', user.roles)

/** What held before the municipality changed it for the first time: the journal knows. */
async function firstValue(sql: Sql, name: string, now: unknown): Promise<unknown> {
  const first = await sql.maybe<{ before: unknown }>(
    `select payload::jsonb #> '{payload,before}' as before from audit_events
     where kind = 'setting-enforced' and subject_kind = 'setting' and subject_id = $1 order by id limit 1`,
    [`municipality/${name}`],
  )
  return first === null ? now : first.before
}

/** The change that waits, what this person may do with it, and every version against the one before it. */
function waitingOf(versions: readonly SettingVersion[], user: CurrentUser, first: unknown, differences: Differences) {
  let before = first
  const described: Static<typeof Version>[] = []
  for (const { value, isOther: _other, isMine: _mine, ...version } of versions) {
    const { changeId, state, reason, decidedBy, recordedAt, enforcedBy, enforcedAt, refusedBy, refusedWhy } = version
    described.push({
      changeId,
      state,
      reason,
      decidedBy,
      recordedAt,
      enforcedBy,
      enforcedAt,
      refusedBy,
      refusedWhy,
      differences: differences(before, value),
    })
    if (state === 'inForce') before = value
  }
  const waiting = versions.find(({ state }) => state === 'waiting')
  const refusal =
    waiting === undefined
      ? null
      : !mayEnforce(user)
        ? new Fault('AUTH-002').message
        : waiting.isOther
          ? null
          : new Fault('SET-001').message
  return {
    waiting: described.find(({ state }) => state === 'waiting') ?? null,
    canPropose: waiting === undefined && isAllowed('POST /api/settings/municipality/:name', user.roles),
    canEnforce: waiting !== undefined && refusal === null,
    enforceRefusal: refusal,
    canRefuse: waiting !== undefined && (waiting.isMine || mayEnforce(user)),
    history: described.toReversed(),
  }
}
