import { formatNumber } from '#web/lib/numbers.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Note } from '#web/ui/note.tsx'
import { ProblemNote } from '#web/ui/problem-note.tsx'
import type { SheetRow } from './sheet-query.ts'

interface TakeBackDialogProps {
  /** 「3件を対象に戻す」 */
  readonly verb: string
  /** Those under 抑止 among the chosen rows, as far as the rows have been read. */
  readonly people: readonly SheetRow[]
  /** Every chosen row has been read. */
  readonly isWhole: boolean
  readonly leadsTo: string
  readonly blocked: string | false
  readonly error: unknown
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** 支援措置の対象者を対象に戻す: what it leads to is said before. */
export function TakeBackDialog(props: TakeBackDialogProps) {
  const { verb, people, isWhole, leadsTo, blocked, error, onConfirm, onClose } = props
  return (
    <Dialog title={verb} onClose={onClose} isAlert>
      <Note kind="guard">
        <b>
          {isWhole
            ? `選んだ行に支援措置の対象者が${formatNumber(people.length)}件あります。`
            : '選んだ行に支援措置の対象者がいるかもしれません。'}
        </b>
        {leadsTo}
      </Note>
      {people.length > 0 && (
        <ul>
          {people.map(({ rowNo, insuredNo, personName }) => (
            <li key={rowNo}>
              <span className="code">{insuredNo}</span> {personName}
            </li>
          ))}
        </ul>
      )}
      {error !== null && <ProblemNote error={error} />}
      <div className="foot">
        <Button look="secondary" onClick={onClose} autoFocus>
          やめる
        </Button>
        <Button look="primary" onClick={onConfirm} blocked={blocked}>
          {verb}
        </Button>
      </div>
    </Dialog>
  )
}
