import type { Yen } from '#kernel/yen.ts'
import type { IdoOptions } from '../ido/options.ts'
import { receivedYen, willComeIn } from '../ido/overpaid.ts'
import { type BackwardOrder, orderBackwards } from '../ido/reduce-backwards.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { settingBasis } from './say-setting.ts'
import { sayShares } from './say-shares.ts'
import { nameOf, type ToldSlot } from './told-slots.ts'

export type Order = Pick<IdoOptions, 'backwardOrder'>

/** 「後の期から順に(同じ月では普通徴収を先に)」 */
function sayOrder({ backwardOrder }: Order, told: readonly ToldSlot[]): string {
  const methods = new Set(told.filter(({ settledYen }) => settledYen > 0n).map(({ slot }) => slot.method))
  const latest = `後の期から順に${methods.size > 1 ? '(同じ月では普通徴収を先に)' : ''}`
  return backwardOrder === 'latest-first' ? latest : `納期限の来た未納の期を先に、${latest}`
}

/** 「この額を後の期から順に減らす」 with its 根拠; where the unpaid go first, also what counts as paid. */
export function backwardOrderOf(options: Order, told: readonly ToldSlot[]) {
  const [how, basis] = [`この額を${sayOrder(options, told)}減らす`, settingBasis(options, 'backwardOrder')]
  const isPartlyPaid = ({ slot: { state, paidYen, chargedYen } }: ToldSlot) =>
    state === 'paid-on' && paidYen !== undefined && paidYen < chargedYen
  return options.backwardOrder === 'unpaid-first' && told.some(isPartlyPaid)
    ? {
        how: `${how}。${PARTLY_PAID}(状態が納付あり)は、納付のある期として後にする`,
        basis: `${basis}。${PARTLY_PAID_BASIS}`,
      }
    : { how, basis }
}

const PARTLY_PAID = '一部でも納付のある期'
const PARTLY_PAID_BASIS = `${PARTLY_PAID}を後にすること [own knowledge, verify]`

/**
 * さかのぼりの減額: what is taken off each 期, one after the other, until `yen` is used up, and how much of it nobody has paid.
 * `told` by date.
 */
export const backwardLines = (told: readonly ToldSlot[], yen: Yen, order: BackwardOrder): readonly ExplainLine[] => [
  ...takenLines(told, yen, order, sayReceived),
  ...unpaidLine(told.filter(isLowered)),
]

/** What is taken off each 期, one after the other; `sayMore`: what else is to be said of one. */
export function takenLines(
  told: readonly ToldSlot[],
  yen: Yen,
  order: BackwardOrder,
  sayMore: (one: ToldSlot) => string,
): readonly ExplainLine[] {
  let left = { label: '減らす額', yen }
  return orderBackwards(told.filter(isLowered), ({ slot }) => slot.state, order).map((one) => {
    const how = `${sayTaken(one, left)}${sayMore(one)}`
    left = { label: '減らす額の残り', yen: left.yen - (one.settledYen - one.placedYen) }
    return { label: nameOf(one), how, value: sayYen(one.placedYen) }
  })
}

const isLowered = ({ settledYen, placedYen }: ToldSlot): boolean => placedYen < settledYen

function sayTaken({ settledYen, placedYen }: ToldSlot, left: { readonly label: string; readonly yen: Yen }): string {
  const isLast = placedYen > 0n || left.yen === settledYen
  if (isLast) return `${sayYen(settledYen)} − ${left.label} ${sayYen(left.yen)}`
  const after = `${sayYen(left.yen)} − ${sayYen(settledYen)} = ${sayYen(left.yen - settledYen)}`
  return `${sayYen(settledYen)} をすべて減らす。減らす額の残りは ${after}`
}

/** What becomes of the money: 特別徴収 brings what was ordered, whatever is charged; 普通徴収 what was paid. */
function sayReceived(one: ToldSlot): string {
  const { slot, settledYen, chargedYen } = one
  const [inYen, isTokucho] = [receivedYen(slot, one.orderedYen), slot.method === '特徴']
  const verb = isTokucho ? '徴収' : '納付'
  if (inYen <= chargedYen) {
    if (isTokucho && willComeIn(slot)) return '。これから徴収する額が減る(過納とはならない)'
    if (inYen > 0n) return `。${verb}は ${sayYen(inYen)} までのため、納めていただく額が減る(過納とはならない)`
    return '。未納のため、納めていただく額が減る(過納とはならない)'
  }
  const comes = willComeIn(slot)
    ? `${isTokucho ? '年金' : '口座'}からは ${sayYen(inYen)} が${isTokucho ? '引かれる' : '振り替えられる'}ため`
    : null
  if (inYen >= settledYen)
    return comes === null
      ? `。すでに${verb}されているため、差額は過納となる(還付または充当)`
      : `。${comes}、差額は後でお返しする`
  const over = `${sayYen(inYen)} − ${sayYen(chargedYen)} = ${sayYen(inYen - chargedYen)}`
  const rest = `残りの ${sayYen(settledYen)} − ${sayYen(inYen)} = ${sayYen(settledYen - inYen)} は、納めていただく額が減る`
  return comes === null
    ? `。${verb}は ${sayYen(inYen)} までのため、過納は ${over}。${rest}`
    : `。${comes}、${over} は後でお返しする。${rest}`
}

/** What was taken off without anything to give back: 減らす額 is this and what becomes 過納. */
function unpaidLine(lowered: readonly ToldSlot[]): readonly ExplainLine[] {
  const unpaid = lowered.map(({ slot, settledYen, chargedYen, orderedYen }) => {
    const inYen = receivedYen(slot, orderedYen)
    const keptYen = inYen > chargedYen ? inYen : chargedYen
    return { ...slot, yen: settledYen > keptYen ? settledYen - keptYen : 0n }
  })
  const sum = sayShares(unpaid.map(({ method, month, yen }) => ({ method, month, yen })))
  if (sum === null) return []
  const how = `まだ納付・徴収されていない分。${sum}`
  return [
    { label: '減らす額のうち過納とならない額', how, value: sayYen(unpaid.reduce((all, { yen }) => all + yen, 0n)) },
  ]
}
