import { rateOfBase } from '#rules/entaikin/rates.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#kernel/plain-date.ts'
import { constant } from '#rules/options.ts'
import type { DelinquencyCase } from '#rules/tokusoku/delinquency-case.ts'
import { type Delinquency, isInPopulation, judgeDelinquency } from '#rules/tokusoku/judge-delinquency.ts'
import type { TokusokuOptions } from '#rules/tokusoku/options.ts'
import { VERDICT_REASONS } from '#rules/tokusoku/reasons.ts'
import { d, heir, kase, measure, OPTIONS, paid, period, RUN } from './case.ts'

const judge = (change: Partial<DelinquencyCase>, options: Partial<TokusokuOptions> = {}): Delinquency =>
  judgeDelinquency(kase(change), RUN, { ...OPTIONS, ...options })

/** One line of a table: name, case, what the verdict must hold. */
type Row = readonly [string, Partial<DelinquencyCase>, Partial<Delinquency>]

describe('sheet 5.2 §8', () => {
  const rows: readonly Row[] = [
    [
      '#1 nothing paid',
      {},
      { verdict: '対象', reason: null, flags: [], unpaidYen: 12_300n, feeYen: 0n, entaikinYen: 0n },
    ],
    ['#2 領収日 = asOf', { movements: [paid(12_300n, '2026-08-12')] }, { verdict: '完納', unpaidYen: 0n, flags: [] }],
    [
      '#3 領収日 after asOf',
      { movements: [paid(12_300n, '2026-08-13')] },
      { verdict: '対象', unpaidYen: 12_300n, flags: [] },
    ],
    [
      '#4 part payment',
      { chargedYen: 11_500n, movements: [paid(5_000n, '2026-07-30')] },
      { verdict: '対象', unpaidYen: 6_500n, receivedYen: 5_000n, flags: ['F-部'] },
    ],
    [
      '#5a 過誤納 = unpaid',
      { chargedYen: 9_800n, overpaidYen: 9_800n },
      { verdict: '要確認', reason: 'A08', flags: [] },
    ],
    [
      '#5b 過誤納 < unpaid',
      { chargedYen: 9_800n, overpaidYen: 9_700n },
      { verdict: '対象', reason: null, flags: ['F-過'] },
    ],
    ['#6a 猶予 until 8/12', { deferrals: [period('2026-07-01', '2026-08-12')] }, { verdict: '除外', reason: 'A01' }],
    [
      '#6b 猶予 until 8/11',
      { chargedYen: 10_000n, deferrals: [period('2026-07-01', '2026-08-11')] },
      { verdict: '対象', limitOn: d('2026-08-31'), flags: [] },
    ],
    ['#6c 猶予 from 8/18', { deferrals: [period('2026-08-18', null)] }, { verdict: '除外', reason: 'A01' }],
    [
      '#7a died, 相続人代表 from 8/15',
      { chargedYen: 8_600n, deathOn: d('2026-08-05'), deliveries: [heir('2026-08-15')] },
      { verdict: '対象', reason: null, flags: [] },
    ],
    ['#7b died, none', { deathOn: d('2026-08-05') }, { verdict: '除外', reason: 'A04' }],
    [
      '#8a DV in force',
      { protections: [measure('2026-01-10', '2027-01-09')] },
      { verdict: '除外', reason: 'A05', otherReasons: [] },
    ],
    [
      '#8b DV ended 7/31, not released',
      { protections: [measure('2025-08-01', '2026-07-31')] },
      { verdict: '要確認', reason: 'A06' },
    ],
    [
      '#8c DV and 猶予',
      { protections: [measure('2026-01-10', null)], deferrals: [period('2026-08-01', '2026-12-31')] },
      { verdict: '除外', reason: 'A01', otherReasons: ['A05'] },
    ],
    ['#9a 999', { chargedYen: 999n }, { verdict: '除外', reason: 'A03' }],
    ['#9b 1,000', { chargedYen: 1_000n }, { verdict: '対象', unpaidYen: 1_000n }],
    [
      '#10 取残し',
      { dueOn: d('2025-09-30'), chargedYen: 8_800n },
      {
        verdict: '対象',
        flags: ['F-遅', 'F-残'],
        limitOn: d('2025-10-20'),
        feeYen: 100n,
        entaikinYen: 0n,
        unpaidYen: 8_800n,
      },
    ],
    [
      '#11 lapsed',
      { dueOn: d('2024-07-31'), chargedYen: 7_200n },
      { verdict: '除外', reason: 'A10', prescribesOn: d('2026-07-31') },
    ],
    [
      '#12 renewed by a part payment',
      { dueOn: d('2024-07-31'), chargedYen: 7_200n, movements: [paid(1_000n, '2024-12-25')] },
      { verdict: '対象', unpaidYen: 6_200n, prescribesOn: d('2026-12-25'), entaikinYen: 1_000n, feeYen: 100n },
    ],
    ['#13a', { chargedYen: 660_000n }, { entaikinYen: 1_000n, flags: ['F-高'] }],
    ['#13b', { chargedYen: 652_000n }, { entaikinYen: 1_000n }],
    ['#13c', { chargedYen: 651_785n }, { entaikinYen: 0n }],
    ['#13d', { chargedYen: 640_000n }, { entaikinYen: 0n }],
    ['#14 one month', { dueOn: d('2025-09-30'), chargedYen: 88_900n }, { entaikinYen: 6_500n }],
    ['#19 in another run', { hasNoticeElsewhere: true }, { verdict: '除外', reason: 'A02' }],
  ]
  it.each(rows)('%s', (_, change, expected) => {
    expect(judge(change)).toMatchObject(expected)
  })

  it('#14 three months', () => {
    expect(judge({ dueOn: d('2025-09-30'), chargedYen: 88_900n }, { lowMonths: constant(3) }).entaikinYen).toBe(5_600n)
  })

  it('#10: includeCarriedOver=false leaves no row', () => {
    expect(isInPopulation(d('2025-09-30'), RUN)).toBe(true)
    expect(isInPopulation(d('2025-09-30'), { ...RUN, includeCarriedOver: false })).toBe(false)
    expect(isInPopulation(RUN.dueOn, { ...RUN, includeCarriedOver: false })).toBe(true)
    expect(isInPopulation(d('2026-08-31'), RUN)).toBe(false)
  })

  it('totals of the 対象 rows: 10 件, 735,500, fee 200, slips 735,700', () => {
    const names = ['#1 ', '#3 ', '#4 ', '#5b', '#6b', '#7a', '#9b', '#10', '#12', '#13a']
    const targets = names.map((name) => judge(rows.find(([title]) => title.startsWith(name))?.[1] ?? {}))
    const sum = (pick: (one: Delinquency) => bigint): bigint => targets.reduce((total, one) => total + pick(one), 0n)
    expect(targets.map((one) => one.verdict)).toEqual(Array(10).fill('対象'))
    expect(sum((one) => one.unpaidYen)).toBe(735_500n)
    expect(sum((one) => one.feeYen)).toBe(200n)
    expect(sum((one) => one.unpaidYen + one.feeYen)).toBe(735_700n)
  })
})

describe('each test of the table in §4, 001', () => {
  it.each<Row>([
    ['A02: history', { history: [{ issuedOn: d('2026-03-01'), cancelledOn: null }] }, { reason: 'A02' }],
    [
      'A02: a cancelled history does not hit',
      { history: [{ issuedOn: d('2026-03-01'), cancelledOn: d('2026-03-02') }] },
      { reason: null },
    ],
    [
      'A10: the completion day itself is in time',
      { dueOn: d('2024-08-20') },
      { reason: null, prescribesOn: d('2026-08-20') },
    ],
    ['A10: one day earlier is too late', { dueOn: d('2024-08-19') }, { reason: 'A10' }],
    [
      'A10: 猶予 moves the completion',
      { dueOn: d('2024-07-31'), deferrals: [period('2024-09-01', '2025-03-31')] },
      { reason: null, prescribesOn: d('2027-03-31') },
    ],
    [
      'A10: a reversed payment renews nothing',
      { dueOn: d('2024-07-31'), movements: [paid(1_000n, '2024-12-25'), paid(-1_000n, '2024-12-25')] },
      { reason: 'A10', unpaidYen: 12_300n },
    ],
    [
      'A10: a 充当 by the office renews nothing',
      { dueOn: d('2024-07-31'), movements: [{ ...paid(1_000n, '2024-12-25'), kind: '充当' }] },
      { reason: 'A10', unpaidYen: 11_300n },
    ],
    [
      'A10: 猶予 without end',
      { dueOn: d('2024-07-31'), deferrals: [period('2024-09-01', null)] },
      { reason: 'A01', prescribesOn: null },
    ],
    ['A12', { isAccelerated: true }, { verdict: '除外', reason: 'A12' }],
    ['A01: begins on issueOn', { deferrals: [period('2026-08-20', null)] }, { reason: 'A01' }],
    ['A01: begins after issueOn', { deferrals: [period('2026-08-21', null)] }, { reason: null }],
    ['A09', { stays: [period('2026-01-01', null)] }, { verdict: '除外', reason: 'A09' }],
    ['A09: ended before asOf', { stays: [period('2026-01-01', '2026-08-11')] }, { reason: null }],
    ['A05: begins on issueOn', { protections: [measure('2026-08-20', null)] }, { reason: 'A05' }],
    ['A05: released on asOf', { protections: [measure('2026-01-01', null, '2026-08-12')] }, { reason: null }],
    [
      'A05: released the day after asOf',
      { protections: [measure('2026-01-01', null, '2026-08-13')] },
      { reason: 'A05' },
    ],
    ['A05: 満了予定日 = asOf', { protections: [measure('2025-08-13', '2026-08-12')] }, { reason: 'A05' }],
    [
      'A06: 満了予定日 the day before',
      { protections: [measure('2025-08-12', '2026-08-11')] },
      { verdict: '要確認', reason: 'A06' },
    ],
    [
      'A05 before A06 with two measures',
      { protections: [measure('2025-08-12', '2026-08-11'), measure('2026-08-01', '2027-07-31')] },
      { reason: 'A05', otherReasons: ['A06'] },
    ],
    ['A04: died on issueOn', { deathOn: d('2026-08-20') }, { verdict: '除外', reason: 'A04' }],
    [
      'A04: 相続人代表 ended',
      { deathOn: d('2026-08-01'), deliveries: [heir('2026-08-02', '2026-08-19')] },
      { reason: 'A04' },
    ],
    ['A04: death after issueOn', { deathOn: d('2026-08-21') }, { reason: null }],
    ['A13', { returns: [{ resentOn: null, postedOn: null }] }, { verdict: '要確認', reason: 'A13' }],
    ['A13: re-sent', { returns: [{ resentOn: d('2026-07-20'), postedOn: null }] }, { reason: null }],
    ['A13: 公示送達', { returns: [{ resentOn: null, postedOn: d('2026-07-20') }] }, { reason: null }],
    ['A07: 口座振替', { hasDebitPending: true }, { verdict: '要確認', reason: 'A07' }],
    ['A07: 速報', { hasOpenSokuho: true }, { reason: 'A07' }],
    ['A07: 保管金', { hasHeldReceipt: true }, { reason: 'A07' }],
    ['A11', { hasOpenCorrection: true }, { verdict: '要確認', reason: 'A11' }],
    [
      'A03 after a part payment',
      { movements: [paid(11_400n, '2026-08-01')] },
      { verdict: '除外', reason: 'A03', unpaidYen: 900n },
    ],
  ])('%s', (_, change, expected) => {
    expect(judge(change)).toMatchObject(expected)
  })

  it('keeps every hit in the order of the sheet', () => {
    const all = judge({
      dueOn: d('2024-01-31'),
      chargedYen: 900n,
      hasNoticeElsewhere: true,
      isAccelerated: true,
      deferrals: [period('2024-02-01', '2024-03-01'), period('2026-08-15', '2026-08-16')],
      stays: [period('2026-01-01', null)],
      protections: [measure('2026-01-01', null), measure('2025-01-01', '2026-01-01')],
      deathOn: d('2026-01-01'),
      returns: [{ resentOn: null, postedOn: null }],
      hasOpenSokuho: true,
      overpaidYen: 900n,
      hasOpenCorrection: true,
    })
    const order = ['A02', 'A12', 'A01', 'A09', 'A05', 'A06', 'A04', 'A13', 'A07', 'A08', 'A11', 'A03']
    expect([all.reason, ...all.otherReasons]).toEqual(order) // A10 cannot join: the later 猶予 moves 時効
    expect(Object.keys(VERDICT_REASONS).filter((code) => code !== 'A10')).toEqual(order)
  })

  it('with minUnpaidYen 0 nothing is too small', () => {
    expect(judge({ chargedYen: 1n }, { minUnpaidYen: 0n }).verdict).toBe('対象')
  })
})

describe('flags', () => {
  it.each<Row>([
    ['F-遅: equal is no flag', { dueOn: d('2026-07-31') }, { limitOn: d('2026-08-20'), flags: [] }],
    ['F-初: never', { lastTokusokuOn: null }, { flags: ['F-初'] }],
    ['F-初: 24 months ago to the day', { lastTokusokuOn: d('2024-08-20') }, { flags: [] }],
    ['F-初: one day more', { lastTokusokuOn: d('2024-08-19') }, { flags: ['F-初'] }],
    ['F-高: equal', { chargedYen: 100_000n }, { flags: ['F-高'] }],
    [
      'F-併, F-不能, F-同',
      { hasLeftTokucho: true, hasFailedDebit: true, hasNamesake: true },
      { flags: ['F-併', 'F-不能', 'F-同'] },
    ],
    ['F-転 on issueOn', { movedOutOn: d('2026-08-20') }, { flags: ['F-転'] }],
    ['F-転 later', { movedOutOn: d('2026-08-21') }, { flags: [] }],
    ['F-宛: no address', { home: null }, { flags: ['F-宛'], verdict: '対象' }],
    ['F-宛: postal code', { home: { postalCode: '123', address: '見本市', building: '' } }, { flags: ['F-宛'] }],
    ['F-宛: glyph', { hasMissingGlyph: true }, { flags: ['F-宛'], verdict: '対象' }],
  ])('%s', (_, change, expected) => {
    expect(judge(change)).toMatchObject(expected)
  })

  it('F-率: 延滞金 of a year without a registered rate is left open', () => {
    const run = { dueOn: d('2026-12-25'), asOf: d('2027-01-08'), issueOn: d('2027-01-14') }
    const result = judgeDelinquency(kase({ dueOn: run.dueOn, chargedYen: 500_000n }), run, OPTIONS)
    expect(result).toMatchObject({ verdict: '対象', entaikinYen: 0n, flags: ['F-高', 'F-率'] })
  })

  it('延滞金 of a year whose rate is recorded: 500,000 × 2.8 % × 6 days + × 2.9 % × 14 days', () => {
    const run = { dueOn: d('2026-12-25'), asOf: d('2027-01-08'), issueOn: d('2027-01-14') }
    const entaikinRates = [...OPTIONS.entaikinRates, rateOfBase(2027, 19n)]
    const result = judgeDelinquency(kase({ dueOn: run.dueOn, chargedYen: 1_000_000n }), run, {
      ...OPTIONS,
      entaikinRates,
    })
    expect(result).toMatchObject({ entaikinYen: 1500n, flags: ['F-高'] }) // 460 + 1,112
  })
})

describe('properties', () => {
  const yen = fc.bigInt({ min: 0n, max: 900_000n })
  const dayAround = fc.integer({ min: -800, max: 60 }).map((n) => addDays(RUN.issueOn, n))
  const cases = fc
    .record({
      chargedYen: yen,
      dueOn: fc.integer({ min: -900, max: 0 }).map((n) => addDays(RUN.dueOn, n)),
      movements: fc.array(
        fc.record({
          kind: fc.constantFrom('収納' as const, '充当' as const, '不納欠損' as const),
          yen: fc.bigInt({ min: 1n, max: 400_000n }),
          receivedOn: fc.option(dayAround, { nil: null }),
          accountedOn: dayAround,
        }),
        { maxLength: 4 },
      ),
      deathOn: fc.option(dayAround, { nil: null }),
      hasNoticeElsewhere: fc.boolean(),
      overpaidYen: yen,
    })
    .map((change) => kase(change))

  it('never a negative amount; 完納 exactly when nothing is unpaid; a reason exactly when not 対象 or 完納', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const result = judgeDelinquency(one, RUN, OPTIONS)
        expect(result.unpaidYen >= 0n && result.feeYen >= 0n && result.entaikinYen >= 0n).toBe(true)
        expect(result.verdict === '完納').toBe(result.unpaidYen === 0n)
        expect(result.reason === null).toBe(result.verdict === '対象' || result.verdict === '完納')
        expect(new Set([result.reason, ...result.otherReasons]).size).toBe(result.otherReasons.length + 1)
      }),
    )
  })

  it('a later asOf never raises the balance when nothing is reversed', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: 8 }), (one, days) => {
        const later = { ...RUN, asOf: addDays(RUN.asOf, days) }
        const now = judgeDelinquency(one, RUN, OPTIONS).unpaidYen
        expect(judgeDelinquency(one, later, OPTIONS).unpaidYen <= now).toBe(true)
      }),
    )
  })

  it('does not depend on the order of the movements', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const turned = { ...one, movements: one.movements.toReversed() }
        expect(judgeDelinquency(turned, RUN, OPTIONS)).toEqual(judgeDelinquency(one, RUN, OPTIONS))
      }),
    )
  })
})
