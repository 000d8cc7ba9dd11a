import type { Started } from '../ido/start-tokucho.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { karichoshuLines } from './karichoshu-lines.ts'
import { runsOf, sayEach, sayMonths, sayShares } from './say-shares.ts'
import { splitLines } from './split-lines.ts'
import { type ToldChange, toldAt } from './told-change.ts'
import { sayBefore, slotLines } from './told-slots.ts'

/** 特別徴収の追加: what moves to it and how it is shared, or what will be asked for next year. */
export function startLines(all: ToldChange): readonly ExplainLine[] {
  const { change, placement } = all
  const { started } = placement
  const isAsked = change.events.includes('ADD') || change.events.includes('ADD-k')
  if (started === null)
    return isAsked
      ? [{ label: '特別徴収の開始', how: '特別徴収を止める異動があるため、始めない', value: 'しない' }]
      : []
  if (started.movedFrom.length > 0) return movedLines(all, started)
  const months = sayMonths(started.slots)
  return [
    ...karichoshuLines('今年度', change.newAnnualYen, change.months),
    {
      label: '翌年度の特別徴収',
      how: `翌年度の${months}に、1回の額を依頼する。今年度の賦課額は変わらない`,
      value: months,
    },
  ]
}

function movedLines(all: ToldChange, started: Started): readonly ExplainLine[] {
  const { change, options } = all
  const { slots, movedFrom, movedFromYen, movedYen, mostYen } = started
  const from = toldAt(all, movedFrom)
  const wholeYen = movedFromYen.reduce((sum, one) => sum + one, 0n)
  const [first] = slots
  const stays = wholeYen - movedYen
  return [
    {
      label: '特別徴収に移す額',
      how: `${first?.month}月以後のまだ動かせる期。${sayShares(from.map(({ slot, placedYen }) => ({ ...slot, yen: placedYen }))) ?? ''}`,
      value: sayYen(wholeYen),
    },
    ...(slots.length < 2
      ? []
      : splitLines({ amountYen: wholeYen, periods: slots.length, unitYen: options.unitYen }, BEGUN)),
    ...(mostYen === null ? [] : [limitLine(change.newAnnualYen, mostYen)]),
    ...runsOf(slots, (a, b) => a.chargedYen === b.chargedYen).map((run) => ({
      label: `特別徴収${sayEach(run)}`,
      how: run[0].chargedYen === mostYen ? '1回の上限まで移す' : '普通徴収から移した額',
      value: sayYen(run[0].chargedYen),
    })),
    ...(stays === 0n
      ? []
      : [
          {
            label: '普通徴収に残る額',
            how: `${sayYen(wholeYen)} − 特別徴収 ${slots.map(({ chargedYen }) => sayYen(chargedYen)).join(' − ')}`,
            value: sayYen(stays),
          },
          ...(from.length < 2
            ? []
            : splitLines({ amountYen: stays, periods: from.length, unitYen: options.unitYen }, STAYING)),
        ]),
    ...slotLines(from, ({ placedYen, chargedYen }) =>
      placedYen === chargedYen
        ? null
        : [sayBefore(chargedYen === 0n ? '特別徴収に移す' : '特別徴収に移した残り', placedYen), chargedYen],
    ),
  ]
}

const BEGUN = { each: '1回の額', first: '最初の回の額', firstPeriod: '最初の回' }
const STAYING = { each: '残る期の1回の額', first: '残る期の最初の額', firstPeriod: '最初の期' }

const limitLine = (annualYen: bigint, mostYen: bigint): ExplainLine => ({
  label: '1回の上限',
  how: `設定により、年額 ${sayYen(annualYen)} ÷ 6回 = ${sayYen(annualYen / 6n)}(1円未満切捨て)、100円未満切捨て`,
  value: sayYen(mostYen),
})
