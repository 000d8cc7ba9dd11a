import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { ProblemNote } from './problem-note.tsx'

interface FormDialogProps {
  readonly title: ReactNode
  /** What the button does: 「9月10日に再発送する」. */
  readonly act: string
  readonly look?: 'primary' | 'danger'
  readonly isAlert?: boolean
  /** What is still missing or going on, or false. */
  readonly blocked: string | false
  /** It has been sent and not been answered. */
  readonly isPending?: boolean
  readonly error: unknown
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A short form that asks once more: its fields, what was refused, やめる and the act. */
export function FormDialog(props: FormDialogProps) {
  const { title, act, look = 'primary', isAlert = false, isPending = false, error, onSubmit, onClose, children } = props
  const blocked = props.blocked || (isPending && '送っています')
  return (
    <Dialog title={title} onClose={onClose} isAlert={isAlert}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (blocked === false) onSubmit()
        }}
      >
        {children}
        {error !== null && <ProblemNote error={error} />}
        <div className="foot">
          <Button look="secondary" onClick={onClose}>
            やめる
          </Button>
          <Button type="submit" look={look} blocked={blocked}>
            {act}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
