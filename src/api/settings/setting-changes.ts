import type { ValueChange } from '#audit/changes.ts'
import type { Sql } from '#db/database.ts'
import type { Profile } from '#intake/profile.ts'
import { fieldsOf, MUNICIPALITY_SETTINGS } from './municipality.ts'
import { profileDifferences } from './profile-differences.ts'
import { differencesOf } from './setting-fields.ts'

interface Content {
  readonly before?: unknown
  readonly after?: unknown
}

/**
 * 前と後 of an event about a setting, as its own screen tells it: only what differs, by the names of its fields. Null when
 * `subjectId` (「municipality/notices」) names none.
 */
export async function settingChanges(
  sql: Sql,
  subjectId: string | null,
  { before, after }: Content,
): Promise<ValueChange[] | null> {
  const [area, name] = (subjectId ?? '').split('/')
  if (area === 'municipality') {
    const setting = MUNICIPALITY_SETTINGS.find((one) => one.name === name)
    if (setting === undefined) return null
    return differencesOf(await fieldsOf(sql, setting), before, after).map(asChange)
  }
  if (area !== 'profile' || !isObject(before) || !isObject(after)) return null
  return profileDifferences(before as Profile, after as Profile).map(asChange) // what was checked before it was proposed
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const asChange = ({ label, ...texts }: ReturnType<typeof differencesOf>[number]): ValueChange => ({
  name: label,
  ...texts,
})
