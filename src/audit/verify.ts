import type { Database, Tx } from '#db/database.ts'
import { chainVerifier, GENESIS, type BadRow, type SealedRow } from './chain.ts'

/** 検証の結果. `firstBad` is null when everything fits. */
export interface Verification {
  readonly checked: bigint
  /** Committed events that have no seal: more than the last second's worth is a finding. */
  readonly unsealed: bigint
  readonly firstBad: BadRow | null
}

interface StoredRow extends SealedRow {
  readonly storedHash: string
  readonly isAsSealed: boolean
}

/** Checks the journal in the database: the chain, the hash of every text, the columns beside it, the day heads. */
export async function verifyJournal(db: Database): Promise<Verification> {
  return db.tx(async (tx) => {
    await tx.run('set transaction isolation level repeatable read, read only')
    const verifier = chainVerifier({ number: 0n, hash: GENESIS })
    let firstBad: BadRow | null = null
    for await (const page of tx.pages<StoredRow>(SEALED, [], 1_000)) {
      for (const row of page) {
        firstBad = verifier.next(row) ?? columnsFault(row)
        if (firstBad !== null) break
      }
      if (firstBad !== null) break
    }
    const { unsealed } = await tx.one<{ unsealed: bigint }>(
      `select count(*) as unsealed from audit_events e where not exists (select from audit_seals s where s.event_id = e.id)`,
    )
    return { checked: verifier.checked, unsealed, firstBad: firstBad ?? (await headFault(tx)) }
  })
}

// A missing event shows as an empty text, which no hash fits.
const SEALED = `
  select s.number, s.event_id as "eventId", s.event_hash as "eventHash", s.previous_hash as "previousHash", s.hash,
    coalesce(e.payload, '') as text, coalesce(e.hash, '') as "storedHash",
    coalesce(e.kind = e.payload::json ->> 'kind' and e.actor = e.payload::json #>> '{actor,name}'
      and e.terminal = e.payload::json #>> '{actor,terminal}'
      and e.actor_user_id::text is not distinct from e.payload::json #>> '{actor,userId}'
      and e.run_id::text is not distinct from e.payload::json ->> 'runId'
      and e.step_run_id::text is not distinct from e.payload::json ->> 'stepRunId'
      and e.task_id::text is not distinct from e.payload::json ->> 'taskId'
      and e.at = (e.payload::json ->> 'at')::timestamptz, false) as "isAsSealed"
  from audit_seals s left join audit_events e on e.id = s.event_id order by s.number`

function columnsFault(row: StoredRow): BadRow | null {
  if (row.storedHash === row.eventHash && row.isAsSealed) return null
  return { number: row.number, eventId: row.eventId, message: '記録の欄が封印した内容と違います。' }
}

async function headFault(tx: Tx): Promise<BadRow | null> {
  const head = await tx.maybe<{ day: string; number: bigint; eventId: bigint | null }>(
    `select h.day, h.last_number as number, s.event_id as "eventId"
     from audit_day_heads h left join audit_seals s on s.number = h.last_number
     where s.hash is distinct from h.hash order by h.day limit 1`,
  )
  if (head === null) return null
  return {
    number: head.number,
    eventId: head.eventId ?? 0n,
    message: `${head.day} の終わりの封印が日の記録と違います。`,
  }
}
