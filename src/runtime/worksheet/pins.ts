import { Fault } from '#kernel/faults.ts'
import type { Sql, Tx } from '#db/database.ts'
import { checkMine, inTask, type Act } from '../act.ts'
import type { RuntimeDeps } from '../deps.ts'

/** A row that somebody wants to look at once more: it stands on top of the list. */
export interface Pin {
  readonly rowNo: number
  readonly isSeen: boolean
}

/** So many rows fit on a screen; more on top is no top. */
const MOST_PINS = 100

/** 先頭に留めた行, in the order in which they were pinned. */
export const pinsOf = (sql: Sql, worksheetId: bigint): Promise<Pin[]> =>
  sql.rows<Pin>(
    `select row_no as "rowNo", seen_at is not null as "isSeen" from worksheet_pins where worksheet_id = $1 order by pinned_at, row_no`,
    [worksheetId],
  )

/** Pins a row, takes the pin away, or notes that its 明細 was opened. Throws TASK-007 for a row that is not there, TASK-032 for too many. */
export const pinRow = (
  deps: RuntimeDeps,
  act: Act & { readonly rowNo: number; readonly pin: 'on' | 'off' | 'seen' },
): Promise<readonly Pin[]> =>
  inTask(deps, act, async (tx, task) => {
    checkMine(task, act.user)
    const { worksheetId } = task
    if (worksheetId === null) throw new Fault('TASK-006', { decision: '先頭に留める' })
    await write(tx, worksheetId, act, deps.clock.now())
    const pins = await pinsOf(tx, worksheetId)
    if (pins.length > MOST_PINS) throw new Fault('TASK-032', { most: MOST_PINS })
    return pins
  })

async function write(
  tx: Tx,
  worksheetId: bigint,
  { rowNo, pin, user }: { readonly rowNo: number; readonly pin: 'on' | 'off' | 'seen'; readonly user: Act['user'] },
  now: string,
): Promise<void> {
  switch (pin) {
    case 'on': {
      const known = await tx.maybe(`select from worksheet_rows where worksheet_id = $1 and row_no = $2`, [
        worksheetId,
        rowNo,
      ])
      if (known === null) throw new Fault('TASK-007', { detail: '一覧にない行です' })
      await tx.run(
        `insert into worksheet_pins (worksheet_id, row_no, pinned_by, pinned_at) values ($1, $2, $3, $4) on conflict do nothing`,
        [worksheetId, rowNo, user.userId, now],
      )
      return
    }
    case 'off':
      await tx.run(`delete from worksheet_pins where worksheet_id = $1 and row_no = $2`, [worksheetId, rowNo])
      return
    case 'seen':
      await tx.run(
        `update worksheet_pins set seen_by = $3, seen_at = $4 where worksheet_id = $1 and row_no = $2 and seen_at is null`,
        [worksheetId, rowNo, user.userId, now],
      )
      return
    default:
      pin satisfies never
  }
}

/**
 * 先頭に留めた行 must have been looked at before the list is decided. On unless the municipality has turned it off
 * (`municipality_settings` 「review」, `pinnedMustBeSeen`). Throws TASK-031.
 */
export async function checkPinsSeen(tx: Tx, worksheetId: bigint): Promise<void> {
  const { unseen } = await tx.one<{ unseen: number }>(
    `select count(*)::int as unseen from worksheet_pins where worksheet_id = $1 and seen_at is null and coalesce(
       (select (value ->> 'pinnedMustBeSeen')::boolean from municipality_settings where name = 'review'), true)`,
    [worksheetId],
  )
  if (unseen > 0) throw new Fault('TASK-031', { count: unseen })
}
