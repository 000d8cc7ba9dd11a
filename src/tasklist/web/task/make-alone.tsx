import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '#web/lib/api.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { Button } from '#web/ui/button.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import type { SheetRow } from './sheet-query.ts'

/** 個別作成 of 発行不能 rows after their cause was repaired; the list is read again. Nothing for other rows. */
export function MakeAlone({ taskId, rows }: { taskId: string; rows: readonly SheetRow[] }) {
  const client = useQueryClient()
  const make = useMutation({
    mutationFn: () =>
      api('POST /api/tasks/:taskId/letters', {
        params: { taskId },
        idempotencyKey: crypto.randomUUID(),
        body: { rows: rows.map(({ rowNo }) => rowNo) },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['task'] }),
  })
  if (rows.length === 0 || !rows.every(({ cells }) => Boolean(cells['unprintable']))) return null
  return (
    <>
      <Button look="secondary" onClick={() => make.mutate()} blocked={make.isPending && '作っています'}>
        {formatNumber(rows.length)}通を個別作成
      </Button>
      {make.error && <ProblemNote error={make.error} />}
    </>
  )
}
