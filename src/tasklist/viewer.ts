import type { CurrentUser } from '#access/users.ts'
import type { Sql } from '#db/database.ts'
import { isCandidate } from '#runtime/candidate-groups.ts'
import type { Viewer } from './queries/task-sql.ts'

/** A person with the candidate groups whose open tasks they may take. */
export async function viewerOf(sql: Sql, user: CurrentUser): Promise<Viewer> {
  const rows = await sql.rows<{ role: string }>(
    `select distinct candidate_role as role from tasks where state in ('preparing', 'open')`,
  )
  return { user, groups: rows.map(({ role }) => role).filter((group) => isCandidate(group, user.roles)) }
}
