import type { Yen } from '#kernel/yen.ts'
import { type Overpaid, receivedYen, willComeIn } from '../ido/overpaid.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { type Share, sayShares } from './say-shares.ts'
import { nameOf, type ToldSlot } from './told-slots.ts'

const BASIS = {
  特徴: '介護保険法139条2項・3項(高齢者医療確保法110条で準用)、高齢者医療確保法施行規則109条',
  普徴: '充当は市町村の規則による [source: 富山市規則; 朝来市規則]',
} as const

/** 納付額 where it was typed in: a 期 that is paid in part, or paid before its day. */
export function paidLine(told: readonly ToldSlot[]): readonly ExplainLine[] {
  const shares = told.flatMap(({ slot: { method, month, chargedYen, paidYen } }): Share[] =>
    paidYen === undefined ? [] : [{ method, month, yen: paidYen, note: paidYen < chargedYen ? '一部' : undefined }],
  )
  if (shares.length === 0) return []
  const sum = shares.reduce((all, { yen }) => all + yen, 0n)
  return [
    { label: '入力された納付額', how: sayShares(shares) ?? '納付された額はない(還付済みを除く)', value: sayYen(sum) },
  ]
}

/** 過納見込: what was and will be received beyond the charge, with the 期 it comes from, and the sum. */
export function overpaidLines(
  { nowYen, laterYen, totalYen }: Overpaid,
  told: readonly ToldSlot[],
): readonly ExplainLine[] {
  const over = told
    .map((one) => ({ one, inYen: receivedYen(one.slot, one.orderedYen) }))
    .filter(({ one, inYen }) => inYen > one.chargedYen)
  const line = (label: string, what: string, value: Yen, isLater: boolean): readonly ExplainLine[] => {
    if (value === 0n) return []
    const from = over.filter(({ one }) => willComeIn(one.slot) === isLater)
    const sum = from.map(({ one, inYen }) => `${nameOf(one)}(${sayYen(inYen)} − 賦課額 ${sayYen(one.chargedYen)})`)
    const methods = (['特徴', '普徴'] as const).filter((method) => from.some(({ one }) => one.slot.method === method))
    return [
      {
        label,
        how: `${what}。${sum.join('+ ')}`,
        value: sayYen(value),
        basis: methods.map((method) => BASIS[method]).join('。'),
      },
    ]
  }
  return [
    ...line('過納見込(納付済み)', '納付・徴収された額のうち、賦課額を超える分。還付または充当の対象', nowYen, false),
    ...line(
      '過納見込(これから)',
      'これから徴収・振替される額のうち、賦課額を超える分。徴収された後に還付または充当する',
      laterYen,
      true,
    ),
    ...(nowYen > 0n && laterYen > 0n
      ? [
          {
            label: '過納見込(計)',
            how: `納付済み ${sayYen(nowYen)} + これから ${sayYen(laterYen)}`,
            value: sayYen(totalYen),
          },
        ]
      : []),
  ]
}
