import type { ExplainLine } from './definition.ts'
import { splitLines } from './split-lines.ts'
import { type ToldChange, toldAt } from './told-change.ts'
import { sayAnew, slotLines } from './told-slots.ts'

/** The split of the amount over 期 that are placed anew, and what each becomes. */
export function anewLines(all: ToldChange): readonly ExplainLine[] {
  const { targets, movedYen } = all.placement.placed
  const told = toldAt(all, targets)
  const month = `${told[0]?.slot.month}月`
  return [
    ...(targets.length < 2 || movedYen === 0n
      ? []
      : splitLines(
          { amountYen: movedYen, periods: targets.length, unitYen: all.options.unitYen },
          { each: '1回の額', first: `最初の期(${month})の額`, firstPeriod: '最初の期' },
        )),
    ...slotLines(told, (one) => sayAnew(one, movedYen > 0n ? '割り直した額' : '割り振る額がない')),
  ]
}
