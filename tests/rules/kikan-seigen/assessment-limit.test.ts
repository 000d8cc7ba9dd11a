import { plainDateOf } from '#kernel/plain-date.ts'
import { assessmentLimitOf } from '#rules/kikan-seigen/assessment-limit.ts'
import { describe, expect, it } from 'vitest'

const day = (text: string | null) => (text === null ? null : plainDateOf(text))

// the worked examples are the examples of the 試算
describe('賦課決定の期間制限', () => {
  it.each([
    ['the first collection in December falls due in January', null, '2025-12-15', null, '2026-01-10', '2028-01-10'],
    ['with both the earlier: 普徴', '2024-04-30', '2024-04-15', null, '2024-04-30', '2026-04-30'],
    ['acquired on the day of the first 納期: that day', '2024-07-31', null, '2024-07-31', '2024-07-31', '2026-07-31'],
    ['acquired the day after', '2024-07-31', null, '2024-08-01', '2024-08-01', '2026-08-01'],
    ['acquired on 2月29日', '2023-07-31', null, '2024-02-29', '2024-02-29', '2026-02-28'],
  ])('%s', (_, fucho, tokucho, acquired, baseOn, lastOn) => {
    const year = { firstFuchoDueOn: day(fucho), firstTokuchoPaidOn: day(tokucho), acquiredOn: day(acquired) }
    expect(assessmentLimitOf(year)).toMatchObject({ baseOn, lastOn })
  })

  it('says what the day comes from', () => {
    const year = { firstFuchoDueOn: day('2024-07-31'), firstTokuchoPaidOn: day('2024-04-15'), acquiredOn: null }
    expect(assessmentLimitOf(year)?.base).toBe('特別徴収の納期')
    expect(assessmentLimitOf({ ...year, firstTokuchoPaidOn: null })?.base).toBe('普通徴収の納期')
    expect(assessmentLimitOf({ ...year, firstFuchoDueOn: null, firstTokuchoPaidOn: null })).toBeNull()
    expect(assessmentLimitOf({ ...year, firstFuchoDueOn: null })?.base).toBe('特別徴収の納期')
    // 4/15 is collected, 5/10 is its 納期: whoever acquired until then has the year's own
    expect(assessmentLimitOf({ ...year, acquiredOn: day('2024-05-10') })?.base).toBe('特別徴収の納期')
    expect(assessmentLimitOf({ ...year, acquiredOn: day('2024-05-11') })?.base).toBe('資格取得')
  })
})
