import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { FormDialog } from '#web/ui/form-dialog.tsx'
import { TextField } from '#web/ui/field.tsx'

interface DiscloseDialogProps<Opened> {
  readonly disclose: (reason: string) => Promise<Opened>
  /** Takes what was opened: for this screen only. */
  readonly onDone: (opened: Opened) => void
  readonly onClose: () => void
}

/** 理由を書いて開く: needs a right and a reason, and is an event of its own. */
export function DiscloseDialog<Opened>({ disclose, onDone, onClose }: DiscloseDialogProps<Opened>) {
  const [reason, setReason] = useState('')
  const open = useMutation({ mutationFn: () => disclose(reason.trim()), onSuccess: onDone })
  const blocked = reason.trim().length < 5 ? '理由を5字以上入れてください' : open.isPending && '開いています'
  return (
    <FormDialog
      title="伏せた項目を開く"
      act="開く"
      blocked={blocked}
      error={open.error}
      onSubmit={() => open.mutate()}
      onClose={onClose}
    >
      <TextField
        label="開く理由"
        isRequired
        value={reason}
        onChange={setReason}
        maxLength={200}
        hint="だれが、いつ、なぜ開いたかが記録に残ります。"
      />
    </FormDialog>
  )
}
