import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '#web/lib/api.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { Button } from '#web/ui/button.tsx'
import { changing } from '../acts.ts'
import type { SheetRow } from './sheet-query.ts'

/** 個別作成: makes the letters of these rows; the list is read again. */
export function useMakeAlone(taskId: string, version: number | undefined) {
  const client = useQueryClient()
  return useMutation({
    ...changing(taskId),
    mutationFn: (rows: readonly SheetRow[]) =>
      api('POST /api/tasks/:taskId/letters', {
        params: { taskId },
        idempotencyKey: crypto.randomUUID(),
        body: { rows: rows.map(({ rowNo }) => rowNo), ...(version === undefined ? {} : { version }) },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['task'] }),
  })
}

interface MakeAloneProps {
  readonly rows: readonly SheetRow[]
  /** 「通」, or 「件」 where several rows stand on one letter. */
  readonly counter: string
  readonly make: ReturnType<typeof useMakeAlone>
}

/** 引き抜いた for another 期別 of its letter (P10): may go on a letter of its own. */
const isDrawnIn = ({ verdict, reason }: SheetRow): boolean => verdict === '除外' && reason === 'P10'

/** Its button, for 発行不能 and P10 rows alone; nothing for other rows. */
export function MakeAlone({ rows, counter, make }: MakeAloneProps) {
  if (rows.length === 0 || !rows.every((row) => Boolean(row.cells['unprintable']) || isDrawnIn(row))) return null
  return (
    <Button look="secondary" onClick={() => make.mutate(rows)} blocked={make.isPending && '作っています'}>
      {formatNumber(rows.length)}
      {counter}を個別作成
    </Button>
  )
}
