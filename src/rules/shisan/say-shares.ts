import type { Yen } from '#kernel/yen.ts'
import { fiscalIndex, type Method } from '../ido/slot.ts'
import { sayYen } from './definition.ts'

export const METHOD = { 特徴: '特別徴収', 普徴: '普通徴収' } as const
/** 特別徴収 is collected in 回, 普通徴収 paid in 期. */
export const COUNTER = { 特徴: '回', 普徴: '期' } as const

/** What one 期 adds to a sum. */
export interface Share {
  readonly method: Method
  readonly month: number
  readonly yen: Yen
  /** Why it stands in the sum, where that is asked: 徴収済み. */
  readonly note?: string | undefined
}

/**
 * The addends of a sum, each with its months: 「特別徴収 9,300円 × 3回(4月・6月・8月)+ 普通徴収 7,000円 × 9期(7月〜3月)」. Shares of
 * 0円 are left out; null: nothing is left. `shares` are in the order of date.
 */
export const sayShares = (shares: readonly Share[]): string | null =>
  sayAllShares(shares.filter(({ yen }) => yen !== 0n))

/** The same with those of 0円. */
export function sayAllShares(shares: readonly Share[]): string | null {
  const said = (['特徴', '普徴'] as const).flatMap((method) => {
    const of = shares.filter((one) => one.method === method)
    return runsOf(of, isAlike).map((run, nth) => `${nth === 0 ? `${METHOD[method]} ` : ''}${sayRun(run)}`)
  })
  return said.length === 0 ? null : said.join('+ ')
}

const isAlike = (a: Share, b: Share): boolean => a.yen === b.yen && a.note === b.note

function sayRun([first, ...rest]: Run<Share>): string {
  const { method, yen, note } = first
  const months = sayMonths([first, ...rest])
  const times = rest.length === 0 ? '' : ` × ${rest.length + 1}${COUNTER[method]}`
  return `${sayYen(yen)}${times}(${months}${note === undefined ? '' : `、${note}`})`
}

type Run<T> = readonly [T, ...T[]]

/** Neighbours that are alike, together. */
export function runsOf<T>(list: readonly T[], areAlike: (a: T, b: T) => boolean): readonly Run<T>[] {
  const runs: [T, ...T[]][] = []
  for (const one of list) {
    const last = runs.at(-1)
    if (last !== undefined && areAlike(last[0], one)) last.push(one)
    else runs.push([one])
  }
  return runs
}

/** 「12月・2月(各)」: who read alike. */
export const sayEach = (run: readonly { readonly month: number }[]): string =>
  `${sayMonths(run)}${run.length === 1 ? '' : '(各)'}`

/** 「4月・6月・8月」, 「7月〜3月」: months by date; three and more that follow each other by the first and the last. */
export function sayMonths(slots: readonly { readonly month: number }[]): string {
  const months = slots.map(({ month }) => month)
  const [first = 0] = months
  const doFollow = months.every((month, nth) => fiscalIndex(month) === fiscalIndex(first) + nth)
  return months.length > 2 && doFollow
    ? `${first}月〜${months.at(-1)}月`
    : months.map((month) => `${month}月`).join('・')
}
