import type { ComponentProps, ReactNode } from 'react'
import {
  fieldsOf,
  valuesOf,
  withNotices,
  type DecisionChoice,
  type FormSchema,
  type FormValues,
} from '#web/ui/form-schema.ts'
import { FilledFields } from '#web/ui/filled-fields.tsx'
import { useIsBusy } from '../acts.ts'
import type { Act, useDecide } from './decide.ts'
import { DecisionDialog } from './decision-dialog.tsx'
import type { Draft } from './draft.ts'
import type { Detail } from './task-head.tsx'

interface AskedDecisionProps {
  readonly detail: Detail
  readonly chosen: DecisionChoice
  /** The step's main decision, as its button names it; another one is a way back. */
  readonly main: { readonly act: Act; readonly verb: string } | null
  /** Hash and count of the list on screen; both null where the step shows none. */
  readonly seen: { readonly hash: string | null; readonly count: number | null }
  readonly values: FormValues
  readonly onValues: (values: FormValues) => void
  /** The fields stand on the screen already: what was filled in is said once more. */
  readonly isFilled: boolean
  /** What the ids in its rows are called. */
  readonly names?: ComponentProps<typeof FilledFields>['names']
  /** Notices of the form that hold now, by their code. */
  readonly notices?: readonly string[]
  readonly decide: ReturnType<typeof useDecide>
  readonly draft: Draft
  readonly onClose: () => void
  readonly children?: ReactNode
}

/** A decision that was pressed: asked once more with its form, then sent with what was on screen. */
export function AskedDecision(props: AskedDecisionProps) {
  const { detail, chosen, main, seen, values, onValues, isFilled, names, decide, draft, notices = [] } = props
  const { onClose, children } = props
  const isBusy = useIsBusy(detail.task.taskId)
  const fields = withNotices(fieldsOf(detail.form as FormSchema, chosen.value), notices) // the server sends the step's own JSON Schema
  const verb = main?.verb ?? chosen.label
  return (
    <DecisionDialog
      title={verb}
      verb={verb}
      isDanger={main === null}
      fields={isFilled ? [] : fields}
      values={values}
      onValues={onValues}
      error={decide.error ?? draft.error}
      isSending={isBusy}
      onConfirm={() =>
        decide.mutate(
          { act: main?.act ?? chosen.act, decision: chosen.value, ...seen, values: valuesOf(fields, values) },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <p>
        {detail.task.step} {detail.task.name}({detail.task.runNumber})
      </p>
      {isBusy && !decide.isPending && (
        <p className="sub" role="status">
          前の操作を送っています。済むと押せます。
        </p>
      )}
      {children}
      {isFilled && <FilledFields fields={fields} values={values} names={names} />}
    </DecisionDialog>
  )
}
