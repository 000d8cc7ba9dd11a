import { useId, useState, type ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { useChange } from './settings-query.ts'

interface DecideChangeProps {
  /** Why the person cannot put it in force; null: they can. */
  readonly enforceRefusal: string | null
  readonly canRefuse: boolean
  /** What will be in force: shown once more before it is. */
  readonly summary: ReactNode
  readonly enforce: () => Promise<unknown>
  readonly refuse: (reason: string) => Promise<unknown>
}

/** 二人目の確認: the change that waits is put in force by another person, or sent back with a reason. */
export function DecideChange({ enforceRefusal, canRefuse, summary, enforce, refuse }: DecideChangeProps) {
  const [asking, setAsking] = useState<'enforce' | 'refuse' | null>(null)
  const reasonId = useId()
  return (
    <div className="actionbar">
      <span className="sub" id={reasonId}>
        {enforceRefusal ?? '出した人と別の人が確認します'}
      </span>
      <span className="end row">
        {canRefuse && (
          <Button look="danger" onClick={() => setAsking('refuse')}>
            差し戻す…
          </Button>
        )}
        <Button look="primary" blocked={enforceRefusal} reasonId={reasonId} onClick={() => setAsking('enforce')}>
          確認して施行する…
        </Button>
      </span>
      {asking === 'enforce' && <EnforceDialog summary={summary} enforce={enforce} onClose={() => setAsking(null)} />}
      {asking === 'refuse' && (
        <ReasonDialog
          title="変更を差し戻す"
          act="差し戻す"
          hint="出した人と記録に残ります。値は変わりません。"
          work={refuse}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  )
}

function EnforceDialog({
  summary,
  enforce,
  onClose,
}: Pick<DecideChangeProps, 'summary' | 'enforce'> & { onClose: () => void }) {
  const change = useChange(enforce, onClose)
  return (
    <Dialog title="この変更を施行しますか" isAlert onClose={onClose}>
      <div className="stack">
        {summary}
        {change.error && <ProblemNote error={change.error} />}
        <div className="foot">
          <Button look="secondary" onClick={onClose}>
            やめる
          </Button>
          <Button
            look="primary"
            blocked={change.isPending && '施行しています'}
            onClick={() => change.mutate(undefined)}
          >
            施行する
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

interface ReasonDialogProps {
  readonly title: string
  readonly act: string
  readonly hint: string
  readonly children?: ReactNode
  readonly work: (reason: string) => Promise<unknown>
  readonly onClose: () => void
}

/** わけを書いて行う: for what takes something away. */
export function ReasonDialog({ title, act, hint, children, work, onClose }: ReasonDialogProps) {
  const [reason, setReason] = useState('')
  const change = useChange(work, onClose)
  const blocked = reason.trim().length < 2 && 'わけを2文字以上で書いてください'
  return (
    <FormDialog
      title={title}
      act={act}
      look="danger"
      blocked={blocked}
      isPending={change.isPending}
      error={change.error}
      onSubmit={() => change.mutate(reason.trim())}
      onClose={onClose}
    >
      {children}
      <TextField label="わけ" isRequired value={reason} onChange={setReason} maxLength={200} hint={hint} />
    </FormDialog>
  )
}
