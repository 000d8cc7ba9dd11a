import { auditEvent } from '#api/routes/audit-queries.ts'
import type { TestApi } from './api.ts'
import { isJapanese } from './japanese.ts'

/** One of our identifiers, a JSON text, a code of a decision: nothing that an auditor knows. */
const OURS = /\b[a-z]+[A-Z]\w*\b|[{}]|\b(?:true|false|null|ok|redo|recheck)\b/

/** A reason's code (T10, P01, R2 but not the year R8), a route. */
const CODE = /\b(?:[ATUPS]\d\d|Z\d|R\d(?![-.\d]))\b|\/api\//

/** What 監査 tells of every event of a test and is not in Japanese: 「staff-… 項目 前 後」; none where all is well. */
export async function untranslated(api: TestApi): Promise<string[]> {
  const events = await api.office.db.rows<{ id: bigint; kind: string }>(`select id, kind from audit_events order by id`)
  const found: string[] = []
  for (const { id, kind } of events) {
    const told = await auditEvent(api.office.db, id, api.office.clock.today())
    const said = `${told?.summary ?? ''} ${told?.why ?? ''}`
    if (CODE.test(said)) found.push(`${kind} ${said}`)
    for (const { name, before, after } of told?.changes ?? [])
      if (!isJapanese(name) || OURS.test(`${before ?? ''} ${after ?? ''}`))
        found.push(`${kind} ${name}: ${before} → ${after}`)
  }
  return found
}
