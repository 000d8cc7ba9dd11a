import type { PlacingStep } from '../ido/place-annual.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { FIXED, fixedLine, STAYS, tooMuchLine } from './fixed-lines.ts'
import { LOWER_LINES } from './ido-lower-lines.ts'
import { RAISE_LINES } from './ido-raise-lines.ts'
import { recalculatedLines } from './ido-recalculated-lines.ts'
import { settingBasis } from './say-setting.ts'
import { sayShares } from './say-shares.ts'
import { type ToldChange, toldAt } from './told-change.ts'
import { MOVABLE, sayPeriods, shareOf, type ToldSlot } from './told-slots.ts'

/** From what cannot be moved to the amount of every 期 that changes. */
export function placingLines(all: ToldChange): readonly ExplainLine[] {
  return [...recalculatedLines(all), keptLine(all), ...toPlaceLines(all), ...STEPS[all.placement.placed.step](all)]
}

function keptLine(all: ToldChange): ExplainLine {
  const { placement, byDate, words, options } = all
  const open = toldAt(all, placement.open)
  const restored = toldAt(all, placement.restored)
  const recalculated = toldAt(all, placement.recalculated)
  const noteOf = (one: ToldSlot): string => {
    if (recalculated.includes(one)) return '求め直した額'
    return restored.includes(one) ? '依頼した額に戻した' : `${words.kindOf(one.slot)}${STAYS[one.slot.state]}`
  }
  const fixed = byDate.filter((one) => !open.includes(one))
  const { fixedYen, toPlaceYen: leftYen } = placement
  return fixedLine(fixed, noteOf, { fixedYen, leftYen, none: '変更できない期に、賦課額はない' }, options)
}

function toPlaceLines(all: ToldChange): readonly ExplainLine[] {
  const { change, placement, options, words } = all
  const { fixedYen, toPlaceYen, openYen } = placement
  const hasOpen = placement.open.length > 0
  const now = `${words.annual} ${sayYen(change.newAnnualYen)}`
  if (toPlaceYen < 0n) return [tooMuchLine({ annual: now, fixedYen, hasOpen, yen: -toPlaceYen }, options, all.byDate)]
  const open = toldAt(all, placement.open)
  const reached = (state: ToldSlot['slot']['state']) => (state === 'open' ? undefined : '減免の申請の後に納期限が来る')
  const sum = sayShares(open.map((one) => shareOf(one, reached(one.slot.state))))
  return [
    { label: '割り振る額', how: `${now} − ${FIXED} ${sayYen(fixedYen)}`, value: sayYen(toPlaceYen) },
    {
      label: MOVABLE,
      how: sum ?? (open.length === 0 ? 'まだ変更できる期はない' : `${sayPeriods(open)}は、これまで0円`),
      value: sayYen(openYen),
      ...(open.some(({ slot }) => slot.state !== 'open') ? { basis: settingBasis(options, 'genmenReachBack') } : {}),
    },
  ]
}

const STEPS: Readonly<Record<PlacingStep, (all: ToldChange) => readonly ExplainLine[]>> = {
  unchanged: ({ placement }) => [
    {
      label: '割り振り',
      how: `割り振る額 ${sayYen(placement.toPlaceYen)} は${MOVABLE}と同じため、普通徴収に増減はない${(placement.started?.movedFrom.length ?? 0) > 0 ? '。続いて特別徴収に移す' : ''}`,
      value: '増減なし',
    },
  ],
  ...RAISE_LINES,
  ...LOWER_LINES,
}
