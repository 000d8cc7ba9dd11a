import type { Clock } from '#kernel/clock.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import type { Sql } from '#db/database.ts'
import { GENESIS, type SealedRow } from './chain.ts'

export const EXPORT_FORMAT = 'koki-audit-export@1'

/** First line of an export. `previousHash` is the link before the first one in the file. */
export interface ExportHead {
  readonly format: typeof EXPORT_FORMAT
  readonly exportedAt: string
  readonly afterNumber: string
  readonly previousHash: string
}

/** Days of sealing, both included; null is open. */
export interface ExportRange {
  readonly from: PlainDate | null
  readonly to: PlainDate | null
}

/**
 * 記録の書き出し: lines of JSON that anyone can verify without this system (`koki audit verify --file`). Links are never left
 * out inside the range. Read page by page by number: the chain only grows, so no snapshot has to be held.
 */
export async function* exportJournal(sql: Sql, clock: Clock, range: ExportRange): AsyncGenerator<string> {
  const { first, last } = await bounds(sql, range)
  let after = first - 1n
  yield line({
    format: EXPORT_FORMAT,
    exportedAt: clock.now(),
    afterNumber: `${after}`,
    previousHash: await hashOf(sql, after),
  } satisfies ExportHead)
  while (after < last) {
    const rows = await sql.rows<SealedRow>(PAGE, [after, last])
    if (rows.length === 0) return
    for (const row of rows) yield line({ ...row, number: `${row.number}`, eventId: `${row.eventId}` })
    after = rows.at(-1)?.number ?? last
  }
}

const line = (value: object): string => `${JSON.stringify(value)}\n`

const PAGE = `
  select s.number, s.event_id as "eventId", s.event_hash as "eventHash", s.previous_hash as "previousHash", s.hash,
    e.payload as text
  from audit_seals s join audit_events e on e.id = s.event_id
  where s.number > $1 and s.number <= $2 order by s.number limit 500`

const bounds = (sql: Sql, { from, to }: ExportRange): Promise<{ first: bigint; last: bigint }> =>
  sql.one(
    `select coalesce(min(number), 1)::bigint as first, coalesce(max(number), 0)::bigint as last from audit_seals
     where ($1::date is null or sealed_at >= ($1::date::timestamp at time zone 'Asia/Tokyo'))
       and ($2::date is null or sealed_at < (($2::date + 1)::timestamp at time zone 'Asia/Tokyo'))`,
    [from, to],
  )

async function hashOf(sql: Sql, number: bigint): Promise<string> {
  const seal = await sql.maybe<{ hash: string }>(`select hash from audit_seals where number = $1`, [number])
  return seal?.hash ?? GENESIS
}
