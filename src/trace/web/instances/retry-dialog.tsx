import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextField } from '#web/ui/field.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'

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
  const blocked = reason.trim().length < 5 ? '何を直したかを5字以上入れてください' : sending.isPending && '送っています'
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (blocked === false) sending.mutate()
        }}
      >
        <TextField
          label="何を直したか"
          isRequired
          value={reason}
          onChange={setReason}
          maxLength={200}
          hint="経過と監査の記録に残ります。"
        />
        {sending.error && <ProblemNote error={sending.error} />}
        <div className="foot">
          <Button look="secondary" onClick={onClose}>
            やめる
          </Button>
          <Button type="submit" look="primary" blocked={blocked}>
            もう一度行う
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
