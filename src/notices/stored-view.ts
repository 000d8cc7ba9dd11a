import { Compile } from 'typebox/compile'
import { Fault } from '#kernel/faults.ts'
import { TokusokuView } from './tokusoku.schema.ts'

const shape = Compile(TokusokuView)

type Older = { window?: Record<string, unknown> }

/** What older views did not say because there was one choice only: 10 points for the カスタマバーコード. */
const completed = (view: Older): unknown =>
  typeof view === 'object' && view !== null && view.window
    ? { ...view, window: { barPoints: '10', ...view.window } }
    : view

/** A stored view as today's template takes it. Throws NOTE-005 for one that has not its shape: it is not guessed at. */
export function readStoredView(text: string): TokusokuView {
  const view = completed(JSON.parse(text) as Older) // checked next
  if (!shape.Check(view)) throw new Fault('NOTE-005')
  return view
}
