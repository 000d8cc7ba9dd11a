import type { Yen } from '#kernel/yen.ts'
import type { SlotState } from '../ido/slot.ts'
import { backwardOrderOf, type Order } from './backward-lines.ts'
import { type ExplainLine, sayYen } from './definition.ts'
import { sayShares } from './say-shares.ts'
import { shareOf, type ToldSlot } from './told-slots.ts'

export const FIXED = '変更できない額'

/** Why a 期 stays as it is. */
export const STAYS: Readonly<Record<SlotState, string>> = {
  failed: '徴収不能',
  collected: '徴収済み',
  changeable: 'このまま徴収',
  locked: '止める期限を過ぎた',
  stoppable: 'このまま徴収',
  planned: 'このまま徴収',
  'paid-on': '納付あり',
  'handed-to-bank': '口座振替を依頼中',
  due: '納期限が近いか過ぎた',
  deferred: '徴収猶予中',
  open: 'まだ変更できる',
  'written-off': '不納欠損',
}

interface Fixed {
  readonly fixedYen: Yen
  /** 年額 less that; below 0 it is taken off backwards. */
  readonly leftYen: Yen
  /** What is said where no 期 has an amount. */
  readonly none: string
}

/** 変更できない額: the 期 that stay as they are, and why each does. */
export function fixedLine(
  fixed: readonly ToldSlot[],
  noteOf: (one: ToldSlot) => string,
  { fixedYen, leftYen, none }: Fixed,
  order: Order,
): ExplainLine {
  const sum = sayShares(fixed.map((one) => shareOf(one, noteOf(one))))
  const isByPractice = fixed.some(({ slot, settledYen }) => settledYen > 0n && BY_PRACTICE.has(slot.state))
  return {
    label: FIXED,
    how: `${sum ?? none}${leftYen < 0n ? sayFalls(order) : ''}`,
    value: sayYen(fixedYen),
    ...(isByPractice ? { basis: STAYS_BASIS } : {}),
  }
}

const STAYS_BASIS = '納期限が近い期と、納付・口座振替依頼中の期を動かさないのは市町村の運用 [own knowledge, verify]'

/** States in which a 期 of 普通徴収 stays by the municipality's own practice. */
const BY_PRACTICE: ReadonlySet<SlotState> = new Set(['due', 'paid-on', 'handed-to-bank'])

/** Said of 変更できない額 where it is more than the year, so that the lines after it do not gainsay its name. */
const sayFalls = ({ backwardOrder }: Order): string =>
  `(年額を超えるときだけ、${backwardOrder === 'latest-first' ? '後の期から' : '未納の期を先に'}減らす)`

interface TooMuch {
  /** 「年額 20,000円」 */
  readonly annual: string
  readonly fixedYen: Yen
  /** Is there a 期 that can still be changed, and so becomes 0円? */
  readonly hasOpen: boolean
  /** By how much 変更できない額 is more than the year. */
  readonly yen: Yen
}

/** What cannot be changed is more than the year: how much. */
export function tooMuchLine(
  { annual, fixedYen, hasOpen, yen }: TooMuch,
  options: Order,
  told: readonly ToldSlot[],
): ExplainLine {
  const { how, basis } = backwardOrderOf(options, told)
  const opened = hasOpen ? 'まだ変更できる期は0円とし、' : ''
  return {
    label: '減らす額',
    how: `${FIXED} ${sayYen(fixedYen)} − ${annual}。${FIXED}だけで年額を超えるため、${opened}${how}`,
    value: sayYen(yen),
    basis,
  }
}
