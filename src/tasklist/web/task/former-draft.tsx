import type { Reply } from '#api/contract.ts'
import { shortMoment } from '#web/lib/dates.ts'
import { Button } from '#web/ui/button.tsx'
import type { FormValues } from '#web/ui/form-schema.ts'
import { Note } from '#web/ui/note.tsx'
import type { Draft } from './draft.ts'

type Detail = Pick<Reply<'GET /api/tasks/:taskId'>, 'formerDrafter' | 'draftSavedAt' | 'formDefaults'>

interface FormerDraftProps {
  readonly detail: Detail
  readonly draft: Draft
  readonly values: FormValues
  readonly onValues: (values: FormValues) => void
}

/** 前の担当の下書き: it fills the form, and whoever has the task now says whether to go on from it. */
export function FormerDraft({ detail, draft, values, onValues }: FormerDraftProps) {
  const { formerDrafter, draftSavedAt } = detail
  // what was saved since is one's own
  if (formerDrafter === null || draftSavedAt === null || (draft.savedAt ?? '') >= draftSavedAt) return null
  const discard = () => {
    onValues(detail.formDefaults)
    draft.keep(detail.formDefaults)
  }
  return (
    <Note
      kind="info"
      action={
        <span className="row">
          <Button look="secondary" onClick={() => draft.keep(values)}>
            引き継ぐ
          </Button>
          <Button look="secondary" onClick={discard}>
            破棄する
          </Button>
        </span>
      }
    >
      <b role="status">
        前の担当の下書きがあります({formerDrafter} {shortMoment(draftSavedAt)})。
      </b>
    </Note>
  )
}
