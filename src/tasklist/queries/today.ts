import type { PlainDate } from '#kernel/plain-date.ts'
import type { Sql } from '#db/database.ts'
import { prepared } from '#db/prepared.ts'
import { ageSince, SEEN_SENT_AT } from '#engine/heartbeat.ts'
import { deadlinesOf, horizonOf, type Deadlines } from '../deadline.ts'

/** What every look at tasks begins with. */
export interface Today {
  readonly deadlines: Deadlines
  /** 最新性 in ms. */
  readonly ageMs: number | null
}

/** Asks for it in one question. While neither the day nor the 休庁日 change, days once counted are not counted again. */
export function todayReader(sql: Sql): (today: PlainDate) => Promise<Today> {
  let known: { readonly of: string; readonly deadlines: Deadlines } | null = null
  return async (today) => {
    const { closures, seenSentAt } = await sql.one<{ closures: readonly PlainDate[]; seenSentAt: string | null }>(
      TODAY,
      horizonOf(today),
    )
    const of = [today, ...closures].join()
    if (known?.of !== of) known = { of, deadlines: deadlinesOf(today, closures) }
    return { deadlines: known.deadlines, ageMs: ageSince(seenSentAt) }
  }
}

const TODAY = prepared(
  `select array(select closed_on from local_closures where closed_on between $1 and $2 order by 1) as closures,
     ${SEEN_SENT_AT} as "seenSentAt"`,
)
