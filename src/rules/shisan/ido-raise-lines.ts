import type { PlacingStep } from '../ido/place-annual.ts'
import { fiscalIndex } from '../ido/slot.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { anewLines } from './ido-anew-lines.ts'
import { saySetting, settingBasis } from './say-setting.ts'
import { sayMonths, sayShares } from './say-shares.ts'
import { splitOverLines } from './split-lines.ts'
import { type ToldChange, toldAt } from './told-change.ts'
import { MOVABLE, type Saying, sayPeriods, shareOf, slotLines, type ToldSlot } from './told-slots.ts'

/** 随時期: what no period can take. */
export const ZUIJI_DUE = '随時期の納期限は通知の翌月の末日 [own knowledge, verify]'
export const ZUIJI_BASIS = `期がないときは一つの随時期とする。${ZUIJI_DUE}`
const AT_ONCE =
  '特別徴収できなくなった残りは以後の納期に、納期がなければ直ちに納める(介護保険法139条1項(高齢者医療確保法110条で準用))。'

/** More than the open periods have: what is added to which of them. */
export const RAISE_LINES = {
  zuiji: (all) => [
    moreLine(all),
    {
      label: '随時期',
      how: 'この額を加える期がないため、随時期で納めていただく',
      value: sayYen(all.placement.zuijiYen),
      basis: `${all.placement.treatment.action === 'pension-stop' ? AT_ONCE : ''}${ZUIJI_BASIS}`,
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
        label: '最初の期に加える徴収不能額',
        how: `徴収不能となった${sayFailedOf(all)}。${saySetting(all.options, 'failedPlacement')}により、最初の期に加える`,
        value: sayYen(wholeYen),
        basis: settingBasis(all.options, 'failedPlacement'),
      },
      {
        label: '残りの加える額',
        how: `${MORE} ${sayYen(movedYen + wholeYen)} − 徴収不能額 ${sayYen(wholeYen)}`,
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
        how: `${sum === null ? '' : `${sum}+ `}${MORE} ${sayYen(toPlaceYen - openYen)}。${saySetting(all.options, 'increaseF')}により、合わせて割り直す`,
        value: sayYen(placed.movedYen),
        basis: settingBasis(all.options, 'increaseF'),
      },
      ...anewLines(all),
    ]
  },
} satisfies Partial<Record<PlacingStep, (all: ToldChange) => readonly ExplainLine[]>>

/** 「10月の 13,700円」; of which no more is moved than there is. */
function sayFailedOf(all: ToldChange): string {
  const { failed, restored, placed } = all.placement
  const charged = failed.flatMap((index) => {
    const slot = all.change.slots[index]
    if (slot === undefined) return []
    return { month: slot.month, yen: restored.includes(index) ? slot.orderedYen : slot.chargedYen }
  })
  const parts = charged.filter(({ yen }) => yen > 0n).map(({ month, yen }) => `${month}月の ${sayYen(yen)}`)
  const sumYen = charged.reduce((sum, { yen }) => sum + yen, 0n)
  return `${parts.join(' + ')}${placed.wholeYen < sumYen ? ` のうち、${MORE} ${sayYen(placed.wholeYen)} まで` : ''}`
}

/** Not 増える額: after a stop 普通徴収 takes over what 特別徴収 leaves, though the year falls. */
const MORE = '普通徴収に加える額'

const moreLine = ({ placement: { toPlaceYen, openYen } }: ToldChange): ExplainLine => ({
  label: MORE,
  how: `割り振る額 ${sayYen(toPlaceYen)} − ${MOVABLE} ${sayYen(openYen)}`,
  value: sayYen(toPlaceYen - openYen),
})

/** Which 期 receive, and why these. */
export function targetsLine(all: ToldChange): ExplainLine {
  const { placed, stopMonth } = all.placement
  const targets = toldAt(all, placed.targets)
  return {
    label: '割り振る期',
    how: stopMonth === null ? 'まだ変更できる期' : sayAfterStop(all, stopMonth, targets),
    value: sayPeriods(targets),
    basis:
      stopMonth === null ? all.words.basisOf(all.options, 'increaseF') : settingBasis(all.options, 'stopPlacement'),
  }
}

function sayAfterStop(all: ToldChange, stopMonth: number, targets: readonly ToldSlot[]): string {
  if (all.options.stopPlacement === 'all-open')
    return `${saySetting(all.options, 'stopPlacement')}により、まだ変更できるすべての期`
  const [first] = targets
  if (first !== undefined && fiscalIndex(first.slot.month) < fiscalIndex(stopMonth))
    return `特別徴収がなくなる${stopMonth}月以後に変更できる期がないため、まだ変更できるすべての期`
  const skipped = toldAt(all, all.placement.open).filter((one) => !targets.includes(one))
  return `特別徴収がなくなる${stopMonth}月以後の、まだ変更できる期${skipped.length === 0 ? '' : `。${sayMonths(skipped.map(({ slot }) => slot))}も変更できるが、その前のため加えない`}`
}

/** The split of what is added to each 期. */
function addedLines(all: ToldChange): readonly ExplainLine[] {
  const { targets, movedYen } = all.placement.placed
  return splitOverLines(toldAt(all, targets), movedYen, all.options.unitYen, 'に加える額')
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
