import type { PlacingStep } from '../ido/place-annual.ts'
import { fiscalIndex } from '../ido/slot.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { anewLines } from './ido-anew-lines.ts'
import { sayShares } from './say-shares.ts'
import { splitOverLines } from './split-lines.ts'
import { type ToldChange, toldAt } from './told-change.ts'
import { MOVABLE, type Saying, sayPeriods, shareOf, slotLines, type ToldSlot } from './told-slots.ts'

/** More than the open periods have: what is added to which of them. */
export const RAISE_LINES = {
  zuiji: (all) => [
    moreLine(all),
    {
      label: '随時期',
      how: '増える額を受ける期がないため、随時期で納めていただく',
      value: sayYen(all.placement.zuijiYen),
    },
  ],
  spread: (all) => [
    moreLine(all),
    targetsLine(all),
    ...addedLines(all),
    ...slotLines(toldAt(all, all.placement.placed.targets), (one) => sayAdded(one, 0n)),
  ],
  'next-period': (all) => {
    const { targets, movedYen, wholeYen } = all.placement.placed
    const told = toldAt(all, targets)
    return [
      moreLine(all),
      targetsLine(all),
      {
        label: 'まとめる額',
        how: '徴収不能となった額(増える額まで)。設定により、最初の期にまとめて加える',
        value: sayYen(wholeYen),
      },
      {
        label: '残りの増える額',
        how: `増える額 ${sayYen(movedYen + wholeYen)} − まとめる額 ${sayYen(wholeYen)}`,
        value: sayYen(movedYen),
      },
      ...addedLines(all),
      ...slotLines(told, (one) => sayAdded(one, one === told[0] ? wholeYen : 0n)),
    ]
  },
  resplit: (all) => {
    const { placed, toPlaceYen, openYen } = all.placement
    const targets = toldAt(all, placed.targets)
    const sum = sayShares(targets.map((one) => shareOf(one)))
    return [
      moreLine(all),
      targetsLine(all),
      {
        label: '割り直す額',
        how: `${sum === null ? '' : `${sum}+ `}増える額 ${sayYen(toPlaceYen - openYen)}。設定により、合わせて割り直す`,
        value: sayYen(placed.movedYen),
      },
      ...anewLines(all),
    ]
  },
} satisfies Partial<Record<PlacingStep, (all: ToldChange) => readonly ExplainLine[]>>

const moreLine = ({ placement: { toPlaceYen, openYen } }: ToldChange): ExplainLine => ({
  label: '増える額',
  how: `割り振る額 ${sayYen(toPlaceYen)} − ${MOVABLE} ${sayYen(openYen)}`,
  value: sayYen(toPlaceYen - openYen),
})

/** Which 期 receive, and why these. */
function targetsLine(all: ToldChange): ExplainLine {
  const { placed, stopMonth } = all.placement
  const targets = toldAt(all, placed.targets)
  return { label: '割り振る期', how: sayTargets(stopMonth, targets, all.options), value: sayPeriods(targets) }
}

function sayTargets(
  stopMonth: number | null,
  [first]: readonly ToldSlot[],
  { stopPlacement }: ToldChange['options'],
): string {
  if (stopMonth === null) return 'まだ動かせる期'
  if (stopPlacement === 'all-open') return '設定により、まだ動かせるすべての期'
  return first !== undefined && fiscalIndex(first.slot.month) < fiscalIndex(stopMonth)
    ? `特別徴収を止める${stopMonth}月以後に動かせる期がないため、まだ動かせるすべての期`
    : `特別徴収を止める${stopMonth}月以後の、まだ動かせる期`
}

/** The split of what is added to each 期. */
function addedLines(all: ToldChange): readonly ExplainLine[] {
  const { targets, movedYen } = all.placement.placed
  return splitOverLines(toldAt(all, targets), movedYen, all.options.unitYen, { what: 'に加える額' })
}

/** 「7,000円 + 1,900円」; `wholeYen` is told apart. */
function sayAdded({ settledYen, placedYen }: ToldSlot, wholeYen: bigint): Saying {
  if (placedYen === settledYen) return null
  const parts = [settledYen, wholeYen, placedYen - settledYen - wholeYen]
  return [
    parts
      .filter((yen, nth) => nth === 0 || yen > 0n)
      .map(sayYen)
      .join(' + '),
    placedYen,
  ]
}
