import type { Yen } from '#kernel/yen.ts'
import { receivedYen } from '../ido/overpaid.ts'
import type { Slot } from '../ido/slot.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { METHOD, runsOf, sayEach, sayMonths, sayShares, type Share } from './say-shares.ts'

/** One 期 as an explanation tells it: what it was, and what each step made of it. */
export interface ToldSlot {
  readonly slot: Slot
  /** After what was stopped or came back, before anything is placed. */
  readonly settledYen: Yen
  /** After the placing, before anything moves to a new 特別徴収. */
  readonly placedYen: Yen
  readonly chargedYen: Yen
  readonly orderedYen: Yen
}

export const MOVABLE = 'まだ変更できる期の賦課額'

/** 「普通徴収10月」 */
export const nameOf = ({ slot: { method, month } }: ToldSlot): string => `${METHOD[method]}${month}月`

/** What one 期 adds to the sum before the placing, and why it stands there. */
export const shareOf = ({ slot: { method, month }, settledYen: yen }: ToldSlot, note?: string): Share => ({
  method,
  month,
  yen,
  note,
})

/** 求め方 and amount of one 期; null: no line. */
export type Saying = readonly [how: string, yen: Yen] | null

/** A line for each 期 that has something to say; neighbours of one method that read alike share one. `told` is by date. */
export function slotLines(told: readonly ToldSlot[], say: (one: ToldSlot) => Saying): readonly ExplainLine[] {
  return (['特徴', '普徴'] as const).flatMap((method) => {
    const said = told
      .filter(({ slot }) => slot.method === method)
      .map((one) => ({ month: one.slot.month, saying: say(one) }))
    return runsOf(said, (a, b) => a.saying?.[0] === b.saying?.[0] && a.saying?.[1] === b.saying?.[1]).flatMap((run) => {
      const [{ saying }] = run
      if (saying === null) return []
      return [{ label: `${METHOD[method]}${sayEach(run)}`, how: saying[0], value: sayYen(saying[1]) }]
    })
  })
}

/** 検算: all that is charged now, added up. `begun` are the payments of a new 特別徴収. */
export function proofLine(
  told: readonly ToldSlot[],
  begun: readonly { readonly month: number; readonly chargedYen: Yen }[],
  zuijiYen: Yen,
  annualYen: Yen,
): ExplainLine {
  const sum = sayShares([
    ...told.map(({ slot, chargedYen }) => ({ method: slot.method, month: slot.month, yen: chargedYen })),
    ...begun.map(({ month, chargedYen }) => ({ method: '特徴' as const, month, yen: chargedYen })),
  ])
  const parts = [...(sum === null ? [] : [sum]), ...(zuijiYen > 0n ? [`随時期 ${sayYen(zuijiYen)}`] : [])]
  return {
    label: '検算',
    how: parts.length === 0 ? '賦課額のある期はない。年額と同じ' : `${parts.join('+ ')}。年額と同じ`,
    value: sayYen(annualYen),
  }
}

/** 「10月〜3月(6期)」: 期 of 普通徴収. */
export const sayPeriods = (told: readonly ToldSlot[]): string =>
  `${sayMonths(told.map(({ slot }) => slot))}${told.length === 1 ? '' : `(${told.length}期)`}`

/** 「割り直した額(これまで 7,000円)」 */
export const sayBefore = (how: string, beforeYen: Yen): string => `${how}(これまで ${sayYen(beforeYen)})`

/** Why nothing is charged on a 回 that failed. */
export const sayFailed = ({ slot }: ToldSlot): Saying => [
  sayBefore('徴収不能となったため、0円とする', slot.chargedYen),
  0n,
]

/** What the placing made of it, where it changed it. */
export const sayAnew = (one: ToldSlot, how: string): Saying =>
  one.placedYen === one.settledYen
    ? null
    : [`${sayBefore(how, one.settledYen)}${sayPaidOver(one, one.placedYen)}`, one.placedYen]

/** A 期 that can still be changed may be paid already. */
export function sayPaidOver({ slot, orderedYen }: ToldSlot, chargedYen: Yen): string {
  const inYen = receivedYen(slot, orderedYen)
  return inYen > chargedYen ? `。納付された ${sayYen(inYen)} のうち、賦課額を超える分は過納となる` : ''
}
