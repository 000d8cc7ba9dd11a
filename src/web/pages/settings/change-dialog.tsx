import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'

interface ChangeDialogProps {
  readonly title: string
  readonly act: string
  /** What is still missing, or false. */
  readonly blocked: string | false
  readonly isPending: boolean
  readonly error: unknown
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A short form of 設定: fields, what was refused, やめる and the act. */
export function ChangeDialog({
  title,
  act,
  blocked,
  isPending,
  error,
  onSubmit,
  onClose,
  children,
}: ChangeDialogProps) {
  const why = blocked !== false ? blocked : isPending && '送っています'
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (why === false) onSubmit()
        }}
      >
        {children}
        {error !== null && <ProblemNote error={error} />}
        <div className="foot">
          <Button look="secondary" onClick={onClose}>
            やめる
          </Button>
          <Button type="submit" look="primary" blocked={why}>
            {act}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
