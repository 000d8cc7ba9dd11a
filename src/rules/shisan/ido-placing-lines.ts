import type { PlacingStep } from '../ido/place-annual.ts'
import { fiscalIndex } from '../ido/slot.ts'
import { backwardLines, SAY_ORDER } from './backward-lines.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { recalculatedLines } from './ido-recalculated-lines.ts'
import { sayMonths, sayShares } from './say-shares.ts'
import { splitLines } from './split-lines.ts'
import type { ToldChange } from './told-change.ts'
import { slotLines, STAYS, type ToldSlot } from './told-slots.ts'

/** From what cannot be moved to the amount of every 期 that changes. */
export function placingLines(all: ToldChange): readonly ExplainLine[] {
  return [...recalculatedLines(all), fixedLine(all), ...toPlaceLines(all), ...STEPS[all.placement.placed.step](all)]
}

const shareOf = ({ slot: { method, month }, settledYen: yen }: ToldSlot, note?: string) => ({
  method,
  month,
  yen,
  note,
})

const toldAt = ({ told }: ToldChange, indexes: readonly number[]): readonly ToldSlot[] =>
  indexes.flatMap((index) => told[index] ?? [])

function fixedLine(all: ToldChange): ExplainLine {
  const { placement, byDate } = all
  const [open, restored, recalculated] = [placement.open, placement.restored, placement.recalculated].map(
    (indexes) => new Set(toldAt(all, indexes)),
  )
  const noteOf = (one: ToldSlot): string => {
    if (recalculated?.has(one)) return '求め直した額'
    return restored?.has(one) ? '依頼した額に戻した' : STAYS[one.slot.state]
  }
  const sum = sayShares(byDate.filter((one) => !open?.has(one)).map((one) => shareOf(one, noteOf(one))))
  return {
    label: '動かせない額',
    how: sum ?? '動かせない期に、賦課額はない',
    value: sayYen(placement.fixedYen),
  }
}

const MOVABLE = 'まだ動かせる期の賦課額'

function toPlaceLines(all: ToldChange): readonly ExplainLine[] {
  const { change, placement, options } = all
  const { fixedYen, toPlaceYen, openYen } = placement
  const [now, fixed] = [`新しい年額 ${sayYen(change.newAnnualYen)}`, `動かせない額 ${sayYen(fixedYen)}`]
  if (toPlaceYen < 0n)
    return [
      {
        label: '減らす額',
        how: `${fixed} − ${now}。動かせない額だけで年額を超えるため、まだ動かせる期は0円とし、この額を${SAY_ORDER[options.backwardOrder]}減らす`,
        value: sayYen(-toPlaceYen),
        basis: '後の期からさかのぼって減らすこと [own knowledge, verify]',
      },
    ]
  const open = toldAt(all, placement.open)
  const reached = (state: ToldSlot['slot']['state']) => (state === 'open' ? undefined : '減免の申請の後に納期限が来る')
  const sum = sayShares(open.map((one) => shareOf(one, reached(one.slot.state))))
  return [
    { label: '割り振る額', how: `${now} − ${fixed}`, value: sayYen(toPlaceYen) },
    {
      label: MOVABLE,
      how: sum ?? (open.length === 0 ? 'まだ動かせる期はない' : `これまで0円(${sayPeriods(open)})`),
      value: sayYen(openYen),
    },
  ]
}

/** How the step is told. */
const STEPS: Readonly<Record<PlacingStep, (all: ToldChange) => readonly ExplainLine[]>> = {
  unchanged: ({ placement }) => [
    {
      label: '割り振り',
      how: `割り振る額 ${sayYen(placement.toPlaceYen)} は${MOVABLE}と同じため、期別の額は変えない`,
      value: '変更なし',
    },
  ],
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
    const { movedYen, wholeYen } = all.placement.placed
    const [first, ...rest] = toldAt(all, all.placement.placed.targets)
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
      ...slotLines(first === undefined ? [] : [first], (one) => sayAdded(one, wholeYen)),
      ...slotLines(rest, (one) => sayAdded(one, 0n)),
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
  lowered: (all) => {
    const { placed, toPlaceYen, openYen } = all.placement
    const targets = toldAt(all, placed.targets)
    return [
      {
        label: '割り振り',
        how: `割り振る額 ${sayYen(toPlaceYen)} は${MOVABLE} ${sayYen(openYen)} より少ないため、賦課額のある期${toPlaceYen > 0n ? 'に割り直す' : 'をすべて0円とする'}`,
        value: sayPeriods(targets),
      },
      ...anewLines(all),
    ]
  },
  'from-last': (all) => {
    const { placed, toPlaceYen, openYen } = all.placement
    return [
      {
        label: '減らす額',
        how: `${MOVABLE} ${sayYen(openYen)} − 割り振る額 ${sayYen(toPlaceYen)}。設定により、後の期から順に減らす`,
        value: sayYen(placed.movedYen),
      },
      ...backwardLines(toldAt(all, placed.targets), placed.movedYen, 'latest-first'),
    ]
  },
  single: (all) => {
    const { placed, toPlaceYen, open } = all.placement
    const [first] = toldAt(all, placed.targets)
    return [
      {
        label: '割り振り',
        how: `割り振る額 ${sayYen(toPlaceYen)} を、設定により最初の期にまとめる`,
        value: sayPeriods(first === undefined ? [] : [first]),
      },
      ...slotLines(toldAt(all, open), (one) => sayAnew(one, one === first ? 'まとめた額' : '最初の期にまとめる')),
    ]
  },
  backwards: ({ placement, byDate, told, options }) => {
    const open = new Set(placement.open.map((index) => told[index]))
    return [
      ...slotLines(byDate, (one) => (open.has(one) ? sayAnew(one, 'まだ動かせるため0円とする') : null)),
      ...backwardLines(
        byDate.filter((one) => !open.has(one)),
        -placement.toPlaceYen,
        options.backwardOrder,
      ),
    ]
  },
}

const sayPeriods = (told: readonly ToldSlot[]): string =>
  told.length === 1
    ? sayMonths(told.map(({ slot }) => slot))
    : `${sayMonths(told.map(({ slot }) => slot))}(${told.length}回)`

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
function addedLines({ placement: { placed }, told, options }: ToldChange): readonly ExplainLine[] {
  const { targets, movedYen } = placed
  if (targets.length < 2 || movedYen === 0n) return []
  const month = `${told[targets[0] ?? 0]?.slot.month}月`
  return splitLines(
    { amountYen: movedYen, periods: targets.length, unitYen: options.unitYen },
    { each: '1回に加える額', first: `最初の期(${month})に加える額`, firstPeriod: '最初の期' },
  )
}

/** The split of the amount over 期 that are placed anew, and what each becomes. */
function anewLines(all: ToldChange): readonly ExplainLine[] {
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

/** 「7,000円 + 1,900円」; `wholeYen` is told apart. */
function sayAdded({ settledYen, placedYen }: ToldSlot, wholeYen: bigint): readonly [string, bigint] | null {
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

const sayAnew = ({ settledYen, placedYen }: ToldSlot, how: string): readonly [string, bigint] | null =>
  placedYen === settledYen ? null : [`${how}(これまで ${sayYen(settledYen)})`, placedYen]
