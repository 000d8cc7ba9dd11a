import type { Started } from '../ido/start-tokucho.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { karichoshuLines } from './karichoshu-lines.ts'
import { sayQuotient } from './say-quotient.ts'
import { saySetting, settingBasis } from './say-setting.ts'
import { runsOf, sayEach, sayMonths, sayShares } from './say-shares.ts'
import { splitLines } from './split-lines.ts'
import { type ToldChange, toldAt } from './told-change.ts'
import { sayPaidOver, slotLines, type ToldSlot } from './told-slots.ts'

/** Who begins with 特別徴収 is taken at the reader's word. */
export const UNTESTED_TOKUCHO: ExplainLine = {
  label: '特別徴収の条件',
  how: '年金額と2分の1は、試算「特別徴収の判定」で別に調べる(ここでは調べていない)',
  value: '別に試算する',
  basis: '高齢者医療確保法施行令22条・23条',
}

/** 特別徴収の追加: what moves to it and how it is shared, or what will be asked for next year. */
export function startLines(all: ToldChange): readonly ExplainLine[] {
  const { change, placement } = all
  const { started } = placement
  const isAsked = change.events.includes('ADD') || change.events.includes('ADD-k')
  if (started === null)
    return isAsked
      ? [{ label: '特別徴収の開始', how: '特別徴収を止める異動か、止める回があるため、始めない', value: 'しない' }]
      : []
  if (started.movedFrom.length > 0) return [UNTESTED_TOKUCHO, ...movedLines(all, started)]
  const months = sayMonths(started.slots)
  return [
    UNTESTED_TOKUCHO,
    ...karichoshuLines('今年度', change.newAnnualYen, change.months),
    {
      label: '翌年度の特別徴収',
      how: `翌年度の${months}に、1回の額を徴収する。今年度の賦課額は変わらない`,
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
      label: mostYen === null ? MOVED : '移すことのできる額',
      how: `${first?.month}月以後の、まだ変更できる期。${sayShares(from.map(({ slot, placedYen }) => ({ ...slot, yen: placedYen }))) ?? ''}`,
      value: sayYen(wholeYen),
      basis: settingBasis(options, 'additionalStartAmount'),
    },
    ...(slots.length < 2
      ? []
      : splitLines(
          { amountYen: wholeYen, periods: slots.length, unitYen: options.unitYen },
          mostYen === null ? BEGUN : BEFORE_CAP,
        )),
    ...(mostYen === null ? [] : [limitLine(all, change.newAnnualYen, mostYen)]),
    ...runsOf(slots, (a, b) => a.chargedYen === b.chargedYen).map((run) => ({
      label: `特別徴収${sayEach(run)}`,
      how: run[0].chargedYen === mostYen ? '1回の上限まで移す' : '普通徴収から移した額',
      value: sayYen(run[0].chargedYen),
    })),
    ...(mostYen === null
      ? []
      : [
          {
            label: MOVED,
            how: sayShares(slots.map(({ month, chargedYen: yen }) => ({ method: '特徴', month, yen }))) ?? sayYen(0n),
            value: sayYen(movedYen),
          },
        ]),
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
    ...slotLines(from, (one) => {
      const { placedYen, chargedYen } = one
      if (placedYen === chargedYen) return null
      const how = chargedYen === 0n ? '特別徴収に移す' : '特別徴収に移した残り'
      return [`${how}(${sayPlaced(one)})${sayPaidOver(one, chargedYen)}`, chargedYen]
    }),
  ]
}

const MOVED = '特別徴収に移す額'

/** 「これまで 7,300円」, or what the placing had made of it before it moves. */
function sayPlaced({ settledYen, placedYen }: ToldSlot): string {
  if (placedYen === settledYen) return `これまで ${sayYen(placedYen)}`
  return `${placedYen > settledYen ? '増額' : '減額'}の後 ${sayYen(placedYen)}`
}

const BEGUN = { each: '1回の額', first: '最初の回の額', firstPeriod: '最初の回', counter: '回' } as const
const BEFORE_CAP = {
  ...BEGUN,
  each: '上限をかける前の1回の額',
  first: '上限をかける前の最初の回の額',
} as const
const STAYING = { each: '残る期の1期の額', first: '残る期の最初の額', firstPeriod: '最初の期' }

const limitLine = ({ options }: ToldChange, annualYen: bigint, mostYen: bigint): ExplainLine => ({
  label: '1回の上限',
  how: `${saySetting(options, 'additionalStartAmount')}により、年額 ${sayYen(annualYen)} ÷ 6回 ${sayQuotient(annualYen, 6, 100n)}`,
  value: sayYen(mostYen),
})

/** 依頼の期限 of each 開始月, and its article of 施行令; for April to August in the year before or the year itself. */
const ORDER_DAYS: Readonly<Record<number, readonly [day: string, article: number]>> = {
  12: ['10月20日', 28],
  2: ['12月20日', 29],
  4: ['2月20日', 30],
  6: ['4月20日', 31],
  8: ['6月20日', 32],
}

/** 「12月に始めるには、10月20日までに年金保険者へ依頼する」 */
export function sayOrderDay({ slots: [first] }: Started): string {
  const month = first?.month ?? 0
  return `${month}月に始めるには、${ORDER_DAYS[month]?.[0] ?? ''}までに年金保険者へ依頼する`
}

export const orderBasis = ({ slots: [first] }: Started): string =>
  `高齢者医療確保法施行令${ORDER_DAYS[first?.month ?? 0]?.[1] ?? ''}条`
