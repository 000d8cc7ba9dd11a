import { asProblem } from '../lib/problem.ts'
import { useIsBack } from '../lib/use-connection.ts'
import { Note } from './note.tsx'

/** A refusal or failure where it happened: sentence, 次にすること, code. A lost connection says by itself that it is back. */
export function ProblemNote({ error, className }: { error: unknown; className?: string }) {
  const { message, next, code, status } = asProblem(error)
  const isBack = useIsBack(error)
  if (isBack)
    return (
      <Note kind="done" next="送れなかった操作は、もう一度行ってください。" {...(className ? { className } : {})}>
        <b role="status">サーバーとまたつながりました。</b>
      </Note>
    )
  return (
    <Note
      kind={status >= 500 || status === 0 ? 'warn' : 'late'}
      next={next}
      code={code}
      isAlert
      {...(className ? { className } : {})}
    >
      <b>{message}</b>
    </Note>
  )
}
