import { NewerSchema } from '#db/newer-schema.ts'
import { Fault } from '#kernel/faults.ts'
import { ApiProblem } from './verbs/api-client.ts'

/** Tells a person on standard error what happened, to what, and what to do next. */
export function tellFault(
  error: unknown,
  write: (text: string) => unknown = (text) => process.stderr.write(text),
): void {
  if (error instanceof Fault && isTold(error.cause))
    write(
      `\n${error.code} ${error.message}\n理由: ${error.cause.code} ${error.cause.message}\n次にすること: ${error.cause.next}\n`,
    )
  else if (error instanceof Fault || error instanceof ApiProblem)
    write(`\n${error.code} ${error.message}\n次にすること: ${error.next}\n`)
  else if (error instanceof NewerSchema) write(`\n${error.message}\n`)
  else
    write(`\n思わぬ誤りで止まりました。\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
}

/** A cause that is a fault itself: the one a person can mend. */
const isTold = (cause: unknown): cause is { readonly code: string; readonly message: string; readonly next: string } =>
  typeof cause === 'object' && cause !== null && 'next' in cause && 'code' in cause
