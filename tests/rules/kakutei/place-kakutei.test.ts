import { IDO_DEFAULTS } from '#rules/ido/options.ts'
import { FUCHO_STATES, type Slot } from '#rules/ido/slot.ts'
import { type KakuteiOptions, type KakuteiYear, placeKakutei } from '#rules/kakutei/place-kakutei.ts'
import { fucho, tokucho } from '#tests/rules/ido/years.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const OPTIONS: KakuteiOptions = { ...IDO_DEFAULTS, octStartSplit: 'half' }
const OPEN = Array.from({ length: 9 }, () => 'open' as const)

function placed(year: KakuteiYear, options: Partial<KakuteiOptions> = {}) {
  const result = placeKakutei(year, { ...OPTIONS, ...options })
  if (!result.ok) throw new Error(`refused: ${result.error.kind}`)
  return result.value
}
const charges = ({ slots }: ReturnType<typeof placed>): readonly bigint[] => slots.map(({ chargedYen }) => chargedYen)
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, yen) => total + yen, 0n)

// the worked examples of 確定賦課 are the examples of the 試算; amounts here are worked by hand
describe('確定賦課の割り振り', () => {
  it('仮徴収 that failed is part of the rest', () => {
    const slots = [tokucho(4, 9000n, 'collected'), tokucho(6, 9000n, 'failed'), ...fucho(0n, OPEN)]
    const { kakuteiClass, slots: after } = placed({ slots, annualYen: 45_000n, judgement: 'fucho' })
    expect(kakuteiClass).toBe('P4')
    expect(after.map(({ chargedYen }) => chargedYen)).toEqual([
      9000n,
      0n,
      0n,
      0n,
      0n,
      ...Array.from({ length: 6 }, () => 6000n),
    ])
    expect(after[1]?.orderedYen).toBe(0n)
  })

  it('仮徴収 lowered to 0 by 平準化 still means that the person goes on', () => {
    const slots = [tokucho(4, 9000n, 'collected'), tokucho(8, 0n, 'locked'), ...fucho(0n, OPEN)]
    expect(placed({ slots, annualYen: 39_000n, judgement: 'tokucho' })).toMatchObject({
      kakuteiClass: 'P2',
      tokuchoYen: 30_000n,
      nextProvisionalYen: 10_000n,
    })
  })

  it('a start in October without a period before it is 特徴 alone', () => {
    const slots = fucho(0n, ['due', 'due', 'due', ...OPEN.slice(3)])
    expect(placed({ slots, annualYen: 60_000n, judgement: 'tokucho' })).toMatchObject({
      kakuteiClass: 'P3',
      tokuchoYen: 60_000n,
      zuijiYen: 0n,
    })
  })

  it('a start in October after 暫定 of more than half: 特徴 takes what is left', () => {
    const slots = [...fucho(35_000n, ['paid-on']), ...fucho(0n, OPEN).slice(1)]
    const half = placed({ slots, annualYen: 60_000n, judgement: 'tokucho' })
    expect(charges(half)).toEqual([35_000n, ...Array.from({ length: 8 }, () => 0n), 8400n, 8300n, 8300n])
  })

  it('by periods after July has gone: the rest of what July to September would have been is split anew', () => {
    const slots = fucho(0n, ['due', ...OPEN.slice(1)])
    const late = placed({ slots, annualYen: 90_000n, judgement: 'tokucho' }, { octStartSplit: 'periods' })
    expect(charges(late)).toEqual([
      0n,
      15_000n,
      15_000n,
      ...Array.from({ length: 6 }, () => 0n),
      20_000n,
      20_000n,
      20_000n,
    ])
  })

  it('by periods after 暫定: the year is shared by the periods from July on alone', () => {
    const slots = [
      ...fucho(1000n, ['paid-on', 'paid-on', 'paid-on']).map((slot, nth) => ({ ...slot, month: 4 + nth })),
      ...fucho(0n, OPEN),
    ]
    const started = placed({ slots, annualYen: 90_000n, judgement: 'tokucho' }, { octStartSplit: 'periods' })
    // 10,000 a period, three of them before October: 60,000 by 特徴, and 30,000 less 暫定 by 普徴
    expect(charges(started)).toEqual([
      ...Array.from({ length: 3 }, () => 1000n),
      ...Array.from({ length: 3 }, () => 9000n),
      ...Array.from({ length: 6 }, () => 0n),
      ...Array.from({ length: 3 }, () => 20_000n),
    ])
  })

  it.each(['stoppable', 'planned', 'changeable'] as const)('仮徴収 that is %s in July is refused', (state) => {
    const slots = [tokucho(8, 9000n, state)]
    const refused = placeKakutei({ slots, annualYen: 9000n, judgement: 'fucho' }, OPTIONS)
    expect(refused).toEqual({ ok: false, error: { kind: 'slot-stoppable', slot: 0 } })
  })

  it('特徴終了 with no period from October on: all that are open, else 随時', () => {
    const spring = tokucho(8, 9000n, 'locked')
    const toSeptember = {
      slots: [spring, ...fucho(0n, ['open', 'open'])],
      annualYen: 29_000n,
      judgement: 'fucho',
    } as const
    expect(charges(placed(toSeptember))).toEqual([9000n, 10_000n, 10_000n])
    expect(placed({ ...toSeptember, slots: [spring] }).zuijiYen).toBe(20_000n)
  })

  it('資格喪失済 is an 異動: what can still be stopped is stopped', () => {
    const slots = [tokucho(6, 9000n, 'collected'), tokucho(8, 9000n, 'stoppable'), ...fucho(0n, OPEN)]
    const lost = placed({ slots, annualYen: 9000n, judgement: 'lost' })
    expect([lost.kakuteiClass, ...charges(lost)]).toEqual(['P6', 9000n, ...Array.from({ length: 10 }, () => 0n)])
  })

  const yen = fc.bigInt({ min: 0n, max: 200_000n })
  const provisional = fc.record<Slot>({
    method: fc.constant('特徴'),
    month: fc.constantFrom(4, 6, 8),
    chargedYen: yen,
    orderedYen: yen,
    state: fc.constantFrom('collected', 'locked', 'failed'),
  })
  const period = fc.record<Slot>({
    method: fc.constant('普徴'),
    month: fc.integer({ min: 1, max: 12 }),
    chargedYen: yen,
    orderedYen: fc.constant(0n),
    state: fc.constantFrom(...FUCHO_STATES.filter((state) => state !== 'written-off')),
  })

  it('always adds up to the year, with no charge below 0', () => {
    fc.assert(
      fc.property(
        fc.tuple(
          fc.uniqueArray(provisional, { maxLength: 3, selector: ({ month }) => month }),
          fc.array(period, { maxLength: 12 }),
        ),
        fc.bigInt({ min: 0n, max: 900_000n }),
        fc.constantFrom('tokucho' as const, 'fucho' as const, 'lost' as const),
        fc.record({
          unitYen: fc.constantFrom(1n, 100n, 1000n),
          octStartSplit: fc.constantFrom('half' as const, 'periods' as const),
          stopPlacement: fc.constantFrom('from-stop-month' as const, 'all-open' as const),
          backwardOrder: fc.constantFrom('latest-first' as const, 'unpaid-first' as const),
        }),
        ([t, f], annualYen, judgement, options) => {
          const placement = placed({ slots: [...t, ...f], annualYen, judgement }, options)
          expect(sum(charges(placement)) + placement.zuijiYen).toBe(annualYen)
          expect(charges(placement).every((charged) => charged >= 0n)).toBe(true)
        },
      ),
    )
  })
})
