import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Check, Errors } from 'typebox/value'
import { Fault } from '#kernel/faults.ts'
import { ProfileSchema, sqlTypeOf, type Profile } from './profile.ts'

const SHIPPED = join(import.meta.dirname, 'profiles')

/** The profiles in force, by kind. */
export interface Profiles {
  /** Throws FILE-001 for a kind that is not known in this direction. */
  of(kind: string, direction: Profile['direction']): Profile
  kinds(direction: Profile['direction']): readonly Profile[]
}

/** A profile as JSON text, checked. Throws FILE-010 with what is wrong. */
export function parseProfile(text: string, source: string): Profile {
  const value = jsonOf(text, source)
  if (!Check(ProfileSchema, value)) {
    const detail = Errors(ProfileSchema, value)
      .slice(0, 5)
      .map((error) => `${error.instancePath || '/'} ${error.message}`)
      .join(', ')
    throw new Fault('FILE-010', { source, detail })
  }
  for (const key of ['name', 'field'] as const) {
    const names = value.columns.map((column) => column[key])
    const twice = names.find((name, index) => names.indexOf(name) !== index)
    if (twice !== undefined) throw new Fault('FILE-010', { source, detail: `${twice} が2回あります` })
  }
  return value
}

function jsonOf(text: string, source: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Fault('FILE-010', { source, detail: 'JSON として読めません' })
  }
}

/**
 * What the loaders read must be there: a replaced profile has the fields of ours, of the same type, and none of them loses
 * its protection (支援措置). Throws FILE-010.
 */
export function requireReplaces(replaced: Profile, shipped: Profile, source: string): void {
  const of = (profile: Profile): string =>
    profile.columns
      .map((column) => `${column.field}:${sqlTypeOf(column)}`)
      .toSorted()
      .join(' ')
  if (of(replaced) !== of(shipped))
    throw new Fault('FILE-010', { source, detail: `項目は次のとおりにしてください: ${of(shipped)}` })
  const bare = shipped.columns.find(
    ({ field, isProtected }) =>
      isProtected === true && replaced.columns.find((column) => column.field === field)?.isProtected !== true,
  )
  if (bare !== undefined)
    throw new Fault('FILE-010', { source, detail: `${bare.field} は isProtected を true のままにしてください` })
}

const readFolder = (folder: string): readonly (readonly [string, Profile])[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => [name, parseProfile(readFileSync(join(folder, name), 'utf8'), name)] as const)

/**
 * The shipped profiles, each replaced by the municipality's own when `<kind>.json` lies in `ownFolder`.
 * Throws FILE-010 for a profile that cannot be used.
 */
export function loadProfiles(ownFolder?: string): Profiles {
  const byKind = new Map(readFolder(SHIPPED).map(([, profile]) => [profile.kind, profile]))
  if (ownFolder !== undefined && existsSync(ownFolder))
    for (const [source, profile] of readFolder(ownFolder)) {
      const shipped = byKind.get(profile.kind)
      if (!shipped) throw new Fault('FILE-010', { source, detail: `種別 ${profile.kind} はありません` })
      requireReplaces(profile, shipped, source)
      byKind.set(profile.kind, profile)
    }
  const kinds = (direction: Profile['direction']): readonly Profile[] =>
    [...byKind.values()].filter((profile) => profile.direction === direction)
  return {
    kinds,
    of(kind, direction) {
      const profile = byKind.get(kind)
      if (profile?.direction !== direction)
        throw new Fault('FILE-001', {
          kind,
          kinds: kinds(direction)
            .map((one) => one.kind)
            .join('、'),
        })
      return profile
    },
  }
}

/** Fingerprint of a profile, kept with each file that was read or written by it. */
export const profileHash = (profile: Profile): string =>
  createHash('sha256').update(JSON.stringify(profile)).digest('hex')
