import type { Reply } from '#api/contract.ts'
import { shortMoment } from '#web/lib/dates.ts'
import { useMe } from '#web/lib/session.ts'
import { Button } from '#web/ui/button.tsx'
import type { FormValues } from '#web/ui/form-schema.ts'
import { Note } from '#web/ui/note.tsx'
import type { Draft } from './draft.ts'

type Detail = Pick<Reply<'GET /api/tasks/:taskId'>, 'history' | 'draftSavedAt' | 'formDefaults'>

/** A draft that another person wrote before the task was handed on: who and when; null when it is one's own or there is none. */
function formerDraft(
  { history, draftSavedAt }: Detail,
  me: string,
): { readonly by: string; readonly at: string } | null {
  const holds = history.filter(({ kind }) => kind === 'task-claimed' || kind === 'task-reassigned')
  const last = holds[0]
  if (draftSavedAt === null || last === undefined || draftSavedAt >= last.at) return null
  const before = holds.find(({ at }) => at <= draftSavedAt)
  const by = before?.kind === 'task-claimed' ? before.actor : '前の担当の人'
  return by === me ? null : { by, at: draftSavedAt }
}

interface FormerDraftProps {
  readonly detail: Detail
  readonly draft: Draft
  readonly values: FormValues
  readonly onValues: (values: FormValues) => void
}

/** 前の担当の下書き: it fills the form, and whoever has the task now says whether to go on from it. */
export function FormerDraft({ detail, draft, values, onValues }: FormerDraftProps) {
  const former = formerDraft(detail, useMe().name)
  if (former === null || (draft.savedAt ?? '') >= former.at) return null // what was saved since is one's own
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
        前の担当の下書きがあります({former.by} {shortMoment(former.at)})。
      </b>
    </Note>
  )
}
