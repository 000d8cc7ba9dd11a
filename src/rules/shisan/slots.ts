import { yenToJson } from '#kernel/yen.ts'
import { IDO_DEFAULTS } from '../ido/options.ts'
import type { PlacedSlot } from '../ido/placement.ts'
import { FUCHO_STATES, type Slot, type SlotState, TOKUCHO_STATES } from '../ido/slot.ts'
import { refuse } from './definition.ts'
import { choice, flag, list, month, record, type ValueOf, withDefault, yen } from './schema.ts'

const METHODS = ['普徴', '特徴'] as const

/** 期の状態 in words, with the method it belongs to. */
const STATES: Readonly<Record<SlotState, string>> = {
  failed: '特徴: 徴収不能・中止の連絡',
  collected: '特徴: 徴収済み',
  changeable: '特徴: 仮徴収額を変更できる(6月・8月)',
  locked: '特徴: 止める期限を過ぎた',
  stoppable: '特徴: 依頼済みで、まだ止められる',
  planned: '特徴: まだ依頼していない',
  'paid-on': '普徴: 納付あり',
  'handed-to-bank': '普徴: 口座振替を依頼中',
  due: '普徴: 納期限が近い、または過ぎた',
  deferred: '普徴: 徴収猶予中',
  open: '普徴: まだ変更できる',
  'written-off': '普徴: 不納欠損',
}

/** 期割の枠 of one 賦課年度, as they are sent. */
export const slotList = () =>
  list(
    '期割',
    record(
      '期',
      {
        method: choice('徴収方法', METHODS),
        month: month('月', '休日で動く前の月'),
        chargedYen: yen('賦課額'),
        state: choice(
          '状態',
          [...TOKUCHO_STATES, ...FUCHO_STATES].map((state) => [state, STATES[state]] as const),
        ),
      },
      {
        orderedYen: yen('依頼額', { description: '特徴だけ。入れないときは賦課額と同じ' }),
        paidYen: yen('納付額', { description: '一部納付、前納、還付済みのときだけ。還付した額を引く' }),
        isPastStopCutoff: flag('止める期限を過ぎている', '状態が「仮徴収額を変更できる」のときだけ'),
      },
    ),
    { description: '賦課年度のすべての回と期。普徴は0円の期も入れる', minItems: 0, maxItems: 60 },
  )

/** The slots after a placement; what follows them is told by `then`. */
export const placedSlotList = (then: string) =>
  list(
    '期割',
    record('期', {
      month: month('月'),
      method: choice('徴収方法', METHODS),
      chargedYen: yen('賦課額'),
      orderedYen: yen('依頼額', { description: '年金から引かれる額。普徴は0円' }),
    }),
    { description: `入力の順。${then}`, minItems: 0, maxItems: 63 },
  )

export const stopPlacement = () =>
  withDefault(
    choice('中止後の割り振り', [
      ['from-stop-month', '中止月以後の期'],
      ['all-open', '変更できるすべての期'],
    ]),
    IDO_DEFAULTS.stopPlacement,
  )

export const backwardOrder = () =>
  withDefault(
    choice('さかのぼる順', [
      ['latest-first', '後の期から'],
      ['unpaid-first', '未納の期を先に、後の期から'],
    ]),
    IDO_DEFAULTS.backwardOrder,
  )

type SentSlot = ValueOf<ReturnType<typeof slotList>>[number]

export const slotOf = ({ chargedYen, orderedYen, paidYen, ...slot }: SentSlot): Slot => ({
  ...slot,
  chargedYen: BigInt(chargedYen),
  orderedYen: slot.method === '特徴' ? BigInt(orderedYen ?? chargedYen) : 0n,
  paidYen: paidYen === undefined ? undefined : BigInt(paidYen),
})

/** 依頼額 on 普徴, which nothing is ordered for; null: there is none. */
export function refusedOrder(slots: readonly SentSlot[]): ReturnType<typeof refuse> | null {
  const slot = slots.findIndex(({ method, orderedYen }) => method === '普徴' && (orderedYen ?? 0) > 0)
  return slot < 0
    ? null
    : refuse(
        `/slots/${slot}/orderedYen`,
        '普通徴収の期に依頼額があります。依頼額は特別徴収だけの額です。',
        '依頼額を除くか、徴収方法を確かめてください。',
      )
}

export const placedSlotToJson = ({ month: of, method, chargedYen, orderedYen }: PlacedSlot) => ({
  month: of,
  method,
  chargedYen: yenToJson(chargedYen),
  orderedYen: yenToJson(orderedYen),
})
