import type { Yen } from '#kernel/yen.ts'
import type { Slot } from '../ido/slot.ts'
import { type Overpaid, receivedYen, willComeIn } from '../ido/overpaid.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { sayAllShares, type Share } from './say-shares.ts'
import { nameOf, type ToldSlot } from './told-slots.ts'

const BASIS = {
  特徴: '介護保険法139条2項・3項(高齢者医療確保法110条で準用)、高齢者医療確保法施行規則109条',
  普徴: '充当は市町村の規則による [source: 富山市規則; 朝来市規則]',
} as const

/** 納付額 where one was typed in, with what counts as paid in full because none was. */
export function paidLine(told: readonly ToldSlot[]): readonly ExplainLine[] {
  if (told.every(({ slot }) => slot.paidYen === undefined)) return []
  const shares = told.flatMap(({ slot }) => paidShareOf(slot) ?? [])
  const sum = shares.reduce((all, { yen }) => all + yen, 0n)
  return [{ label: '納付額', how: sayAllShares(shares) ?? '', value: sayYen(sum) }]
}

function paidShareOf(slot: Slot): Share | null {
  const { method, month, state, chargedYen, orderedYen, paidYen } = slot
  const of = { method, month }
  if (paidYen !== undefined) return { ...of, yen: paidYen, note: sayTypedIn(slot, paidYen) }
  if (state === 'paid-on' && chargedYen > 0n) return { ...of, yen: chargedYen, note: '納付あり、全額とみる' }
  if (state === 'collected' && orderedYen > 0n) return { ...of, yen: orderedYen, note: '徴収済み、全額とみる' }
  return null
}

function sayTypedIn({ method, state, chargedYen, orderedYen }: Slot, paidYen: Yen): string | undefined {
  if (paidYen > 0n) return paidYen < (method === '特徴' ? orderedYen : chargedYen) ? '一部' : undefined
  if (state === 'paid-on' || state === 'collected') return '還付済み'
  return method === '特徴' ? '未徴収' : '未納'
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
