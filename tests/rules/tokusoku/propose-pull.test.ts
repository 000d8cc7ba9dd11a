import { describe, expect, it } from 'vitest'
import type { Addressee } from '#rules/tokusoku/choose-addressee.ts'
import { type CurrentFacts, type PrintedNotice, proposePull } from '#rules/tokusoku/propose-pull.ts'
import { d, HOME, measure, period, RUN } from './case.ts'

const ADDRESSEE: Addressee = { kind: '本人', name: '見本 太郎', bornOn: null, ...HOME, source: '宛名' }
const printed: PrintedNotice = {
  unpaidYen: 12_300n,
  chargedYen: 12_300n,
  allocatedYen: 0n,
  deathOn: null,
  addressee: ADDRESSEE,
  isIndividual: false,
}
const unchanged: CurrentFacts = {
  unpaidYen: 12_300n,
  chargedYen: 12_300n,
  allocatedYen: 0n,
  deferrals: [],
  deathOn: null,
  protections: [],
  addressee: ADDRESSEE,
}
const propose = (
  now: Partial<CurrentFacts>,
  partPaidAt004: 'pull' | 'send' = 'pull',
  was: Partial<PrintedNotice> = {},
) => proposePull({ ...printed, ...was }, { ...unchanged, ...now }, RUN, { partPaidAt004 })

describe('引抜きの提案 (5.2 004, E2)', () => {
  it('proposes nothing when nothing changed', () => {
    expect(propose({})).toBeNull()
  })

  it.each<[string, Partial<CurrentFacts>, readonly string[]]>([
    ['§8 #3: paid in full meanwhile', { unpaidYen: 0n }, ['P01']],
    ['part payment', { unpaidYen: 300n }, ['P02']],
    ['調定減', { chargedYen: 10_000n, unpaidYen: 10_000n }, ['P03']],
    ['調定増', { chargedYen: 15_000n, unpaidYen: 15_000n }, ['P03']],
    ['a receipt was reversed', { unpaidYen: 12_400n }, ['P03']],
    ['調定減 to nothing', { chargedYen: 0n, unpaidYen: 0n }, ['P01', 'P03']],
    ['猶予 decided', { deferrals: [period('2026-08-19', null)] }, ['P04']],
    ['猶予 from the 発送日', { deferrals: [period('2026-08-20', '2026-12-31')] }, ['P04']],
    ['猶予 that ends on asOf', { deferrals: [period('2026-07-01', '2026-08-12')] }, ['P04']],
    ['猶予 that is over', { deferrals: [period('2026-07-01', '2026-08-11')] }, []],
    ['death on the 発送日', { deathOn: d('2026-08-20') }, ['P05']],
    ['less 充当 than when printing', { unpaidYen: 12_300n, allocatedYen: 0n }, []],
    ['another name', { addressee: { ...ADDRESSEE, name: '見本 次郎' } }, ['P07']],
    ['another kind', { addressee: { ...ADDRESSEE, kind: '代理' } }, ['P07']],
    ['another postal code', { addressee: { ...ADDRESSEE, postalCode: '0000002' } }, ['P07']],
    ['another address', { addressee: { ...ADDRESSEE, address: '見本市中央9丁目' } }, ['P07']],
    ['only its source changed', { addressee: { ...ADDRESSEE, source: '送付先' } }, []],
    ['猶予 after the 発送日', { deferrals: [period('2026-08-21', null)] }, []],
    ['death', { deathOn: d('2026-08-18'), addressee: null }, ['P05', 'P07']],
    ['death after the 発送日', { deathOn: d('2026-08-21') }, []],
    ['抑止 set', { protections: [measure('2026-08-18', null)] }, ['P06']],
    ['抑止 released before asOf', { protections: [measure('2026-01-01', null, '2026-08-01')] }, []],
    ['addressee moved', { addressee: { ...ADDRESSEE, building: '見本荘201' } }, ['P07']],
    ['充当 of a part', { unpaidYen: 2_300n, allocatedYen: 10_000n }, ['P09']],
    ['充当 and a payment', { unpaidYen: 2_000n, allocatedYen: 10_000n }, ['P02', 'P09']],
    ['充当 of all', { unpaidYen: 0n, allocatedYen: 12_300n }, ['P01', 'P09']],
  ])('%s', (_, now, all) => {
    expect(propose(now)?.all ?? []).toEqual(all)
    expect(propose(now)?.code ?? null).toBe(all[0] ?? null)
  })

  it('完納 cannot be declined, everything else can', () => {
    expect(propose({ unpaidYen: 0n })?.canDecline).toBe(false)
    expect(propose({ unpaidYen: 300n })?.canDecline).toBe(true)
    expect(propose({ unpaidYen: 0n, chargedYen: 0n })?.canDecline).toBe(false)
    expect(propose({ unpaidYen: 300n, protections: [measure('2026-08-18', null)] })?.canDecline).toBe(false)
  })

  it('partPaidAt004=send lets a part payment pass, but nothing beside it', () => {
    expect(propose({ unpaidYen: 300n })?.suggest).toBe('pull')
    expect(propose({ unpaidYen: 300n }, 'send')?.suggest).toBe('send')
    expect(propose({ unpaidYen: 300n, deathOn: d('2026-08-18') }, 'send')?.suggest).toBe('pull')
    expect(propose({ unpaidYen: 0n }, 'send')?.suggest).toBe('pull')
  })

  it('what was known when printing is no news', () => {
    const protectedNow = { protections: [measure('2026-01-01', null)] }
    expect(propose(protectedNow, 'pull', { isIndividual: true })).toBeNull()
    expect(propose({ deathOn: d('2026-08-05') }, 'pull', { deathOn: d('2026-08-05') })).toBeNull()
    expect(propose({ allocatedYen: 500n }, 'pull', { allocatedYen: 500n })).toBeNull()
  })
})
