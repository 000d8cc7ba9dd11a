import type { Database } from '#db/database.ts'
import type { RuntimeDeps } from '#runtime/deps.ts'
import { tellDeadlines } from './deadline-notices.ts'

/** Lets one process add up at a time. */
const FOLD_LOCK = 720_700_026
const EVERY_MS = 30_000

/**
 * Adds the entries of the 件数 together, so that adding them up stays short. Readers see the old entries or the sum, never
 * both. Answers how many entries became sums; none when another process is at it.
 */
export const foldCounters = (db: Database): Promise<number> =>
  db.tx(async (tx) => {
    const { got } = await tx.one<{ got: boolean }>(`select pg_try_advisory_xact_lock($1) as got`, [FOLD_LOCK])
    if (!got) return 0
    const { n } = await tx.one<{ n: number }>(
      `with many as (
         select flow, candidate_role, state, is_held, is_proposed, is_returned, due_on, follow_up_on
         from task_counters group by 1, 2, 3, 4, 5, 6, 7, 8 having count(*) > 1 or sum(n) = 0
       ), gone as (
         delete from task_counters c using many m
         where (c.flow, c.candidate_role, c.state, c.is_held, c.is_proposed, c.is_returned, c.due_on)
             = (m.flow, m.candidate_role, m.state, m.is_held, m.is_proposed, m.is_returned, m.due_on)
           and c.follow_up_on is not distinct from m.follow_up_on
         returning c.*
       ), sums as (
         insert into task_counters (flow, candidate_role, state, is_held, is_proposed, is_returned, due_on, follow_up_on, n)
         select flow, candidate_role, state, is_held, is_proposed, is_returned, due_on, follow_up_on, sum(n)
         from gone group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(n) <> 0
       )
       select count(*)::int as n from gone`,
    )
    return n
  })

export interface Chores {
  stop(): Promise<void>
}

/** What the list needs done now and then, whoever is logged in: 件数 added together, 期限 told once a day. */
export function startChores(deps: RuntimeDeps): Chores {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const pass = async (): Promise<void> => {
    await foldCounters(deps.db)
    await tellDeadlines(deps)
  }
  const loop = (): void => {
    running = pass()
      .catch((error: unknown) =>
        deps.log(`chores of the list failed: ${error instanceof Error ? error.name : 'unknown'}`),
      )
      .then(() => {
        if (!stopped) timer = setTimeout(loop, EVERY_MS)
      })
  }
  loop()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
