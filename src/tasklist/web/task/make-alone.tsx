import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '#web/lib/api.ts'
import { formatNumber } from '#web/lib/numbers.ts'
import { Button } from '#web/ui/button.tsx'
import type { SheetRow } from './sheet-query.ts'

/** 個別作成: makes the letters of these rows; the list is read again. */
export function useMakeAlone(taskId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (rows: readonly SheetRow[]) =>
      api('POST /api/tasks/:taskId/letters', {
        params: { taskId },
        idempotencyKey: crypto.randomUUID(),
        body: { rows: rows.map(({ rowNo }) => rowNo) },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['task'] }),
  })
}

interface MakeAloneProps {
  readonly rows: readonly SheetRow[]
  readonly make: ReturnType<typeof useMakeAlone>
}

/** Its button, for 発行不能 rows alone; nothing for other rows. */
export function MakeAlone({ rows, make }: MakeAloneProps) {
  if (rows.length === 0 || !rows.every(({ cells }) => Boolean(cells['unprintable']))) return null
  return (
    <Button look="secondary" onClick={() => make.mutate(rows)} blocked={make.isPending && '作っています'}>
      {formatNumber(rows.length)}通を個別作成
    </Button>
  )
}
