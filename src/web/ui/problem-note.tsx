import { asProblem } from '../lib/problem.ts'
import { Note } from './note.tsx'

/** A refusal or failure where it happened: sentence, 次にすること, code. */
export function ProblemNote({ error, className }: { error: unknown; className?: string }) {
  const { message, next, code, status } = asProblem(error)
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
