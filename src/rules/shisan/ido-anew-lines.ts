import type { ExplainLine } from './definition.ts'
import { splitOverLines } from './split-lines.ts'
import { type ToldChange, toldAt } from './told-change.ts'
import { sayAnew, slotLines } from './told-slots.ts'

/** The split of the amount over 期 that are placed anew, and what each becomes. */
export function anewLines(all: ToldChange): readonly ExplainLine[] {
  const { targets, movedYen } = all.placement.placed
  const told = toldAt(all, targets)
  return [
    ...splitOverLines(told, movedYen, all.options.unitYen),
    ...slotLines(told, (one) => sayAnew(one, movedYen > 0n ? '割り直した額' : '割り振る額がない')),
  ]
}
