import { IDO_EVENT_CODES } from '#rules/ido/events.ts'
import { CHANGEABLE_MONTHS, FUCHO_STATES, TOKUCHO_STATES } from '#rules/ido/slot.ts'
import type { ExplainLine, JsonRecord, Shisan } from '#rules/shisan/definition.ts'
import { ido } from '#rules/shisan/ido.ts'
import { honchoshu } from '#rules/shisan/honchoshu.ts'
import { kakutei } from '#rules/shisan/kakutei.ts'
import { karichoshu } from '#rules/shisan/karichoshu.ts'
import { kiwari } from '#rules/shisan/kiwari.ts'
import { zantei } from '#rules/shisan/zantei.ts'
import { fromNowhere } from './from-nowhere.ts'
import { misleading } from './misleading.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const yen = fc.integer({ min: 0, max: 1000 }).map((hundreds) => hundreds * 100)
const unitYen = fc.constantFrom(1, 100, 1000)
const backwardOrder = fc.constantFrom('latest-first', 'unpaid-first')
const stopPlacement = fc.constantFrom('from-stop-month', 'all-open')
const fucho = fc.record(
  {
    method: fc.constant('普徴'),
    month: fc.integer({ min: 1, max: 12 }),
    chargedYen: yen,
    state: fc.constantFrom(...FUCHO_STATES),
    paidYen: yen,
  },
  { requiredKeys: ['method', 'month', 'chargedYen', 'state'] },
)
const yearOf = (tokucho: fc.Arbitrary<JsonRecord>) =>
  fc
    .tuple(
      fc.uniqueArray(tokucho, {
        maxLength: 6,
        selector: ({ month, state }) => `${String(month)} ${state === 'failed'}`,
      }),
      fc.array(fucho, { maxLength: 9 }),
    )
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
  [...how.matchAll(/(\d[\d,]*)円(?: × (\d+)[回期])?/g)].reduce(
    (sum, [, amount, times]) => sum + numberOf(amount) * numberOf(times),
    0,
  )
/** Lines whose value is the sum of all amounts they tell. */
const SUMS = [
  'これまでの賦課額',
  '変更できない額',
  'まだ変更できる期の賦課額',
  '特別徴収に移す額',
  '移すことのできる額',
  '納付額',
  '割り直す額',
  '検算',
]

function expectToBeFollowed(shisan: Shisan, input: JsonRecord): void {
  const computed = shisan.compute(input, new Set())
  fc.pre(computed.ok)
  const { lines } = computed.value
  expect(fromNowhere(shisan, input, lines)).toEqual([])
  const wrong = lines.filter(({ label, how, value }) => SUMS.includes(label) && addedUp(how) !== addedUp(value))
  expect(wrong).toEqual([])
  expect(changesNotTold(input, computed.value.output, lines)).toEqual([])
  expect(misleading(lines)).toEqual([])
  expect(beforeNotTrue(input, lines)).toEqual([])
  expect(settingsOfOthers(shisan, lines)).toEqual([])
  expectMoneyToBeTold(input, computed.value.output, lines)
}

/** What was paid, what comes back and what does not. */
function expectMoneyToBeTold(input: JsonRecord, output: JsonRecord, lines: readonly ExplainLine[]): void {
  const valueOf = (name: string): number | undefined => {
    const line = lines.findLast(({ label }) => label.startsWith(name))
    return line === undefined ? undefined : addedUp(line.value)
  }
  const isTyped = slotsOf(input).some(({ paidYen }) => paidYen !== undefined)
  const paidYen = slotsOf(input).reduce((sum, one) => sum + paidOn(one), 0)
  expect(valueOf('納付額')).toBe(isTyped ? paidYen : undefined)
  expect(valueOf('過納見込') ?? 0).toBe(output['overpaidYen'])
  const lowered = lines.find(({ label, how }) => label === '減らす額' && !how.startsWith('まだ変更できる期'))
  const comesBack = addedUp(lowered?.value ?? '') - (valueOf('減らす額のうち過納とならない額') ?? 0)
  expect(comesBack).toBeLessThanOrEqual(Number(output['overpaidYen']))
}

/** What was paid, or counts as paid in full. */
function paidOn({ paidYen, state, chargedYen, orderedYen }: JsonRecord): number {
  const assumed = { 'paid-on': chargedYen, collected: orderedYen ?? chargedYen }[String(state)] ?? 0
  return Number(paidYen ?? assumed)
}

const slotsOf = (input: JsonRecord) => input['slots'] as readonly JsonRecord[] // the input is ours

/** 増える only where the year rises; nothing changes where that is said; months that are no whole year are told. */
function expectToFitTheChange(input: JsonRecord): void {
  const computed = ido.compute(input, new Set())
  fc.pre(computed.ok)
  const { lines } = computed.value
  const { event } = input
  const texts = lines.map(({ label, how }) => `${label} ${how}`)
  const beforeYen = slotsOf(input).reduce((sum, { chargedYen }) => sum + Number(chargedYen), 0)
  if (Number(input['newAnnualYen']) <= beforeYen) expect(texts.filter((text) => text.includes('増える'))).toEqual([])
  if (lines.some(({ value }) => value === '変更なし' || value === '増減なし') && event !== 'ADD')
    expect(changed(input, computed.value.output, '普徴')).toEqual([])
  const months = Number(input['months'] ?? 12)
  expect(months === 12 || texts.some((text) => text.includes(`${months}か月`))).toBe(true)
}

/** Periods of a method whose charge changed. */
const changed = (input: JsonRecord, output: JsonRecord, of: string): readonly unknown[] =>
  (output['slots'] as readonly JsonRecord[]).filter(
    ({ chargedYen, method }, nth) => method === of && chargedYen !== slotsOf(input)[nth]?.['chargedYen'],
  )

/** Periods whose charge changed without a line that ends in the new one. */
function changesNotTold(input: JsonRecord, output: JsonRecord, lines: readonly ExplainLine[]): readonly unknown[] {
  const before = slotsOf(input)
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

/** 「これまで」 is what was charged when the change came in. */
const beforeNotTrue = (input: JsonRecord, lines: readonly ExplainLine[]): readonly ExplainLine[] =>
  lines.filter(({ label, how }) => {
    const [, name, month] = /^(特別|普通)徴収(\d+)月/.exec(label) ?? []
    const [, amount] = /これまで ([\d,]+)円/.exec(how) ?? []
    return (
      month !== undefined &&
      amount !== undefined &&
      !slotsOf(input).some(
        (one) =>
          one['method'] === `${name?.[0]}徴` &&
          one['month'] === Number(month) &&
          one['chargedYen'] === numberOf(amount),
      )
    )
  })

/** 設定 that the 試算 does not have. */
const settingsOfOthers = ({ input }: Shisan, lines: readonly ExplainLine[]): readonly string[] => {
  const own = JSON.stringify(input)
  return lines
    .flatMap(({ how, basis = '' }) =>
      [...`${how} ${basis}`.matchAll(/設定「([^:」]+)/g)].map(([, title = '']) => title),
    )
    .filter((title) => !own.includes(`"title":"${title}"`))
}

describe('算定の内訳 of any year', () => {
  it('異動賦課 tells every amount it uses, and every period that changes', () => {
    fc.assert(
      fc.property(change, (input) => expectToBeFollowed(ido, input)),
      { numRuns: 500 },
    )
  })

  it('確定賦課 too', () => {
    fc.assert(
      fc.property(kakuteiYear, (input) => {
        expectToBeFollowed(kakutei, input)
        const computed = kakutei.compute(input, new Set())
        expect(computed.ok && computed.value.lines.filter(({ how }) => /新しい年額|増額/.test(how))).toEqual([])
      }),
    )
  })

  it('異動賦課 says what fits the change', () => {
    fc.assert(fc.property(change, expectToFitTheChange), { numRuns: 500 })
  })

  it('nothing misleads in the 試算 of a single rule', () => {
    const amount = fc.integer({ min: 0, max: 300_000 })
    const periods = fc.integer({ min: 2, max: 12 })
    const linesOf = (shisan: Shisan, input: JsonRecord): readonly ExplainLine[] => {
      const computed = shisan.compute(input, new Set())
      if (!computed.ok) throw new Error(computed.error.message)
      expect(fromNowhere(shisan, input, computed.value.lines)).toEqual([])
      return computed.value.lines
    }
    fc.assert(
      fc.property(amount, amount, periods, unitYen, yen, (annualYen, previousAnnualYen, count, unit, each) => {
        const zanteiYear = { previousAnnualYen, newAnnualYen: annualYen, periods: count, provisional: 1, unitYen: unit }
        const lines = [
          ...linesOf(kiwari, { amountYen: annualYen, periods: count, unitYen: unit }),
          ...linesOf(honchoshu, { annualYen, provisionalYen: [each, each, each] }),
          ...linesOf(karichoshu, { previousAnnualYen, months: count }),
          ...linesOf(zantei, zanteiYear),
        ]
        expect(misleading(lines)).toEqual([])
      }),
    )
  })
})
