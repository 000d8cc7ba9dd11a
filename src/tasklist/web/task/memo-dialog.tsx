import { useState } from 'react'
import { FormDialog } from '#web/ui/form-dialog.tsx'
import { TextField } from '#web/ui/field.tsx'

interface MemoDialogProps {
  readonly count: number
  readonly counter: string
  readonly error: unknown
  readonly onSave: (note: string) => void
  readonly onClose: () => void
}

/** メモ: stays in the history, changes no verdict. */
export function MemoDialog({ count, counter, error, onSave, onClose }: MemoDialogProps) {
  const [note, setNote] = useState('')
  const blocked = note.trim() === '' && 'メモを入れてください'
  return (
    <FormDialog
      title={`選んだ${count}${counter}にメモを付ける`}
      act="メモを付ける"
      blocked={blocked}
      error={error}
      onSubmit={() => onSave(note.trim())}
      onClose={onClose}
    >
      <TextField
        label="メモ"
        isRequired
        value={note}
        onChange={setNote}
        maxLength={500}
        hint="履歴に残ります。判定は変わりません。"
      />
    </FormDialog>
  )
}
