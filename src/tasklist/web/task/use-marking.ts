import { useState } from 'react'
import type { Selection } from '#web/ui/grid/selection.ts'
import type { KindLook } from './kinds/kind.ts'
import { targetOf, useMarks } from './marks.ts'
import type { Effect } from './reason-panel.tsx'
import type { Sheet, SheetRow } from './sheet-query.ts'

export interface Aim {
  readonly count: number
  readonly yen: number
  readonly rows: readonly SheetRow[]
}

const countOf = (totals: Sheet['first'], part: 'overall' | 'totals', verdict: string) =>
  totals?.[part].byVerdict.find((one) => one.verdict === verdict) ?? { count: 0, yen: 0 }

/** What the selection means now: rows, 件数 and 円. Without a selection the row one stands on is meant. */
export function aimOf(selection: Selection, focused: SheetRow | undefined, sheet: Sheet): Aim {
  if (selection.kind === 'all') {
    const totals = sheet.first?.totals
    return { count: totals?.count ?? 0, yen: totals?.byVerdict.reduce((sum, { yen }) => sum + yen, 0) ?? 0, rows: [] }
  }
  if (selection.keys.size === 0)
    return { count: focused ? 1 : 0, yen: focused?.unpaidYen ?? 0, rows: focused ? [focused] : [] }
  const byNo = new Map(sheet.loaded().map((row) => [String(row.rowNo), row]))
  const rows = [...selection.keys].flatMap((key) => byNo.get(key) ?? [])
  return {
    count: selection.keys.size,
    yen: rows.reduce((sum, { unpaidYen }) => sum + unpaidYen, 0),
    rows,
  }
}

/** 前 → 後 of taking the aimed rows out: what is 対象 now, and what would be. */
export function effectOf(aim: Aim, selection: Selection, sheet: Sheet, look: KindLook): Effect {
  const before = countOf(sheet.first, 'overall', '対象')
  const leaving =
    selection.kind === 'all'
      ? countOf(sheet.first, 'totals', '対象')
      : aim.rows
          .filter(({ verdict }) => verdict === '対象')
          .reduce(({ count, yen }, row) => ({ count: count + 1, yen: yen + row.unpaidYen }), { count: 0, yen: 0 })
  return {
    label: look.rest,
    counter: look.counter,
    before,
    after: { count: before.count - leaving.count, yen: before.yen - leaving.yen },
  }
}

/** Marking rows: exclude or pull with a reason, take back, memo. */
export function useMarking(taskId: string, sheet: Sheet, onDone: () => void) {
  const marks = useMarks(taskId, onDone)
  const [isBusy, setBusy] = useState(false)
  return {
    error: marks.error,
    isBusy: isBusy || marks.isPending,
    reset: marks.reset,
    mark(
      selection: Selection,
      focused: SheetRow | undefined,
      mark: {
        action: Parameters<typeof marks.mutate>[0]['action']
        reason?: string
        note?: string
        followUpOn?: string | null
      },
    ) {
      const target = targetOf(selection, focused, sheet)
      if (target) marks.mutate({ ...mark, target, version: sheet.version })
    },
    /** Takes the proposals of these rows: each with its own reason, one request a reason. */
    async acceptEach(rows: readonly SheetRow[], action: 'pull') {
      setBusy(true)
      try {
        const { version } = sheet
        for (const [reason, group] of Map.groupBy(rows, ({ reason }) => reason)) {
          const target = group.map(({ rowNo }) => rowNo)
          await marks.mutateAsync({ action, target, version, ...(reason ? { reason } : {}) })
        }
      } catch {
        // the mutation keeps the error and the screen shows it
      } finally {
        setBusy(false)
      }
    },
  }
}
