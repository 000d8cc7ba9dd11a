import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { FormDialog } from '#web/ui/form-dialog.tsx'
import { TextField } from '#web/ui/field.tsx'

/** もう一度行う: with what was mended, which the journal keeps. `retry` sends it. */
export function RetryDialog<R>({
  title,
  retry,
  onDone,
  onClose,
}: {
  title: string
  retry: (reason: string) => Promise<R>
  onDone?: (result: R) => void
  onClose: () => void
}) {
  const [reason, setReason] = useState('')
  const client = useQueryClient()
  const sending = useMutation({
    mutationFn: () => retry(reason.trim()),
    onSuccess: async (result) => {
      await client.invalidateQueries()
      onDone?.(result)
      onClose()
    },
  })
  const blocked = reason.trim().length < 5 && '何を直したかを5字以上入れてください'
  return (
    <FormDialog
      title={title}
      act="もう一度行う"
      blocked={blocked}
      isPending={sending.isPending}
      error={sending.error}
      onSubmit={() => sending.mutate()}
      onClose={onClose}
    >
      <TextField
        label="何を直したか"
        isRequired
        value={reason}
        onChange={setReason}
        maxLength={200}
        hint="経過と監査の記録に残ります。"
      />
    </FormDialog>
  )
}
