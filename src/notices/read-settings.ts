import { Value } from 'typebox/value'
import { Fault } from '#kernel/faults.ts'
import type { Sql } from '#db/database.ts'
import { type NoticeMaterial, NoticeSettings, type SealPicture } from './municipality.ts'

/**
 * 自治体の設定 of the notices (`municipality_settings`, name 「notices」) with what is registered beside it: 公印, 町域, 縮退.
 * Throws NOTE-001 when missing or malformed, NOTE-004 when the 公印 it names is not registered.
 */
export async function readNoticeSettings(sql: Sql): Promise<NoticeMaterial> {
  const row = await sql.maybe<{ value: unknown }>(`select value from municipality_settings where name = 'notices'`)
  if (row === null || !Value.Check(NoticeSettings, row.value)) throw new Fault('NOTE-001')
  const settings = row.value
  const seals = await sql.rows<SealPicture>(`select sha256, type, bytes from notice_seals order by registered_at`)
  if (settings.seal !== null && !seals.some(({ sha256 }) => sha256 === settings.seal?.sha256))
    throw new Fault('NOTE-004')
  return { ...settings, seals, towns: await readTowns(sql), reductions: await readReductions(sql) }
}

/** 「みほん市」, as the notices print it; empty until somebody has set it. */
export async function municipalityName(sql: Sql): Promise<string> {
  const row = await sql.maybe<{ name: string | null }>(
    `select value ->> 'municipality' as name from municipality_settings where name = 'notices'`,
  )
  return row?.name ?? ''
}

async function readTowns(sql: Sql): Promise<NoticeMaterial['towns']> {
  const rows = await sql.rows<{ postalCode: string; towns: string[] }>(
    `select postal_code as "postalCode", array_agg(town order by town) as towns from postal_towns
     where superseded_at is null group by 1`,
  )
  return new Map(rows.map(({ postalCode, towns }) => [postalCode, towns]))
}

/** 縮退 in force; empty unless the settings of the notices use it. */
export async function readReductions(sql: Sql): Promise<NoticeMaterial['reductions']> {
  const rows = await sql.rows<{ original: string; substitute: string }>(
    `select original, substitute from glyph_reductions where superseded_at is null and exists (
       select from municipality_settings where name = 'notices' and (value ->> 'usesReductions')::boolean)`,
  )
  return new Map(rows.map(({ original, substitute }) => [original, substitute]))
}
