import { randomUUID } from 'node:crypto'
import type { Database } from '#db/database.ts'

/** A run row and nothing else, for tests of the engine's machinery. Answers its id. */
export async function bareRun(db: Database, state: 'running' | 'cancelled' = 'running'): Promise<string> {
  const id = randomUUID()
  await db.run(
    `insert into runs (id, number, flow, title, params, options, state, created_at)
     values ($1::uuid, $1::text, '5-2-tokusoku', '試験', '{}', '{"versions": []}', $2, '2026-11-13T00:00:00Z')`,
    [id, state],
  )
  return id
}
