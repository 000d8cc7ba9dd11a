import { autumnSplitLines } from './autumn-lines.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { sayMonths, sayShares } from './say-shares.ts'
import { splitOverLines } from './split-lines.ts'
import { type ToldChange, toldAt } from './told-change.ts'
import { sayBefore, shareOf, slotLines } from './told-slots.ts'

/** 特別徴収 whose amount is worked out anew: 仮徴収 that is corrected, or 本徴収 that carries what 仮徴収 could not. */
export function recalculatedLines(all: ToldChange): readonly ExplainLine[] {
  const { placement, byDate, change, options } = all
  const anew = toldAt(all, placement.recalculated)
  if (anew.length === 0) return []
  const months = sayMonths(anew.map(({ slot }) => slot))
  const restYen = anew.reduce((sum, one) => sum + one.settledYen, 0n)
  const others = byDate.filter((one) => !anew.includes(one))
  const taken = sayShares(others.map((one) => shareOf(one))) ?? sayYen(0n)
  const annual = `新しい年額 ${sayYen(change.newAnnualYen)}`
  return [
    {
      label: `${months}の計`,
      how: restYen > 0n ? `${annual} − ほかの期 ${taken}` : `${annual} からほかの期 ${taken}を引くと、残りがない`,
      value: sayYen(restYen),
    },
    ...splitOf(anew, restYen, options.unitYen),
    ...slotLines(anew, ({ slot, settledYen }) =>
      slot.chargedYen === settledYen ? null : [sayBefore('割り直した額', slot.chargedYen), settledYen],
    ),
  ]
}

function splitOf(anew: ToldChange['told'], restYen: bigint, unitYen: bigint): readonly ExplainLine[] {
  if (restYen === 0n) return []
  return anew[0]?.slot.state === 'planned'
    ? autumnSplitLines('3回の計', restYen) // all three, or none
    : splitOverLines(anew, restYen, unitYen)
}
