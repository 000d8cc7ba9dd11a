import { useState } from 'react'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextField } from '#web/ui/field.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'

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
    <Dialog title={`選んだ${count}${counter}にメモを付ける`} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (blocked === false) onSave(note.trim())
        }}
      >
        <TextField
          label="メモ"
          isRequired
          value={note}
          onChange={setNote}
          maxLength={500}
          hint="履歴に残ります。判定は変わりません。"
        />
        {error !== null && <ProblemNote error={error} />}
        <div className="foot">
          <Button look="secondary" onClick={onClose}>
            やめる
          </Button>
          <Button type="submit" look="primary" blocked={blocked}>
            メモを付ける
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
