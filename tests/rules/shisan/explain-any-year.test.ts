import { IDO_EVENT_CODES } from '#rules/ido/events.ts'
import { CHANGEABLE_MONTHS, FUCHO_STATES, TOKUCHO_STATES } from '#rules/ido/slot.ts'
import type { ExplainLine, JsonRecord, Shisan } from '#rules/shisan/definition.ts'
import { ido } from '#rules/shisan/ido.ts'
import { kakutei } from '#rules/shisan/kakutei.ts'
import { fromNowhere } from './from-nowhere.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const yen = fc.integer({ min: 0, max: 1000 }).map((hundreds) => hundreds * 100)
const unitYen = fc.constantFrom(1, 100, 1000)
const backwardOrder = fc.constantFrom('latest-first', 'unpaid-first')
const stopPlacement = fc.constantFrom('from-stop-month', 'all-open')
const fucho = fc.record({
  method: fc.constant('普徴'),
  month: fc.integer({ min: 1, max: 12 }),
  chargedYen: yen,
  state: fc.constantFrom(...FUCHO_STATES),
})
const yearOf = (tokucho: fc.Arbitrary<JsonRecord>) =>
  fc
    .tuple(fc.array(tokucho, { maxLength: 6 }), fc.array(fucho, { maxLength: 9 }))
    .map(([t, f]): readonly JsonRecord[] => [...t, ...f])

const idoYear = yearOf(
  fc
    .record({
      method: fc.constant('特徴'),
      month: fc.constantFrom(4, 6, 8, 10, 12, 2),
      chargedYen: yen,
      orderedYen: yen,
      state: fc.constantFrom(...TOKUCHO_STATES),
    })
    .filter(({ state, month }) => state !== 'changeable' || CHANGEABLE_MONTHS.includes(month)),
)
const change = fc.record(
  {
    slots: idoYear,
    newAnnualYen: fc.integer({ min: 0, max: 300_000 }),
    event: fc.constantFrom(...IDO_EVENT_CODES),
    fromMonth: fc.constantFrom(2, 4, 6, 8, 10, 12),
    months: fc.integer({ min: 1, max: 12 }),
    options: fc.record({
      unitYen,
      backwardOrder,
      stopPlacement,
      increaseF: fc.constantFrom('spread-difference', 'resplit'),
      decreaseF: fc.constantFrom('resplit', 'from-last'),
      increaseT: fc.constantFrom('heicho', 'stop-all'),
      decreaseT: fc.constantFrom('stop', 'absorb-in-futsu'),
      lossSettlement: fc.constantFrom('resplit', 'single'),
      failedPlacement: fc.constantFrom('spread', 'next-period'),
      additionalStartAmount: fc.constantFrom('remaining', 'annual/6'),
    }),
  },
  { requiredKeys: ['slots', 'newAnnualYen', 'event'] },
)

const kakuteiYear = fc.record({
  slots: yearOf(
    fc.record({
      method: fc.constant('特徴'),
      month: fc.constantFrom(4, 6, 8),
      chargedYen: yen,
      orderedYen: yen,
      state: fc.constantFrom('collected', 'locked', 'failed'),
    }),
  ),
  annualYen: fc.integer({ min: 0, max: 300_000 }),
  judgement: fc.constantFrom('tokucho', 'fucho', 'lost'),
  unitYen,
  octStartSplit: fc.constantFrom('half', 'periods'),
  stopPlacement,
  backwardOrder,
})

const numberOf = (digits: string | undefined): number => Number((digits ?? '1').replaceAll(',', ''))
/** 「9,300円 × 3回(…)+ 9,700円(…)」 added up. */
const addedUp = (how: string): number =>
  [...how.matchAll(/(\d[\d,]*)円(?: × (\d+)回)?/g)].reduce(
    (sum, [, amount, times]) => sum + numberOf(amount) * numberOf(times),
    0,
  )
/** Lines whose value is the sum of all amounts they tell. */
const SUMS = ['これまでの賦課額', '動かせない額', 'まだ動かせる期の賦課額', '特別徴収に移す額', '割り直す額', '確かめ']

function expectToBeFollowed(shisan: Shisan, input: JsonRecord): void {
  const computed = shisan.compute(input, new Set())
  fc.pre(computed.ok)
  const { lines } = computed.value
  expect(fromNowhere(shisan, input, lines)).toEqual([])
  const wrong = lines.filter(({ label, how, value }) => SUMS.includes(label) && addedUp(how) !== addedUp(value))
  expect(wrong).toEqual([])
  expect(changesNotTold(input, computed.value.output, lines)).toEqual([])
}

/** Periods whose charge changed without a line that ends in the new one. */
function changesNotTold(input: JsonRecord, output: JsonRecord, lines: readonly ExplainLine[]): readonly unknown[] {
  const before = input['slots'] as readonly JsonRecord[] // the input is ours
  const after = output['slots'] as readonly JsonRecord[] // the schema says so
  return after.filter(({ chargedYen, method, month }, nth) => {
    if (chargedYen === (before[nth]?.['chargedYen'] ?? 0)) return false
    const name = method === '特徴' ? '特別徴収' : '普通徴収'
    return !lines.some(
      ({ label, value }) =>
        (label.startsWith(name) || label.includes(`${String(month)}月`)) && addedUp(value) === chargedYen,
    )
  })
}

describe('算定の内訳 of any year', () => {
  it('異動賦課 tells every amount it uses, and every period that changes', () => {
    fc.assert(
      fc.property(change, (input) => expectToBeFollowed(ido, input)),
      { numRuns: 500 },
    )
  })

  it('確定賦課 too', () => {
    fc.assert(fc.property(kakuteiYear, (input) => expectToBeFollowed(kakutei, input)))
  })
})
