import type { PlacingStep } from '../ido/place-annual.ts'
import { backwardLines, takenLines } from './backward-lines.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { anewLines } from './ido-anew-lines.ts'
import { saySetting, settingBasis } from './say-setting.ts'
import { type ToldChange, toldAt } from './told-change.ts'
import { MOVABLE, sayAnew, sayPaidOver, sayPeriods, slotLines } from './told-slots.ts'

/** Less than the open periods have, or one sum for all of them. */
export const LOWER_LINES = {
  lowered: (all) => {
    const { placed, toPlaceYen, openYen } = all.placement
    const targets = toldAt(all, placed.targets)
    return [
      {
        label: '割り振り',
        how: `割り振る額 ${sayYen(toPlaceYen)} は${MOVABLE} ${sayYen(openYen)} より少ないため、賦課額のある期${toPlaceYen > 0n ? 'に割り直す' : 'をすべて0円とする'}`,
        value: sayPeriods(targets),
        ...(toPlaceYen > 0n ? { basis: all.words.basisOf(all.options, 'decreaseF') } : {}),
      },
      ...anewLines(all),
    ]
  },
  'from-last': (all) => {
    const { placed, toPlaceYen, openYen } = all.placement
    return [
      {
        label: '減らす額',
        how: `${MOVABLE} ${sayYen(openYen)} − 割り振る額 ${sayYen(toPlaceYen)}。${saySetting(all.options, 'decreaseF')}により、後の期から順に減らす`,
        value: sayYen(placed.movedYen),
        basis: settingBasis(all.options, 'decreaseF'),
      },
      ...takenLines(toldAt(all, placed.targets), placed.movedYen, 'latest-first', (one) =>
        sayPaidOver(one, one.placedYen),
      ),
    ]
  },
  single: (all) => {
    const { placed, toPlaceYen, open } = all.placement
    const targets = toldAt(all, placed.targets)
    return [
      {
        label: '割り振り',
        how: `割り振る額 ${sayYen(toPlaceYen)} を、${saySetting(all.options, 'lossSettlement')}により、まだ変更できる最初の期にまとめる`,
        value: sayPeriods(targets),
        basis: settingBasis(all.options, 'lossSettlement'),
      },
      ...slotLines(toldAt(all, open), (one) =>
        sayAnew(one, targets.includes(one) ? 'まとめた額' : '最初の期にまとめる'),
      ),
    ]
  },
  backwards: (all) => {
    const { placement, byDate, options } = all
    const open = toldAt(all, placement.open)
    return [
      ...slotLines(byDate, (one) => (open.includes(one) ? sayAnew(one, 'まだ変更できるため0円とする') : null)),
      ...backwardLines(
        byDate.filter((one) => !open.includes(one)),
        -placement.toPlaceYen,
        options.backwardOrder,
      ),
    ]
  },
} satisfies Partial<Record<PlacingStep, (all: ToldChange) => readonly ExplainLine[]>>
