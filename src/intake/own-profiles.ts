import { Fault } from '#kernel/faults.ts'
import type { Sql } from '#db/database.ts'
import { parseProfile, requireReplaces, type Profiles } from './profiles.ts'
import type { Profile } from './profile.ts'

/** A layout with the version of the municipality's own it comes from; null = the installation's. */
export interface ProfileInForce {
  readonly profile: Profile
  readonly versionId: bigint | null
}

/**
 * 様式(レイアウト定義) in force of a kind: the municipality's own version that was put in force last, else the installation's.
 * `versionId` asks for that one, whatever is in force now: a file is read by what held when it was received. Throws
 * FILE-001 for an unknown kind.
 */
export async function profileInForce(
  sql: Sql,
  installed: Profiles,
  kind: string,
  direction: Profile['direction'],
  versionId?: bigint | null,
): Promise<ProfileInForce> {
  const base = installed.of(kind, direction)
  if (versionId === null) return { profile: base, versionId: null }
  const own = await sql.maybe<{ id: bigint; value: unknown }>(
    `select id, value from setting_versions
     where area = 'profile' and name = $1 and put_in_force_by is not null and ($2::bigint is null or id = $2)
     order by put_in_force_at desc, id desc limit 1`,
    [kind, versionId ?? null],
  )
  if (own === null) return { profile: base, versionId: null }
  return { profile: parseProfile(JSON.stringify(own.value), `${kind} 第${own.id}版`), versionId: own.id }
}

/** A layout's JSON text for a kind, checked against what the loaders need. Throws FILE-010. */
export function parseOwnProfile(installed: Profiles, kind: string, text: string): Profile {
  const base = [...installed.kinds('in'), ...installed.kinds('out')].find((one) => one.kind === kind)
  if (base === undefined) throw new Fault('SET-004')
  const profile = parseProfile(text, kind)
  if (profile.kind !== kind || profile.direction !== base.direction)
    throw new Fault('FILE-010', { source: kind, detail: `種別は ${kind}、向きは ${base.direction} にしてください` })
  requireReplaces(profile, base, kind)
  return profile
}
