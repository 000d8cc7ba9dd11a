import { formatNumber } from '#web/lib/numbers.ts'
import { Button } from '#web/ui/button.tsx'
import { Note } from '#web/ui/note.tsx'
import type { BulkReply } from './use-bulk.ts'

const DONE = {
  claim: 'を担当しました',
  release: 'を手放しました',
  reassign: 'の担当を替えました',
  postpone: 'の再開日を決めました',
} as const

/** What became of the chosen tasks: how many, and わけ of those that were refused. */
export function BulkOutcome({
  act,
  reply,
  onClose,
}: {
  act: keyof typeof DONE
  reply: BulkReply
  onClose: () => void
}) {
  const refused = Map.groupBy(
    reply.results.filter(({ isDone }) => !isDone),
    ({ message }) => message ?? '',
  )
  return (
    <Note
      kind={reply.refused > 0 ? 'warn' : 'done'}
      next={[...refused.values()][0]?.[0]?.next}
      action={
        <Button look="plain" onClick={onClose}>
          閉じる
        </Button>
      }
    >
      <span role="status">
        <b>
          {formatNumber(reply.done)}件{DONE[act]}。
        </b>
        {[...refused].map(([message, items]) => (
          <span key={message}>
            {formatNumber(items.length)}件はできませんでした: {message}
          </span>
        ))}
      </span>
    </Note>
  )
}
