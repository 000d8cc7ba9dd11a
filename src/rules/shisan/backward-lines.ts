import type { Yen } from '#kernel/yen.ts'
import { type BackwardOrder, orderBackwards } from '../ido/reduce-backwards.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { nameOf, type ToldSlot } from './told-slots.ts'

export const SAY_ORDER: Readonly<Record<BackwardOrder, string>> = {
  'latest-first': '後の期から順に',
  'unpaid-first': '設定により未納の期を先に、後の期から順に',
}

/** What cannot be moved is more than the year: how much. `annual`: 「年額 20,000円」. */
export const tooMuchLine = (annual: string, fixedYen: Yen, yen: Yen, order: BackwardOrder): ExplainLine => ({
  label: '減らす額',
  how: `動かせない額 ${sayYen(fixedYen)} − ${annual}。動かせない額だけで年額を超えるため、まだ動かせる期は0円とし、この額を${SAY_ORDER[order]}減らす`,
  value: sayYen(yen),
  basis: '後の期からさかのぼって減らすこと [own knowledge, verify]',
})

/** さかのぼりの減額: what is taken off each 期, one after the other, until `yen` is used up. `told` by date. */
export function backwardLines(told: readonly ToldSlot[], yen: Yen, order: BackwardOrder): readonly ExplainLine[] {
  const lowered = told.filter(({ settledYen, placedYen }) => placedYen < settledYen)
  let left = { label: '減らす額', yen }
  return orderBackwards(lowered, ({ slot }) => slot.state, order).map((one) => {
    const how = `${sayTaken(one, left)}${sayPaidBack(one)}`
    left = { label: '減らす額の残り', yen: left.yen - (one.settledYen - one.placedYen) }
    return { label: nameOf(one), how, value: sayYen(one.placedYen) }
  })
}

function sayTaken({ settledYen, placedYen }: ToldSlot, left: { readonly label: string; readonly yen: Yen }): string {
  const isLast = placedYen > 0n || left.yen === settledYen
  if (isLast) return `${sayYen(settledYen)} − ${left.label} ${sayYen(left.yen)}`
  const after = `${sayYen(left.yen)} − ${sayYen(settledYen)} = ${sayYen(left.yen - settledYen)}`
  return `${sayYen(settledYen)} をすべて減らす。減らす額の残りは ${after}`
}

/** 特別徴収 brings what was ordered, whatever is charged. */
function sayPaidBack({ slot, orderedYen, chargedYen }: ToldSlot): string {
  if (slot.method === '普徴' || orderedYen <= chargedYen) return ''
  return slot.state === 'collected'
    ? '。すでに徴収されているため、差額は後でお返しする'
    : `。年金からは ${sayYen(orderedYen)} が引かれるため、差額は後でお返しする`
}
