import { useState } from 'react'
import { FormDialog } from '#web/ui/form-dialog.tsx'
import { TextField } from '#web/ui/field.tsx'
import { useWithdraw, type AttachmentItem } from './attachment-query.ts'

/** 添付を取り下げる: with a reason; the file stays for 係長 and 監査. */
export function WithdrawDialog({ item, onClose }: { item: AttachmentItem; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [key] = useState(() => crypto.randomUUID())
  const withdraw = useWithdraw(item, onClose)
  const blocked = reason.trim().length < 5 && '理由を5字以上入れてください'
  return (
    <FormDialog
      title="添付を取り下げる"
      act="取り下げる"
      look="danger"
      isAlert
      blocked={blocked}
      isPending={withdraw.isPending}
      error={withdraw.error}
      onSubmit={() => withdraw.mutate({ reason: reason.trim(), key })}
      onClose={onClose}
    >
      <p>取り下げた添付は一覧に残り、係長と監査だけが開けます。元に戻せません。</p>
      <TextField label="取り下げる理由" isRequired value={reason} onChange={setReason} maxLength={200} />
    </FormDialog>
  )
}
