import type { ReactNode } from 'react'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { ErrorSummary, useFormErrors } from '#web/ui/form-errors.tsx'
import { FormFields } from '#web/ui/form-fields.tsx'
import type { FormField, FormValues } from '#web/ui/form-schema.ts'
import { ProblemNote } from '#web/ui/problem-note.tsx'

interface DecisionDialogProps {
  readonly title: string
  /** What the button will do, with its number: 「383件で確認済みにする」. */
  readonly verb: string
  readonly isDanger: boolean
  readonly fields: readonly FormField[]
  readonly values: FormValues
  readonly onValues: (values: FormValues) => void
  readonly error: unknown
  readonly isSending: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A decision asks once more, with its number and its form fields. */
export function DecisionDialog(props: DecisionDialogProps) {
  const { title, verb, isDanger, fields, values, onValues, error, isSending, onConfirm, onClose, children } = props
  const errors = useFormErrors(fields, values)
  const submit = () => {
    if (!isSending && errors.attempt()) onConfirm()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <ErrorSummary errors={errors} undone="まだ送っていません。" />
        {children}
        <FormFields fields={fields} values={values} onChange={onValues} errors={errors} />
        {error !== null && <ProblemNote error={error} />}
        <div className="foot">
          <Button look="secondary" onClick={onClose}>
            やめる
          </Button>
          <Button
            type="submit"
            look={isDanger ? 'danger' : 'primary'}
            autoFocus={fields.length === 0}
            blocked={isSending && '送っています'}
          >
            {verb}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
