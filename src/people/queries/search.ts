import type { PlainDate } from '#kernel/plain-date.ts'
import { parseDateInput } from '#rules/calendar/parse-date.ts'
import { foldForSearch } from '#rules/names/fold-for-search.ts'
import { guard, type Guarded } from '#access/masking.ts'
import { protectedOn } from '#access/protected-on.ts'
import type { Sql, SqlValue } from '#db/database.ts'
import { insuredStatus, versionOn } from './status.ts'

export interface InsuredHit {
  readonly insuredId: string
  readonly insuredNo: string
  readonly atenaNo: string
  readonly name: string
  readonly kana: Guarded
  readonly bornOn: PlainDate | null
  readonly address: Guarded
  readonly status: string
  readonly isProtected: boolean
  readonly isSimilar: boolean
}

interface HitRow {
  readonly id: bigint
  readonly insured_no: string
  readonly atena_no: string
  readonly name: string
  readonly kana: string
  readonly born_on: PlainDate | null
  readonly address: string | null
  readonly status: string
  readonly is_protected: boolean
  readonly is_similar: boolean
}

/** What a person typed, as a condition. $1 is the day. */
interface Condition {
  readonly sql: string
  readonly params: readonly SqlValue[]
}

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

/** Full-width digits count as digits; everything else is looked at as typed. */
const digitsOf = (text: string): string | null => {
  const plain = text.normalize('NFKC').replaceAll(/\s/g, '')
  return /^\d{1,15}$/.test(plain) ? plain : null
}

/**
 * Numbers look for 被保険者番号, 宛名番号 and 通知書番号; a date for the birthday; anything else for the beginning of 氏名カナ or 氏名
 * in folded form. Never for an address or telephone number, so protected fields cannot be probed (sheet 1.1 §2.5a).
 */
function conditionOf(q: string): Condition {
  const digits = digitsOf(q)
  if (digits !== null) {
    // an 8-digit text may be a birthday as well as a 被保険者番号
    const born = digits.length === 8 ? parseDateInput(digits) : null
    return {
      sql: `(n.insured_no = $2 or p.atena_no = $2 or ltrim(p.atena_no, '0') = $2 or v.born_on = $3::date
        or exists (select from instalments i where i.insured_id = n.id and i.tsuchisho_no = $2))`,
      params: [digits, born?.ok === true ? born.value : null],
    }
  }
  const born = parseDateInput(q)
  if (born.ok) return { sql: `v.born_on = $2::date and $3::text is null`, params: [born.value, null] }
  const folded = escapeLike(foldForSearch(q))
  return { sql: `(v.kana_folded like $2 or v.name_folded like $3)`, params: [`${folded}%`, `${folded}%`] }
}

export interface SearchPage {
  readonly items: readonly InsuredHit[]
  readonly total: number
  readonly nextCursor: string | null
}

/**
 * 被保険者を探す, in the order of 氏名カナ. `cursor` is the `nextCursor` of the page before: an id of ours, nothing personal.
 * A protected person is found and stays masked. Nothing typed finds nothing.
 */
export async function searchInsured(
  sql: Sql,
  request: { readonly q: string; readonly limit: number; readonly cursor?: string | null; readonly today: PlainDate },
): Promise<SearchPage> {
  if (foldForSearch(request.q) === '') return { items: [], total: 0, nextCursor: null }
  const condition = conditionOf(request.q)
  const from = `from insured n join persons p on p.id = n.person_id
    join person_versions v on v.person_id = p.id and ${versionOn('$1')} where ${condition.sql}`
  const params: readonly SqlValue[] = [request.today, ...condition.params]
  const { total } = await sql.one<{ total: bigint }>(`select count(*) as total ${from}`, params)
  const rows = await sql.rows<HitRow>(
    `select n.id, n.insured_no, p.atena_no, v.name, v.kana, v.born_on, ${insuredStatus('$1')} as status,
       concat_ws(' ', v.address, v.address_detail) as address, ${protectedOn('p.id', '$1')} as is_protected,
       exists (select from person_versions o join insured m on m.person_id = o.person_id
         where o.superseded_at is null and o.valid_to is null and o.person_id <> v.person_id
           and o.born_on = v.born_on and o.name_folded = v.name_folded) as is_similar
     ${from} and ($4::bigint is null or (v.kana_folded, n.id) > (
       select c.kana_folded, m.id from insured m join person_versions c on c.person_id = m.person_id
       and c.superseded_at is null and c.valid_from <= $1 and (c.valid_to is null or $1 <= c.valid_to) where m.id = $4))
     order by v.kana_folded, n.id limit $5`,
    [...params, request.cursor ?? null, request.limit + 1],
  )
  const items = rows.slice(0, request.limit)
  return {
    items: items.map(hitOf),
    total: Number(total),
    nextCursor: rows.length > request.limit ? String(items.at(-1)?.id) : null,
  }
}

const hitOf = (row: HitRow): InsuredHit => ({
  insuredId: String(row.id),
  insuredNo: row.insured_no,
  atenaNo: row.atena_no,
  name: row.name,
  kana: guard(row.kana, row.is_protected),
  bornOn: row.born_on,
  address: guard(row.address, row.is_protected),
  status: row.status,
  isProtected: row.is_protected,
  isSimilar: row.is_similar,
})
