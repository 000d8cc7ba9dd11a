import type { TSchema } from 'typebox'
import { Fault } from '#kernel/faults.ts'
import { canonicalJson } from '#audit/canonical-json.ts'
import type { Sql } from '#db/database.ts'
import { NoticeSettings } from '#notices/municipality.ts'
import { windowFault } from '#notices/window.ts'
import type { AnyObject } from '#runtime/schema.ts'
import { violations } from '#runtime/validate.ts'
import { NOTICE_LABELS } from './notice-labels.ts'
import { fieldsOfSetting, type SettingField } from './setting-fields.ts'

/** One setting of the municipality: a row of `municipality_settings` with its schema and the names of its fields. */
interface MunicipalitySetting {
  readonly name: string
  readonly title: string
  /** What a change reaches. */
  readonly reach: string
  readonly schema: TSchema
  readonly labels: Readonly<Record<string, string>>
  /** Offers of fields that are chosen, not typed, by path. */
  choices(sql: Sql): Promise<Readonly<Record<string, SettingField['choices']>>>
  /** What the schema cannot say; null when all is well. */
  refuse(value: unknown): string | null
}

/** 自治体の設定: the explicit list. A new one is a new entry here. */
export const MUNICIPALITY_SETTINGS: readonly MunicipalitySetting[] = [
  {
    name: 'notices',
    title: '通知に印字する自治体の設定',
    reach: '施行した後に作る通知に及びます。作成済みの通知は、作り直すまで前の設定のままです。',
    schema: NoticeSettings,
    labels: NOTICE_LABELS,
    async choices(sql) {
      const seals = await sql.rows<{ sha256: string; type: string; note: string }>(
        `select sha256, type, note from notice_seals order by registered_at desc`,
      )
      return {
        seal: seals.map(({ sha256, type, note }) => ({
          value: canonicalJson({ sha256, type }),
          label: `${note} (${sha256.slice(0, 8)})`,
        })),
      }
    },
    refuse: (value) => windowFault((value as NoticeSettings).window), // the schema was checked before
  },
]

/** Throws SET-004. */
export function municipalitySetting(name: string): MunicipalitySetting {
  const found = MUNICIPALITY_SETTINGS.find((one) => one.name === name)
  if (found === undefined) throw new Fault('SET-004')
  return found
}

export const fieldsOf = async (sql: Sql, setting: MunicipalitySetting): Promise<SettingField[]> =>
  fieldsOfSetting(setting.schema, setting.labels, await setting.choices(sql))

/** Throws SET-003 with what is wrong, by the names on the screen. */
export async function checkSetting(sql: Sql, setting: MunicipalitySetting, value: unknown): Promise<void> {
  const wrong = violations(setting.schema as unknown as AnyObject, value) // an object schema, as every setting is
  if (wrong.length > 0)
    throw new Fault('SET-003', { detail: wrong.map((text) => named(setting.labels, text)).join('、') })
  const choices = await setting.choices(sql)
  for (const [path, offers] of Object.entries(choices)) {
    const chosen = (value as Readonly<Record<string, unknown>>)[path]
    if (chosen === null || chosen === undefined) continue
    const isOffered = offers.some((offer) => isSameJson(JSON.parse(offer.value), chosen))
    if (!isOffered)
      throw new Fault('SET-003', { detail: `${setting.labels[path] ?? path}は登録したものから選んでください` })
  }
  const refusal = setting.refuse(value)
  if (refusal !== null) throw new Fault('SET-003', { detail: refusal })
}

const isSameJson = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b)

/** 「office/phone 短すぎます」 → 「問合せ先の電話 短すぎます」. */
function named(labels: Readonly<Record<string, string>>, text: string): string {
  const [place = '', ...rest] = text.split(' ')
  return [labels[place.replaceAll('/', '.')] ?? place, ...rest].join(' ')
}
